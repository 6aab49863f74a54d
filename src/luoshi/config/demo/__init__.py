"""The demonstration county's content: who there is, what is planned, and what happened.

`plan(seed)` tells the whole story as frozen dataclasses, without a database and without a clock:
it stands at 2026-06-18. The texts and tables beside this module are its raw material.
"""

from luoshi.config.demo.plan import plan
from luoshi.config.demo.shapes import TODAY, DemoPlan

__all__ = ["TODAY", "DemoPlan", "plan"]
