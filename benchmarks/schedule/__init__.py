"""How fast are passes, replans, odds and working days, and how good are levelled plans, beside what one would take?"""

RUNS = (
    ("benchmarks/schedule/passes.py",),
    ("benchmarks/schedule/levelling.py",),
    ("benchmarks/schedule/juggler.py",),
    ("benchmarks/schedule/replan.py",),
    ("benchmarks/schedule/workdays.py",),
    ("benchmarks/schedule/odds.py",),
)
