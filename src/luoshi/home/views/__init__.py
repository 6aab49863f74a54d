"""The pages that join rooms."""
