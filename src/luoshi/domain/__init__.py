"""The laws: pure functions on frozen dataclasses; no clock, database, framework or solver."""
