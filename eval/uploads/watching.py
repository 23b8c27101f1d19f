"""What a process uses up and what it keeps: memory of it and its children, rows and files."""

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Self

_EVERY = 0.02
_COUNTED = ("quota_uses", "request_counts", "executors")
"""Tables that count requests and workers: what is asked is counted, refused or not."""
_CHANGING = ("-wal", "-shm", "-journal")


class Memory:
    """Samples the memory of a process and all below it; a context manager."""

    def __init__(self, process: int) -> None:
        self.peak, self._process = 0, process
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def taken(self) -> int:
        """The peak since it was last taken, in bytes."""
        peak, self.peak = self.peak, 0
        return peak

    def _sample(self) -> None:
        while not self._over.wait(_EVERY):
            self.peak = max(self.peak, resident(self._process))


def resident(process: int) -> int:
    """Bytes of a process and all below it that are in memory; 0 where it has gone.

    What they share counts once: each has its part of it (PSS).
    """
    folder = Path(f"/proc/{process}")
    try:
        lines = (folder / "smaps_rollup").read_text().splitlines()
        below = [one for task in (folder / "task").iterdir() for one in _children(task)]
    except (FileNotFoundError, ProcessLookupError):
        return 0
    own = next(int(one.split()[1]) * 1024 for one in lines if one.startswith("Pss:"))
    return own + sum(map(resident, below))


def _children(task: Path) -> list[int]:
    """What a thread has started; nothing where it has ended."""
    try:
        return [int(one) for one in (task / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def highest(process: int) -> int:
    """The most that the process itself ever had in memory, as the kernel counted it, in bytes."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(one.split()[1]) * 1024 for one in lines if one.startswith("VmHWM"))


def kept(data: Path, temporary: Path) -> dict[str, int]:
    """What is stored: rows of every table, files by folder; what jobs note of themselves aside."""
    found = {f"files {folder}": count for folder, count in _files(data).items()}
    found["temporary"] = sum(1 for one in temporary.rglob("*") if one.name.startswith("drafter-"))
    with closing(sqlite3.connect(f"file:{data / 'service.db'}?mode=ro", uri=True)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in tables:
            if name in _COUNTED:
                continue
            ((count,),) = database.execute(f'SELECT count(*) FROM "{name}"').fetchall()  # noqa: S608 - its own names
            found[f"rows {name}"] = count
    return found


def _files(data: Path) -> dict[str, int]:
    counts: dict[str, int] = {}
    for folder, _, names in os.walk(data):
        if Path(folder) == data:
            continue  # the databases, counted by their rows, and what jobs note of themselves
        lasting = [one for one in names if not one.endswith(_CHANGING)]
        counts[str(Path(folder).relative_to(data))] = len(lasting)
    return counts
