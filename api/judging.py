"""Texts are judged in a process beside the one that answers requests.

Judging holds the processor. In the same process every request, however small, would wait for its
turn of the interpreter again and again; beside it, it waits for nothing. The process lives as long
as its parent: the pipe between them ends with whichever ends first.
"""

import logging
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import monotonic
from typing import IO, TYPE_CHECKING, Any, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from api.problems import Problem, of_disk, of_error, of_storage
from api.settings import ApiSettings, environment_of
from drafter.errors import DrafterError

if TYPE_CHECKING:
    from api.service import Service

T = TypeVar("T")

TURN = 10.0
"""Seconds for which a turn is waited for: several edits' time."""
_PAUSE = 10.0
"""Seconds between one start of the process and the next."""
_LEAVE = 5.0
"""Seconds in which the process is to end when nobody can ask it any more."""
_DONE, _PROBLEM, _FAILED = "done", "problem", "failed"
_log = logging.getLogger(__name__)


class Judge:
    """The process, and the turn to have something judged by it."""

    def __init__(self, settings: ApiSettings) -> None:
        self._environment = environment_of(settings)
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = threading.Event()
        self._begun = -_PAUSE
        self._closed = False

    def start(self) -> None:
        """Comes back at once; until the process is ready, texts are judged in this one."""
        with self._turn:
            self._begin()

    def close(self) -> None:
        """Ends the process, after what it is at if that does not take long."""
        with in_turn(self._turn):
            self._closed = True
            self._end()

    def done(self, service: "Service", errand: Callable[..., T], *given: Any) -> T:
        """What an errand gives.

        One after the other errands are done no later than side by side. Who has waited long for a
        turn, or finds no process, has it done in this one.

        Args:
            service: This one, for that case.
            errand: A function of a module; what it takes and gives can be pickled.
            given: Behind the service.

        Raises:
            Problem: what the errand raised, or 503 where the process ended over it.
        """
        with in_turn(self._turn) as is_mine:
            if is_mine and self._is_there():
                return self._asked(errand, given)  # type: ignore[no-any-return]
        return errand(service, *given)

    def _is_there(self) -> bool:
        process = self._process
        if process is not None and process.poll() is None:
            return self._ready.is_set()
        if not self._closed and monotonic() - self._begun > _PAUSE:
            _log.error("the process that judges is gone; starting another")
            self._begin()
        return False

    def _asked(self, errand: Callable[..., Any], given: tuple[Any, ...]) -> Any:
        process = self._process
        assert process is not None and process.stdin and process.stdout  # noqa: S101, PT018 - it is there
        try:
            pickle.dump((errand, given), process.stdin)
            process.stdin.flush()
            kind, said = pickle.load(process.stdout)  # noqa: S301 - our own process, by our own pipe
        except (EOFError, OSError) as error:
            self._end()
            raise Problem(
                503,
                "核对进程意外中止，请再试一次",
                code="judge.ended",
                headers={"Retry-After": "1"},
            ) from error
        if kind == _PROBLEM:
            raise Problem(said.pop("status"), said.pop("detail"), **said)
        if kind == _FAILED:
            raise RuntimeError(said)
        return said

    def _begin(self) -> None:
        self._end()
        self._begun, self._ready = monotonic(), threading.Event()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "api", "judge"],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        stream = self._process.stdout
        given = (stream, self._ready)
        threading.Thread(target=_awaited, args=given, name="judge", daemon=True).start()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin and process.stdout  # noqa: S101, PT018 - opened above
        try:
            process.stdin.close()
        except BrokenPipeError:  # it ended first, with something left unsaid
            _log.info("the process that judges had ended")
        try:
            process.wait(_LEAVE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


def _awaited(stream: IO[bytes], ready: threading.Event) -> None:
    """Hears the first byte of the process: it has loaded all it needs."""
    try:
        if stream.read(1):
            ready.set()
    except ValueError:
        return  # closed meanwhile


@contextmanager
def in_turn(lock: threading.Lock) -> Iterator[bool]:
    """After the others, but without them where they take long: a turn saves time, no more."""
    is_mine = lock.acquire(timeout=TURN)
    try:
        yield is_mine
    finally:
        if is_mine:
            lock.release()


def judge(service: "Service", asked: IO[bytes], answers: IO[bytes]) -> None:
    """Does errands until nobody can ask any more.

    Args:
        service: With a database of its own.
        asked: Errands come from here.
        answers: What they give goes there.
    """
    _warm(service)
    answers.write(b"!")
    answers.flush()
    while True:
        try:
            errand, given = pickle.load(asked)  # noqa: S301 - our own parent, by its own pipe
        except EOFError:
            return
        pickle.dump(_outcome(service, errand, given), answers)
        answers.flush()


def _warm(service: "Service") -> None:
    """Loads now what the first errands would wait for: readers of files, lists of words."""
    from drafter.reading import facts, tables, texts  # noqa: F401, PLC0415 - only here, and now
    from drafter.records.indicator import IndicatorTable  # noqa: PLC0415 - likewise
    from drafter.verification import verify  # noqa: PLC0415 - likewise

    options = replace(service.options, fact_points="all")
    verify(
        "今年，我局荣获全县先进集体，完成投资1亿元，增长5%。", IndicatorTable(()), options=options
    )


def _outcome(
    service: "Service", errand: Callable[..., Any], given: tuple[Any, ...]
) -> tuple[str, Any]:
    try:
        try:
            return _DONE, errand(service, *given)
        except DrafterError as error:
            raise of_error(error) from error
        except SQLAlchemyError as error:
            raise of_storage(error) from error
        except OSError as error:
            raise of_disk(error) from error
    except Problem as problem:
        return _PROBLEM, {
            "status": problem.status,
            "detail": problem.detail,
            "code": problem.code,
            "headers": dict(problem.headers or {}),
            **problem.more,
        }
    except Exception as error:  # noqa: BLE001 - whoever asked hears of it, as of any bug
        _log.exception("judging failed")
        return _FAILED, f"{type(error).__name__} while judging"
