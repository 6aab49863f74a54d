"""Pages of the ledger; each answers one question, and its address is the saved view."""
