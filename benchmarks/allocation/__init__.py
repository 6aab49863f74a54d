"""How even can 5,000 items over 300 people be made, and at what cost?"""

RUNS = (("benchmarks/allocation/even.py",),)
