"""Office files in and out: knows files, not townships."""
