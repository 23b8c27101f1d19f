"""Files written whole or not at all: to a neighbour first, then put in place.

A draft's files belong together: either all of them are the new ones, or none is.
"""

from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path

from drafter.errors import OperatorError

PART = ".part"


def write_together(files: Mapping[Path, bytes], *, obsolete: Sequence[Path] = ()) -> None:
    """Writes several files that belong together.

    Args:
        files: Path -> its bytes. Nothing is put in place before all of them are on the disk.
        obsolete: What an earlier run left there and would pass for the new work; removed.

    Raises:
        OperatorError: One cannot be written; none of them was replaced then, unless the disk
            failed between the last two steps.
    """
    parts = {path: path.with_name(path.name + PART) for path in files}
    try:
        for path, content in files.items():
            parts[path].write_bytes(content)
        for path in obsolete:
            path.unlink(missing_ok=True)
        for path, part in parts.items():
            part.replace(path)
    except OSError as error:
        for part in parts.values():
            part.unlink(missing_ok=True)
        place = error.filename or "、".join(path.name for path in files)
        reason = error.strerror or str(error)
        raise OperatorError(f"无法写入“{place}”：{reason}；请关闭占用它的程序，或换一处") from error


def write_whole(path: Path, content: bytes) -> None:
    """Writes one file whole or not at all; errors as `write_together`."""
    write_together({path: content})


def kept_aside(file: Path, targets: Sequence[Path]) -> Path | None:
    """A copy of a file that is about to be written over; None where it is not.

    Args:
        file: Somebody's work.
        targets: What will be written.

    Raises:
        OperatorError: The copy cannot be written.
    """
    if file.resolve() not in {one.resolve() for one in targets}:
        return None
    names = (f"{file.stem}-returned{number or ''}{file.suffix}" for number in count())
    kept = next(path for name in names if not (path := file.with_name(name)).exists())
    write_whole(kept, file.read_bytes())
    return kept
