"""/v1/drafts: asked for, watched, read section by section, edited, exported."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Response
from fastapi.responses import StreamingResponse
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from api.access import Principal, allowed, identifier
from api.bodies import DraftIn, DraftOut
from api.drafts import STAGES, events_after, of_organisation, tell
from api.jobs import DRAFT, ENDED, QUEUED, asked_for
from api.problems import Problem
from api.quotas import spend
from api.routes import materials
from api.routes.jobs import cancelled
from api.service import Service, Serving
from api.showing import draft_out, drafts_out
from api.storage.audit import record
from api.storage.schema import Draft, Job
from drafter.assembly import open_knowledge

routes = APIRouter(prefix="/v1/drafts", tags=["草稿"])
Reader = Annotated[Principal, Depends(allowed("read"))]
Drafter = Annotated[Principal, Depends(allowed("draft"))]
_WAIT = 0.3
_QUIET = 15.0
"""Seconds after which a stream of events says that it is still there."""


@routes.post("", status_code=202, summary="起草", operation_id="draft_create")
def create(service: Serving, response: Response, body: DraftIn, who: Drafter) -> DraftOut:
    """Asks for a first draft; a job writes it, its state and events tell how far it is."""
    if body.writer == "model" and not service.settings.model:
        raise Problem(
            422, "服务没有配置模型（DRAFTER_API_MODEL），只能离线起草", code="draft.model"
        )
    if body.precedent and not _has_summary(service, who, body.precedent):
        raise Problem(404, f"没有这份往年总结：{body.precedent[:40]}", code="summary.missing")
    with service.database.writing() as session:
        inputs: dict[str, Any] = {
            **materials.pinned(session, body.table, body.facts, who, body.outline),
            "precedent": body.precedent,
            "title": body.title,
            "year": body.year,
            "date": body.date,
            "writer": body.writer,
        }
        row = Draft(
            id=identifier("draft"),
            organisation_id=who.organisation,
            title=body.title,
            state=QUEUED,
            inputs=inputs,
            frame={},
            open_points=[],
            version=0,
            stage=STAGES[0],
            signature_ended=False,
            error="",
            created_by=who.actor,
            created_at=datetime.now(UTC),
            finished_at=None,
        )
        session.add(row)
        spend(session, who, "drafts", 1, service.settings)
        session.flush()
        asked_for(session, row.id, row, DRAFT, inputs, who.actor)
        tell(session, row, "draft.queued", {})
        record(
            session,
            organisation=who.organisation,
            actor=who.actor,
            action="draft.create",
            target=row.id,
            detail={"inputs": inputs},
        )
        told = draft_out(session, row)
    response.headers["Location"] = f"/v1/drafts/{told.id}"
    return told


def _has_summary(service: Service, who: Principal, name: str) -> bool:
    with open_knowledge(service.knowledge_of(who.organisation), service.core) as base:
        return base.named(name) is not None


@routes.get("", summary="列出草稿", operation_id="draft_list")
def listed(service: Serving, who: Reader) -> list[DraftOut]:
    """The newest first."""
    with service.database.reading() as session:
        query = (
            select(Draft)
            .where(Draft.organisation_id == who.organisation)
            .order_by(Draft.created_at.desc(), Draft.id)
            .limit(200)
        )
        return drafts_out(session, session.scalars(query).all())


@routes.get("/{identifier}", summary="查看草稿", operation_id="draft_read")
def one(service: Serving, response: Response, identifier: str, who: Reader) -> DraftOut:
    """State, sections in brief, and what stands against a clean copy."""
    with service.database.reading() as session:
        row = of_organisation(session, identifier, who)
        response.headers["ETag"] = f'"{row.version}"'
        return draft_out(session, row)


@routes.post("/{identifier}/cancel", summary="取消起草", operation_id="draft_cancel")
def cancel(service: Serving, identifier: str, who: Drafter) -> DraftOut:
    """Ends a job that is waiting or running; what is written already stays as it is."""
    with service.database.writing() as session:
        row = of_organisation(session, identifier, who)
        job = session.get(Job, row.id)
        if job is not None:
            cancelled(session, job, row, who)
        return draft_out(session, row)


@routes.get(
    "/{identifier}/events",
    summary="起草进度（SSE，可用 Last-Event-ID 续看）",
    operation_id="draft_events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}},
)
def events(
    service: Serving,
    identifier: str,
    who: Reader,
    last_event_id: Annotated[str, Header()] = "0",
) -> StreamingResponse:
    """What happened to a draft, from the database: any process of the service can tell it."""
    with service.database.reading() as session:
        of_organisation(session, identifier, who)
    # An event that no draft ever has is behind all of them.
    is_number = last_event_id.isascii() and last_event_id.isdigit()
    first = int(last_event_id[:10]) if is_number else 0
    stream = _events(service, identifier, min(first, 2**31 - 1))
    return StreamingResponse(stream, media_type="text/event-stream")


async def _events(service: Service, identifier: str, number: int) -> AsyncIterator[str]:
    """The events behind a number, until the job has ended and all is told."""
    quiet = 0.0
    while True:
        told, ended = await run_in_threadpool(_told, service, identifier, number)
        for last, line in told:
            number = last
            yield line
        if ended and not told:
            return
        quiet = 0.0 if told else quiet + _WAIT
        if quiet >= _QUIET:
            quiet = 0.0
            yield ": still here\n\n"
        await asyncio.sleep(0 if told else _WAIT)


def _told(service: Service, identifier: str, number: int) -> tuple[list[tuple[int, str]], bool]:
    with service.database.reading() as session:
        row = session.get(Draft, identifier)
        ended = row is None or not _is_at_work(session, row)
        found = [
            (
                one.number,
                _line(one.number, one.kind, one.data),
            )
            for one in events_after(session, identifier, number)
        ]
    return found, ended


def _is_at_work(session: Session, row: Draft) -> bool:
    """A job of the draft waits or runs."""
    query = select(Job.id).where(Job.draft_id == row.id, Job.state.not_in(ENDED))
    return session.scalars(query.limit(1)).first() is not None


def _line(number: int, kind: str, data: dict[str, Any]) -> str:
    """An event as the stream has it."""
    said = json.dumps(data, ensure_ascii=False)
    return f"id: {number}\nevent: {kind}\ndata: {said}\n\n"
