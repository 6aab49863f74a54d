"""Whether two texts ask for the same thing, why it seems so, and whose word holds."""

from luoshi.domain.likeness.law import Asked, Likeness, alike
from luoshi.domain.likeness.precedence import ORDER, Difference, Role, differences, leading

__all__ = [
    "ORDER",
    "Asked",
    "Difference",
    "Likeness",
    "Role",
    "alike",
    "differences",
    "leading",
]
