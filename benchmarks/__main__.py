"""``python -m benchmarks`` measures what a town hall waits for; with ``drills``, it breaks things on purpose;
with ``import``, it brings in large files."""

import sys

from benchmarks import importing, throughput
from benchmarks.drills import __main__ as drills

if __name__ == "__main__":
    if sys.argv[1:2] == ["drills"]:
        drills.main(sys.argv[2:])
    elif sys.argv[1:2] == ["import"]:
        importing.main(sys.argv[2:])
    else:
        throughput.main()
