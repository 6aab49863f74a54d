"""Pages of notices: the office's hours and robots, a person's switches, the log of what left."""
