"""One module a verb of the `luoshi` command; each has `main(argv) -> exit code`."""
