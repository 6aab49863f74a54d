"""Does counting a county's stored sums again take time in proportion to its rows?

`python -m benchmarks.rebuild [--towns 1,5]`. The load set (10,000 tasks, 100,000 reports and 10,800 readings of
indicators a town) grows from size to size in one SQLite file; at each, all sums, lights and totals are counted
again, as `luoshi rebuild` does. Limit: a row costs at most 1.3 times what it costs in one town.
"""

RUNS = (("-m", "benchmarks.rebuild"),)
