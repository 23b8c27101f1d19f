"""Jobs in the database: asked for by requests, taken up in turn by workers, ended once.

A worker takes a job for an attempt and keeps its name in `executors` fresh. One that falls silent
is given up for dead: its jobs wait again, and whatever it may still have to say of its attempt is
not heard. Everything a job stores is stored in the transaction that finds the attempt still its.
"""

import socket
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from api.storage.schema import Draft, Executor, Job

QUEUED, RUNNING, DONE, FAILED, CANCELLED = "queued", "running", "done", "failed", "cancelled"
ENDED = (DONE, FAILED, CANCELLED)
DRAFT, SECTION = "draft", "section"
SILENT = timedelta(seconds=30)
"""After which a worker is taken for dead; it tells of itself every few seconds."""
_MOST_ATTEMPTS = 20
"""A job that ends its workers is not tried for ever."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A job in a worker's hands."""

    id: str
    attempt: int


class Given(Exception):  # noqa: N818 - no error
    """The job is not the worker's any more: cancelled, overdue, or given to another."""


def asked_for(
    session: Session,
    identifier: str,
    draft: Draft,
    kind: str,
    asked: Mapping[str, Any],
    author: str,
) -> Job:
    """A new job that waits for a worker; in the transaction of what asks for it."""
    job = Job(
        id=identifier,
        draft_id=draft.id,
        kind=kind,
        asked=dict(asked),
        state=QUEUED,
        error="",
        result={},
        author=author,
        executor="",
        attempt=0,
        created_at=datetime.now(UTC),
        started_at=None,
        finished_at=None,
    )
    session.add(job)
    session.flush()
    return job


def claimed(session: Session, executor: str) -> Taken | None:
    """The next job in fair order, now the executor's; None where none waits.

    Whoever has the fewest jobs running comes first, then whoever was served longest ago, then the
    oldest job: a hundred drafts of one person keep nobody else waiting for more than one of them.
    """
    waiting = select(Job).where(Job.state == QUEUED).order_by(Job.created_at, Job.id).limit(1000)
    jobs = list(session.scalars(waiting))
    if not jobs:
        return None
    busy = Counter(session.scalars(select(Job.author).where(Job.state == RUNNING)))
    served: dict[str, datetime] = {}
    for author, at in session.execute(
        select(Job.author, Job.started_at).where(
            Job.started_at.is_not(None), Job.author.in_({one.author for one in jobs})
        )
    ):
        if at is not None:
            served[author] = max(at, served.get(author, at))
    never = datetime.min.replace(tzinfo=UTC)
    job = min(jobs, key=lambda one: (busy[one.author], served.get(one.author, never)))
    job.state, job.executor, job.attempt = RUNNING, executor, job.attempt + 1
    job.started_at = datetime.now(UTC)
    draft = session.get(Draft, job.draft_id)
    if job.kind == DRAFT and draft is not None:
        draft.state = RUNNING
    session.flush()
    return Taken(job.id, job.attempt)


def still_held(session: Session, taken: Taken) -> Job:
    """The job of an attempt.

    Raises:
        Given: it is another's by now, or has ended.
    """
    job = session.get(Job, taken.id)
    if job is None or job.state != RUNNING or job.attempt != taken.attempt:
        raise Given
    return job


def of_executor(session: Session, executor: str) -> list[Taken]:
    """What an executor had in hand when it was last alive."""
    query = select(Job).where(Job.state == RUNNING, Job.executor == executor)
    return [Taken(one.id, one.attempt) for one in session.scalars(query)]


def released(session: Session, taken: Taken) -> None:
    """Has a job wait again after its attempt came to nothing for no fault of its own."""
    job = session.get(Job, taken.id)
    if job is not None and job.state == RUNNING and job.attempt == taken.attempt:
        _waiting_again(session, job)


def alive(session: Session, executor: str) -> None:
    """Tells that an executor is at work."""
    session.merge(Executor(id=executor, host=socket.gethostname(), seen_at=datetime.now(UTC)))


def is_elsewhere(session: Session, executor: str) -> bool:
    """A worker of this name is alive on another machine: two of one name would do things twice."""
    found = session.get(Executor, executor)
    fresh = found is not None and found.seen_at > datetime.now(UTC) - SILENT
    return found is not None and fresh and found.host != socket.gethostname()


def reaped(session: Session) -> list[str]:
    """Has the jobs of silent workers wait again.

    Returns:
        Their ids.
    """
    since = datetime.now(UTC) - SILENT
    query = (
        select(Job)
        .outerjoin(Executor, Executor.id == Job.executor)
        .where(Job.state == RUNNING, or_(Executor.id.is_(None), Executor.seen_at < since))
    )
    jobs = list(session.scalars(query))
    for job in jobs:
        _waiting_again(session, job)
    return [one.id for one in jobs]


def jobs_in_hand(session: Session) -> Counter[str]:
    """How many jobs wait and run."""
    query = select(Job.state, func.count()).where(Job.state.in_((QUEUED, RUNNING)))
    found = session.execute(query.group_by(Job.state)).all()
    return Counter({row[0]: row[1] for row in found})


def workers_alive(session: Session) -> int:
    """How many workers have told of themselves lately."""
    query = select(func.count()).select_from(Executor)
    return session.scalar(query.where(Executor.seen_at > datetime.now(UTC) - SILENT)) or 0


def overdue(session: Session, minutes: int) -> list[Job]:
    """Jobs that have been running for longer than they may."""
    since = datetime.now(UTC) - timedelta(minutes=minutes)
    query = select(Job).where(Job.state == RUNNING, Job.started_at < since)
    return list(session.scalars(query))


def _waiting_again(session: Session, job: Job) -> None:
    if job.attempt >= _MOST_ATTEMPTS:
        ended(session, job, FAILED, f"试了{_MOST_ATTEMPTS}次都没有完成，请把编号告诉运维人员")
        return
    job.executor, job.state = "", QUEUED
    draft = session.get(Draft, job.draft_id)
    if job.kind == DRAFT and draft is not None:
        draft.state = QUEUED


def ended(session: Session, job: Job, state: str, why: str = "") -> None:
    """Ends a job, and the writing of its draft where it is that."""
    job.state, job.error, job.finished_at = state, why, datetime.now(UTC)
    job.executor = ""
    if job.kind == DRAFT:
        draft = session.get(Draft, job.draft_id)
        if draft is not None:
            draft.state, draft.error, draft.finished_at = state, why, job.finished_at
