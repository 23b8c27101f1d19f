"""Answers that are kept, so that a run can be repeated without a call.

Each goes by a digest of all that was asked and how many times it was asked before in the same run:
a request repeated in hope of another answer is another one here too. They stand on a shelf: files
in a folder, or whatever else keeps bytes under a name.
"""

import hashlib
import json
import logging
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Protocol

from drafter.endpoint.asking import Answer

_log = logging.getLogger(__name__)
_LARGEST = 4_000_000
"""Bytes of a file that can be an answer of ours."""


class Shelf(Protocol):
    """What keeps answers as bytes; asked from many threads."""

    def read(self, name: str) -> bytes | None:
        """What stands under a name; None where nothing does."""

    def keep(self, name: str, data: bytes) -> None:
        """Puts something under a name: whole, or not at all."""


class Folder:
    """A shelf on disk, one file an answer, readable for its owner alone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._warned = False

    def read(self, name: str) -> bytes | None:
        """The file's bytes; None where it is missing, unreadable or too large to be an answer."""
        file = self._path / f"{name}.json"
        try:
            return None if file.stat().st_size > _LARGEST else file.read_bytes()
        except OSError:
            return None

    def keep(self, name: str, data: bytes) -> None:
        """Writes the file; a disk that is full costs the keeping, never the answer, warned of once."""
        part: Path | None = None
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self._path, delete=False) as file:  # made with mode 0600
                part = Path(file.name)
                file.write(data)
            part.replace(self._path / f"{name}.json")
        except OSError as error:
            if part is not None:
                part.unlink(missing_ok=True)
            with self._lock:
                told, self._warned = self._warned, True
            if not told:
                _log.warning("模型的回答存不进 DRAFTER_MODEL_CACHE：%s", error.strerror or error)


class Replay:
    """The answers of earlier runs with one model; safe to use from many threads."""

    def __init__(self, shelf: Shelf, known: Mapping[str, object]) -> None:
        """`known` is what the answers depend on beside the messages: model, address, temperature."""
        self._shelf, self._known = shelf, dict(known)
        self._asked: Counter[str] = Counter()
        self._lock = threading.Lock()

    def key(self, messages: Sequence[tuple[str, str]]) -> str:
        """The name of the next request of these messages."""
        whole = json.dumps([self._known, [list(one) for one in messages]], ensure_ascii=False)
        digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
        with self._lock:
            self._asked[digest] += 1
            return f"{digest}-{self._asked[digest]}"

    def read(self, key: str) -> Answer | None:
        """The answer kept under a name; None where there is none, or what stands there is none."""
        data = self._shelf.read(key)
        if data is None:
            return None
        try:
            held = json.loads(data)
        except (ValueError, RecursionError):
            return None  # damaged: it is asked for and kept anew
        return _answer(held) if isinstance(held, dict) else None

    def keep(self, key: str, answer: Answer) -> None:
        """Keeps a whole answer."""
        data = json.dumps(asdict(answer), ensure_ascii=False)
        self._shelf.keep(key, data.encode("utf-8", "surrogatepass"))


def _answer(held: dict[str, Any]) -> Answer | None:
    counts = [held.get(name) for name in ("prompt_tokens", "answer_tokens")]
    whole = isinstance(held.get("text"), str) and isinstance(held.get("finish"), str)
    if not whole or not all(one is None or isinstance(one, int) for one in counts):
        return None
    return Answer(
        text=held["text"],
        finish=held["finish"],
        prompt_tokens=counts[0],
        answer_tokens=counts[1],
        seconds=0.0,
        attempts=0,
    )
