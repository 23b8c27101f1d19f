"""Tells those who watch a draft how far its job is, and the job when it is to stop."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from api.drafts import tell
from api.jobs import Given, Taken, still_held
from api.storage.database import Database
from api.storage.schema import Draft
from drafter.records.step import Step

_PAUSE = 0.5
"""Seconds between two tellings of mere progress: an answer grows many times a second."""
_LOOK = 1.0
"""Seconds between two looks at whether a job still counts."""
_log = logging.getLogger(__name__)


class Telling:
    """The watcher (`Steps`) of one attempt at a job; heard from many threads."""

    def __init__(self, database: Database, taken: Taken) -> None:
        self._database, self._taken = database, taken
        self._lock = threading.Lock()
        self._last = float("-inf")

    def __call__(self, step: Step) -> None:
        """Stores what is worth an event.

        Raises:
            Given: the job is not this worker's any more.
        """
        if not self._is_worth(step):
            return
        data: dict[str, Any] = {"done": step.done, "total": step.total, "what": step.what}
        if step.section:
            data["section"] = step.section
        if step.cost is not None:
            data["cost"] = str(step.cost)
        kind = f"section.{step.stage}" if step.stage else "progress"
        with self._database.writing() as session:
            job = still_held(session, self._taken)
            draft = session.get(Draft, job.draft_id)
            if draft is not None:
                tell(session, draft, kind, data)

    def _is_worth(self, step: Step) -> bool:
        with self._lock:
            now = monotonic()
            if not step.stage and now - self._last < _PAUSE:
                return False
            self._last = now
            return True


@contextmanager
def ending(database: Database, taken: Taken, stop: Callable[[], None]) -> Iterator[None]:
    """Calls `stop` as soon as the attempt counts no more: a model that hangs tells nothing.

    Without that a job that was cancelled, or took too long, would keep its hand busy until the
    model's own limits of time.
    """
    over = threading.Event()

    def look() -> None:
        while not over.wait(_LOOK):
            try:
                with database.reading() as session:
                    still_held(session, taken)
            except Given:
                stop()
                return
            except SQLAlchemyError:
                _log.warning("job %s: the database cannot be asked whether it counts", taken.id)

    thread = threading.Thread(target=look, name=f"ending {taken.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
