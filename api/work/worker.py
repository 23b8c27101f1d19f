"""The worker: takes jobs in fair turn and has DBOS run them, each step once.

A job's workflow has two steps: what is written is recorded by DBOS when the first has ended, so
that a kill between the two writes nothing again; a kill within the first goes on where the
model's recorded answers end. The workflow's id names the attempt: a worker that was given up for
dead and comes back finds that its attempt counts no more.
"""

import logging
import threading
from collections.abc import Callable
from typing import Any

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SetWorkflowID
from filelock import FileLock, Timeout
from sqlalchemy.exc import SQLAlchemyError

from api.drafts import tell
from api.jobs import (
    FAILED,
    SECTION,
    Given,
    Taken,
    alive,
    claimed,
    ended,
    is_elsewhere,
    of_executor,
    overdue,
    reaped,
    released,
    still_held,
)
from api.problems import Problem
from api.service import Service
from api.storage.schema import Draft, Job
from api.work import drafting, regenerating
from drafter.errors import DrafterError, OperatorError

_VERSION = "2"
"""Of the workflows: one that was begun by another version is not gone on with."""
_TURN = 0.2
_BEAT = 3.0
_LOCK_SECONDS = 60
_log = logging.getLogger(__name__)
_held: dict[str, "Worker"] = {}
"""The worker of this process: workflows are functions of a module, and are given ids alone."""


