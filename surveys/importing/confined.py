"""The process that reads an old workbook (.xls) for ``cells.read``, in a bounded memory.

Nothing in such a file tells what it becomes. The sheet is written as JSON, or why there is none; nothing is written
where it does not fit.
"""

from __future__ import annotations

import json
import resource
import sys

from surveys.importing import archives, cells
from surveys.importing.errors import TableError

#: In bytes; the fullest sheet of a file of 15 MB takes half of it.
MEMORY = 1536 * 1024 * 1024


def main(name: str, sheet: str | None = None) -> None:
    """Read the workbook given as input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        found, rows, sheets = cells.opened(sys.stdin.buffer.read(), name=name, sheet=sheet)
    except TableError as error:
        json.dump({"refused": str(error)}, sys.stdout)
        return
    if sum(len(cell) for row in rows for cell in row) <= archives.MOST_CHARACTERS:
        json.dump({"sheet": found, "rows": rows, "sheets": sheets}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
