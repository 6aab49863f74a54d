"""Pages of supervision: the desk and its forms, and the spot checks (回头看抽查)."""
