"""How fast are both passes of a plan's network, and the n-th working day, beside the packages one would take?"""

RUNS = (("benchmarks/schedule/passes.py",), ("benchmarks/schedule/workdays.py",))
