"""/v1/jobs and /v1/drafts/{id}/jobs: work that takes its time, watched and cancelled."""

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.access import Principal, allowed
from api.bodies import JobOut
from api.drafts import of_organisation, tell
from api.jobs import CANCELLED, ENDED, ended
from api.problems import Problem
from api.service import Serving
from api.storage.audit import record
from api.storage.schema import Draft, Job

routes = APIRouter(prefix="/v1", tags=["任务"])
Reader = Annotated[Principal, Depends(allowed("read"))]
Drafter = Annotated[Principal, Depends(allowed("draft"))]


@routes.get("/drafts/{identifier}/jobs", summary="草稿的任务", operation_id="draft_jobs")
def listed(service: Serving, identifier: str, who: Reader) -> list[JobOut]:
    """The newest first, at most two hundred."""
    with service.database.reading() as session:
        row = of_organisation(session, identifier, who)
        query = select(Job).where(Job.draft_id == row.id)
        newest = query.order_by(Job.created_at.desc(), Job.id).limit(200)
        return [job_out(one) for one in session.scalars(newest)]


@routes.get("/jobs/{identifier}", summary="查看任务", operation_id="job_read")
def one(service: Serving, identifier: str, who: Reader) -> JobOut:
    """How far a job is and what came of it."""
    with service.database.reading() as session:
        return job_out(_job(session, identifier, who)[0])


@routes.post("/jobs/{identifier}/cancel", summary="取消任务", operation_id="job_cancel")
def cancel(service: Serving, identifier: str, who: Drafter) -> JobOut:
    """Ends a job that waits or runs; one that has ended stays as it is."""
    with service.database.writing() as session:
        job, row = _job(session, identifier, who)
        cancelled(session, job, row, who)
        return job_out(job)


def cancelled(session: Session, job: Job, row: Draft, who: Principal) -> None:
    """Cancels a job; the worker that has it finds it taken away."""
    if job.state in ENDED:
        return
    ended(session, job, CANCELLED, "已取消")
    tell(session, row, f"{job.kind}.cancelled", {"job": job.id, "by": who.actor})
    record(
        session,
        organisation=who.organisation,
        actor=who.actor,
        action=f"{job.kind}.cancel",
        target=job.id,
    )


def _job(session: Session, identifier: str, who: Principal) -> tuple[Job, Draft]:
    """A job of the principal's own organisation, and its draft."""
    job = session.get(Job, identifier)
    row = session.get(Draft, job.draft_id) if job else None
    if job is None or row is None or row.organisation_id != who.organisation:
        raise Problem(404, f"没有这个任务：{identifier[:40]}", code="job.missing")
    return job, row


def job_out(job: Job) -> JobOut:
    """A job as it is answered."""
    return JobOut(
        id=job.id,
        draft=job.draft_id,
        kind=job.kind,  # type: ignore[arg-type]  # written by us alone
        state=job.state,  # type: ignore[arg-type]  # likewise
        error=job.error,
        result=job.result,
        author=job.author,
        created_at=job.created_at.isoformat(),
        started_at=job.started_at.isoformat() if job.started_at else None,
        finished_at=job.finished_at.isoformat() if job.finished_at else None,
    )
