"""Reads of the pages that join rooms; every function takes the actor first."""
