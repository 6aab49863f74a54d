"""The organisation as a table: its columns, what a row says, what it would change, the way out."""
