"""A table on its way into the ledger: what a person decides, the dry run, the writing."""
