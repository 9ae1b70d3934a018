"""Worker: one piece of work in a fresh process; its CPU seconds and peak memory as JSON."""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Run `module:function` with a source and a target, and print what it took."""
    name, source, target = sys.argv[1:]
    module, _, function = name.partition(":")
    work = getattr(import_module(f"benchmarks.sides.{module}"), function)(
        Path(source), Path(target)
    )
    start = time.process_time()
    work()
    seconds = time.process_time() - start
    print(json.dumps({"seconds": seconds, "peak": _peak()}))


def _peak() -> float:
    """Return the peak of this process in MB; on Linux `ru_maxrss` begins with the parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
        if found:
            return int(found[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
