"""The measured set: towns of 10,000 tasks and 100,000 reports, written in bulk."""
