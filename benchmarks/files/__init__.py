"""How much CPU do ten thousand rows cost on their way in from a workbook, and out to one?

`python -m benchmarks.files [--rows 10000]`. In: the workbook is read, every row is registered with its parent,
its unit and its journal entry in one transaction (limit 10 CPU s). Out: the rows of the ledger are read and
written as xlsx (limit 4 CPU s for 20,000) and csv (1 CPU s). Peers in the same run: openpyxl reading, and
openpyxl writing the bare values without a style.
"""

RUNS = (("-m", "benchmarks.files"),)
