"""One module for each subcommand of ``consult``; each exposes ``command``."""
