"""What does a page of a town cost beside bare Django that does the same work on the same database?

`python -m benchmarks.pages [--tasks 10000] [--rounds 5] [--per 12]`; SQLite in a folder of the run's own, or
PostgreSQL where DATABASE_URL names a server (a database of the run's own is made there and dropped).
"""

RUNS = (("-m", "benchmarks.pages"),)
