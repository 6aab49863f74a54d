"""How much CPU does a table of ten thousand rows with parents cost on its way into the ledger?

`python -m benchmarks.tables [--rows 10000]`. Through the pages, as a person sends it: the xlsx is screened and read
in child processes, its columns matched, every row run dry, then all written by the job in one transaction with a
journal entry each; last the file is exported, edited in a hundred cells and brought in again. Limit: 10 CPU s for all
of the import, child processes counted. A published tracker takes 855 CPU s for 10,000 rows (measured for 5-proof).
"""

RUNS = (("-m", "benchmarks.tables"),)
