"""Is a journal of a million entries proved in a minute, in constant memory, and does sealing make nobody wait?

`python -m benchmarks.journal [--entries 100000,1000000]`, and once more under `scripts/with-postgres`. Entries
like those of the ledger (ten fields, changes, a reason) are written with their seals, then the chain is proved as
`luoshi journal verify` does, in a process of its own. Limits: a million entries in 60 s of CPU, at most 40 MB more
than for a tenth of them; a writer waits at most half a second more while 20,000 entries are sealed.
"""

RUNS = (("-m", "benchmarks.journal"),)
