"""Pages of the documents; each answers one question, and its address is the saved view."""
