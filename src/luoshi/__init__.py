"""Luoshi (落实): from one speech to the next, a ledger that nobody can lose sight of."""

__version__ = "0.1.0"
