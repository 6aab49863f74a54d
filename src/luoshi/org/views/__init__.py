"""Pages of the organisation: units and posts, accounts, and the organisation as a table."""