class Worker:
    """Does jobs until it is told to stop."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self._settings = service.settings
        self._busy: set[str] = set()
        self._lock = threading.Lock()

    def run(self, stop: threading.Event) -> None:
        """Works; comes back when `stop` is set.

        Raises:
            OperatorError: another worker of this name is alive.
        """
        name = f"worker-{self._settings.executor}.lock"
        self._settings.data.mkdir(parents=True, exist_ok=True)
        # One that was killed has let go of it: what waits here is the end of one that closes.
        lock = FileLock(self._settings.data / name)
        try:
            lock.acquire(timeout=_LOCK_SECONDS)
        except Timeout:
            raise OperatorError(
                f"已有名为“{self._settings.executor}”的工作进程；请用 DRAFTER_API_EXECUTOR 另取一名"
            ) from None
        with lock:
            self._launch()
            try:
                self._work(stop)
            finally:
                DBOS.destroy(workflow_completion_timeout_sec=0)
                _held.clear()

    def _launch(self) -> None:
        settings, database = self._settings, self.service.database
        with database.writing() as session:
            if is_elsewhere(session, settings.executor):
                raise OperatorError(
                    f"另一台机器上有名为“{settings.executor}”的工作进程；"
                    "请用 DRAFTER_API_EXECUTOR 另取一名"
                )
            alive(session, settings.executor)
            mine = of_executor(session, settings.executor)
        own = f"sqlite:///{(settings.data / 'jobs.db').resolve()}"
        config: DBOSConfig = {
            "name": "drafter",
            "system_database_url": settings.database or own,
            "application_version": _VERSION,
            "executor_id": settings.executor,
            "serializer": DBOSPortableJSONSerializer(),
            "enable_otlp": False,
            "log_level": "ERROR",
        }
        _held["worker"] = self
        for taken in mine:
            self._busy.add(taken.id)
        DBOS(config=config)
        DBOS.launch()  # goes on with the workflows that it finds begun
        for taken in mine:
            self._begin(taken)

    def _work(self, stop: threading.Event) -> None:
        beats = 0
        while not stop.wait(_TURN):
            try:
                if beats % round(_BEAT / _TURN) == 0:
                    self._look_after()
                beats += 1
                self._take()
            except SQLAlchemyError:
                _log.exception("the database cannot be used; trying again")
                stop.wait(_BEAT)

    def _look_after(self) -> None:
        """Tells that this worker lives; sees to the jobs of dead ones and to those overdue."""
        with self.service.database.writing() as session:
            alive(session, self._settings.executor)
            reaped(session)
            for taken in of_executor(session, self._settings.executor):
                if taken.id not in self._busy:  # the base was away when it was to be given back
                    released(session, taken)
            for job in overdue(session, self._settings.job_minutes):
                self._overdue(session, job)

    def _overdue(self, session: Any, job: Job) -> None:
        why = f"超过了{self._settings.job_minutes}分钟的时限"
        ended(session, job, FAILED, why)
        tell(session, session.get_one(Draft, job.draft_id), f"{job.kind}.failed", {"message": why})

    def _take(self) -> None:
        """Takes up as many jobs as there are hands free."""
        while len(self._busy) < self._settings.workers:
            with self.service.database.writing() as session:
                taken = claimed(session, self._settings.executor)
            if taken is None:
                return
            with self._lock:
                self._busy.add(taken.id)
            try:
                self._begin(taken)
            except BaseException:
                self.done(taken)
                raise

    def _begin(self, taken: Taken) -> None:
        with SetWorkflowID(f"{taken.id}:{taken.attempt}"):
            DBOS.start_workflow(_job, taken.id, taken.attempt)

    def done(self, taken: Taken) -> None:
        """A hand is free again."""
        with self._lock:
            self._busy.discard(taken.id)


@DBOS.workflow(name="job")
def _job(identifier: str, attempt: int) -> str:
    taken, worker = Taken(identifier, attempt), _held["worker"]
    try:
        made = _made(identifier, attempt)
        if made is not None:
            _stored(identifier, attempt, made)
    except SQLAlchemyError:
        # The workflow's end is final for DBOS: the job gets another attempt, when the base is back.
        _log.exception("job %s", identifier)
        _retried(worker, taken)
    finally:
        worker.done(taken)
    return identifier


@DBOS.step(name="write")
def _made(identifier: str, attempt: int) -> dict[str, Any] | None:
    """What the job makes; None where it has ended otherwise."""
    taken, service = Taken(identifier, attempt), _held["worker"].service
    made: dict[str, Any] | None = _told(service, taken, lambda: _errand(service, taken))
    return made


def _errand(service: Service, taken: Taken) -> dict[str, Any]:
    with service.database.reading() as session:
        kind = still_held(session, taken).kind
    if kind == SECTION:
        return regenerating.write(service, taken)
    return drafting.write(service, taken)


@DBOS.step(name="store")
def _stored(identifier: str, attempt: int, made: dict[str, Any]) -> None:
    """Keeps it, unless it is kept already."""
    taken, service = Taken(identifier, attempt), _held["worker"].service

    def store() -> None:
        with service.database.reading() as session:
            kind = still_held(session, taken).kind
        if kind == SECTION:
            regenerating.stored(service, taken, made)
        else:
            drafting.stored(service, taken, made)

    _told(service, taken, store)


def _told(service: Service, taken: Taken, work: Callable[[], Any]) -> Any:
    """Does it; what keeps it from being done is the end of the job, told to whoever watches."""
    try:
        return work()
    except Given:
        return None
    except (DrafterError, Problem) as error:
        _failed(service, taken, str(error))
    except SQLAlchemyError:
        raise
    except Exception:  # noqa: BLE001 - a job that cannot end well has to end all the same
        _log.exception("job %s", taken.id)
        _failed(service, taken, f"内部错误，请把编号{taken.id}告诉运维人员")
    return None


def _failed(service: Service, taken: Taken, why: str) -> None:
    with service.database.writing() as session:
        try:
            job = still_held(session, taken)
        except Given:
            return
        ended(session, job, FAILED, why)
        row = session.get_one(Draft, job.draft_id)
        tell(session, row, f"{job.kind}.failed", {"job": job.id, "message": why})


def _retried(worker: Worker, taken: Taken) -> None:
    try:
        with worker.service.database.writing() as session:
            released(session, taken)
    except SQLAlchemyError:
        # It stays this executor's; the reaper or the next start finds it.
        _log.exception("job %s could not be given back", taken.id)
