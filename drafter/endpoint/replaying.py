"""Answers kept on disk, so that a run can be repeated without a call.

One file an answer, named by a digest of all that was asked and how many times it was asked before
in the same run: a request repeated in hope of another answer is another one here too.
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
from typing import Any

from drafter.endpoint.asking import Answer

_log = logging.getLogger(__name__)
_LARGEST = 4_000_000
"""Bytes of a file that can be an answer of ours."""


class Replay:
    """The answers of earlier runs with one model; safe to use from many threads."""

    def __init__(self, folder: Path, known: Mapping[str, object]) -> None:
        """`known` is what the answers depend on beside the messages: model, address, temperature."""
        self._folder, self._known = folder, dict(known)
        self._asked: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._warned = False

    def key(self, messages: Sequence[tuple[str, str]]) -> str:
        """The name of the next request of these messages."""
        whole = json.dumps([self._known, [list(one) for one in messages]], ensure_ascii=False)
        digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
        with self._lock:
            self._asked[digest] += 1
            return f"{digest}-{self._asked[digest]}"

    def read(self, key: str) -> Answer | None:
        """The answer kept under a name; None where there is none, or the file is no answer."""
        path = self._path(key)
        try:
            if path.stat().st_size > _LARGEST:
                return None
            held = json.loads(path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return None  # not kept, or damaged: it is asked for and kept anew
        return _answer(held) if isinstance(held, dict) else None

    def keep(self, key: str, answer: Answer) -> None:
        """Keeps a whole answer, readable for its owner alone; whole or not at all.

        A disk that is full costs the keeping, never the answer: it is warned of once.
        """
        data = json.dumps(asdict(answer), ensure_ascii=False).encode("utf-8", "surrogatepass")
        part: Path | None = None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self._folder, delete=False) as file:  # made with mode 0600
                part = Path(file.name)
                file.write(data)
            part.replace(self._path(key))
        except OSError as error:
            if part is not None:
                part.unlink(missing_ok=True)
            with self._lock:
                told, self._warned = self._warned, True
            if not told:
                _log.warning("模型的回答存不进 DRAFTER_MODEL_CACHE：%s", error.strerror or error)

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.json"


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
