"""What does it cost to read a speech, does the cost grow in line with its length, and how well is it read?

`benchmarks/reading/speed.py`: CPU seconds beside the limits of 5-proof C. `gold.py` scores the reading
on labelled documents, where ../shared lies beside the repository.
"""

RUNS = (("benchmarks/reading/speed.py",), ("benchmarks/reading/gold.py",))
