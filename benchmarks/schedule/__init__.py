"""How fast are passes, replans, odds and working days, and how good are levelled plans, beside what one would take?"""

RUNS = (
    ("benchmarks/schedule/passes.py",),
    ("benchmarks/schedule/levelling.py",),
    ("benchmarks/schedule/juggler.py",),
    ("-m", "benchmarks.schedule.replan"),
    ("benchmarks/schedule/workdays.py",),
    ("-m", "benchmarks.schedule.odds"),
)
