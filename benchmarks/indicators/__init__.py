"""What do a county's cascade, one reading on its path, and a grid of sixty indicators cost?"""

RUNS = (("-m", "benchmarks.indicators"),)
