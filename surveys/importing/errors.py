"""What stops a file from being read."""


class TableError(ValueError):
    """A file that cannot be read; its message is one French sentence saying where and what to do."""
