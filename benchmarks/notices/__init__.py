"""Does the digest of a whole county fit into a minute of CPU?

`python -m benchmarks.notices [--towns 30] [--roots 16]`. A county of so many towns (170 people, roots x 25 tasks, sixty
indicators and every tenth task waiting to be checked, each) in one SQLite file: what everybody owes is gathered in one
job, told on the page and by mail, and the mail is taken by a server on this machine. Limit: 60 s for 5,000 people.
"""

RUNS = (("-m", "benchmarks.notices"),)
