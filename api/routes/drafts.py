"""/v1/drafts: asked for, watched, read section by section, edited, exported."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Response
from fastapi.responses import StreamingResponse
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from api.access import Principal, allowed, identifier
from api.bodies import DraftIn, DraftOut, SectionBrief, SectionEdit, SectionOut, VersionOut
from api.drafts import (
    CANCELLED,
    DONE,
    FAILED,
    QUEUED,
    Inputs,
    events_after,
    inputs_of,
    materials_of,
    of_organisation,
    section_of,
    sections_of,
    store,
    tell,
    written,
)
from api.jobs import Working
from api.problems import Problem, matches, outdated
from api.routes import materials
from api.service import Service, Serving
from api.storage.audit import record
from api.storage.schema import Draft, Section, SectionVersion
from drafter.assembly import read_settings_options
from drafter.editing import edited
from drafter.exporting.evidence import Sources
from drafter.exporting.page import load_profile
from drafter.exporting.word import Extras, clean_copy, refuse_open, review_copy
from drafter.records.draft import Draft as Written
from drafter.settings import load_settings

routes = APIRouter(prefix="/v1/drafts", tags=["草稿"])
Reader = Annotated[Principal, Depends(allowed("read"))]
Drafter = Annotated[Principal, Depends(allowed("draft"))]
Editor = Annotated[Principal, Depends(allowed("edit"))]
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ENDED = (DONE, FAILED, CANCELLED)
_WAIT = 0.3
_QUIET = 15.0
"""Seconds after which a stream of events says that it is still there."""


@routes.post("", status_code=202, summary="起草", operation_id="draft_create")
def create(
    service: Serving, jobs: Working, response: Response, body: DraftIn, who: Drafter
) -> DraftOut:
    """Asks for a first draft; a job writes it, its state and events tell how far it is."""
    if body.writer == "model" and not service.settings.model:
        raise Problem(
            422, "服务没有配置模型（DRAFTER_API_MODEL），只能离线起草", code="draft.model"
        )
    with service.database.writing() as session:
        inputs: dict[str, Any] = {
            **materials.pinned(session, body.table, body.facts, who),
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
            error="",
            created_by=who.actor,
            created_at=datetime.now(UTC),
            finished_at=None,
        )
        session.add(row)
        session.flush()
        tell(session, row, "draft.queued", {})
        record(
            session,
            organisation=who.organisation,
            actor=who.actor,
            action="draft.create",
            target=row.id,
            detail={"inputs": inputs},
        )
        told = shown(session, row)
    jobs.enqueue(told.id)
    response.headers["Location"] = f"/v1/drafts/{told.id}"
    return told


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
        return [shown(session, one) for one in session.scalars(query).all()]


@routes.get("/{identifier}", summary="查看草稿", operation_id="draft_read")
def one(service: Serving, response: Response, identifier: str, who: Reader) -> DraftOut:
    """State, sections in brief, and what stands against a clean copy."""
    with service.database.reading() as session:
        row = of_organisation(session, identifier, who)
        response.headers["ETag"] = f'"{row.version}"'
        return shown(session, row)


@routes.post("/{identifier}/cancel", summary="取消起草", operation_id="draft_cancel")
def cancel(service: Serving, identifier: str, who: Drafter) -> DraftOut:
    """Ends a job that is waiting or running; what is written already stays as it is."""
    with service.database.writing() as session:
        row = of_organisation(session, identifier, who)
        if row.state not in _ENDED:
            row.state, row.finished_at = CANCELLED, datetime.now(UTC)
            row.error = "已取消"
            tell(session, row, "draft.cancelled", {"by": who.actor})
            record(
                session,
                organisation=who.organisation,
                actor=who.actor,
                action="draft.cancel",
                target=row.id,
            )
        return shown(session, row)


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
        ended = row is None or row.state in _ENDED
        found = [
            (
                one.number,
                _line(one.number, one.kind, one.data),
            )
            for one in events_after(session, identifier, number)
        ]
    return found, ended


def _line(number: int, kind: str, data: dict[str, Any]) -> str:
    """An event as the stream has it."""
    said = json.dumps(data, ensure_ascii=False)
    return f"id: {number}\nevent: {kind}\ndata: {said}\n\n"


@routes.get("/{identifier}/sections/{section}", summary="查看板块", operation_id="section_read")
def section(
    service: Serving, response: Response, identifier: str, section: str, who: Reader
) -> SectionOut:
    """Text with spans and findings; the ETag is asked for again by an edit."""
    with service.database.reading() as session:
        row = of_organisation(session, identifier, who)
        found = section_of(session, row, section)
        response.headers["ETag"] = f'"{found.version}"'
        return _section(found)


@routes.put(
    "/{identifier}/sections/{section}",
    summary="改写板块文字",
    operation_id="section_edit",
    responses={
        409: {"description": "板块已锁定"},
        412: {"description": "已被别人改动"},
        428: {"description": "没有 If-Match"},
    },
)
def edit(
    service: Serving,
    response: Response,
    identifier: str,
    section: str,
    body: SectionEdit,
    who: Editor,
    if_match: Annotated[str, Header()] = "",
) -> SectionOut:
    """Judged at once; typed numbers that their clause proves become references."""
    with service.database.reading() as session:
        row = of_organisation(session, identifier, who)
        draft, inputs = written(session, row), inputs_of(session, row)
        _editable(section_of(session, row, section), if_match, who)
        seen = row.version

    def judged(draft: Written, inputs: Inputs) -> Written:
        printed = materials_of(draft, inputs)
        options = read_settings_options(load_settings())
        return edited(
            draft, section, body.text, printed, by=who.name, reason=body.reason, options=options
        ).draft

    after = judged(draft, inputs)
    with service.database.writing() as session:
        row = of_organisation(session, identifier, who)
        found = section_of(session, row, section)
        _editable(found, if_match, who)
        if row.version != seen:
            # The draft was changed meanwhile, perhaps by another table: this edit is judged with it.
            draft = written(session, row)
            after = judged(draft, inputs_of(session, row))
        if after != draft:
            store(session, row, after, author=who.actor, reason=body.reason or "修改")
        session.refresh(found)
        response.headers["ETag"] = f'"{found.version}"'
        return _section(found)


def _editable(section: Section, if_match: str, who: Principal) -> None:
    """The section is nobody else's, and still what the editor saw."""
    is_same = matches(if_match, section.version, "section")
    if section.locked_by not in ("", who.actor):
        raise Problem(409, f"板块已由{section.locked_by}锁定", code="section.locked")
    if not is_same:
        current = _section(section).model_dump()
        raise outdated("板块", section.version, "section", current=current)


@routes.get(
    "/{identifier}/sections/{section}/versions",
    summary="板块的各版",
    operation_id="section_versions",
)
def versions(service: Serving, identifier: str, section: str, who: Reader) -> list[VersionOut]:
    """All versions, the newest last."""
    with service.database.reading() as session:
        row = of_organisation(session, identifier, who)
        section_of(session, row, section)
        query = (
            select(SectionVersion)
            .where(SectionVersion.draft_id == row.id, SectionVersion.section_id == section)
            .order_by(SectionVersion.number)
        )
        return [
            VersionOut(
                number=one.number,
                heading=one.content["heading"],
                text=one.content["text"],
                author=one.author,
                reason=one.reason,
                created_at=one.created_at.isoformat(),
            )
            for one in session.scalars(query)
        ]


@routes.post(
    "/{identifier}/sections/{section}/lock",
    summary="锁定板块",
    operation_id="section_lock",
    responses={409: {"description": "已由别人锁定"}},
)
def lock(service: Serving, identifier: str, section: str, who: Editor) -> SectionOut:
    """Nobody else changes it, and no job does."""
    return _locked(service, identifier, section, who, who.actor)


@routes.post(
    "/{identifier}/sections/{section}/unlock",
    summary="解锁板块",
    operation_id="section_unlock",
    responses={409: {"description": "由别人锁定"}},
)
def unlock(service: Serving, identifier: str, section: str, who: Editor) -> SectionOut:
    """By whoever locked it, or an administrator."""
    return _locked(service, identifier, section, who, "")


def _locked(service: Service, identifier: str, section: str, who: Principal, by: str) -> SectionOut:
    with service.database.writing() as session:
        row = of_organisation(session, identifier, who)
        found = section_of(session, row, section)
        if found.locked_by not in ("", who.actor) and not who.may("administer"):
            raise Problem(409, f"板块已由{found.locked_by}锁定", code="section.locked")
        found.locked_by = by
        action = "section.lock" if by else "section.unlock"
        tell(session, row, action, {"section": section, "by": who.actor})
        record(
            session,
            organisation=who.organisation,
            actor=who.actor,
            action=action,
            target=f"{row.id}/{section}",
        )
        return _section(found)


@routes.get(
    "/{identifier}/exports/{kind}",
    summary="导出 Word 文件",
    operation_id="draft_export",
    response_class=Response,
    responses={
        200: {"content": {_WORD: {}}},
        409: {"description": "还有未决事项，不能导出印发稿；open_points 逐项列出"},
    },
)
def export(
    service: Serving, identifier: str, kind: Literal["review", "clean"], who: Reader
) -> Response:
    """The copy to review, or the copy to print, which is refused while anything is open."""
    with service.database.reading() as session:
        row = of_organisation(session, identifier, who)
        draft, inputs = written(session, row), inputs_of(session, row)
    settings = load_settings()
    profile, extras = load_profile(settings.page_profile), Extras(ai_mark=settings.ai_mark)
    if kind == "clean":
        refuse_open(draft)
        content = clean_copy(draft, profile, extras)
    else:
        content = review_copy(draft, Sources(inputs.table, inputs.facts), profile, extras)
    headers = {"Content-Disposition": f'attachment; filename="{kind}.docx"'}
    return Response(content, media_type=_WORD, headers=headers)


def shown(session: Session, row: Draft) -> DraftOut:
    """A draft as it is answered."""
    sections = sections_of(session, row)
    frame = row.frame
    return DraftOut(
        id=row.id,
        title=row.title,
        state=row.state,  # type: ignore[arg-type]  # written by us alone
        version=row.version,
        error=row.error,
        created_by=row.created_by,
        created_at=row.created_at.isoformat(),
        finished_at=row.finished_at.isoformat() if row.finished_at else None,
        sections=[_brief(one) for one in sections],
        by_model=sum(one.content["by_model"] for one in sections),
        open_points=row.open_points,
        questions=len(frame.get("questions", ())),
        conflicts=len(frame.get("conflicts", ())),
    )


def _brief(section: Section) -> SectionBrief:
    content = section.content
    opened = [
        one
        for one in content["findings"]
        if one["verdict"] in ("contradicted", "unsupported") and one["blocking"]
    ]
    return SectionBrief(
        id=section.section_id,
        heading=content["heading"],
        level=content["level"],
        characters=len(content["text"]),
        open=len(opened),
        version=section.version,
        locked_by=section.locked_by,
    )


def _section(section: Section) -> SectionOut:
    content = section.content
    return SectionOut(
        id=section.section_id,
        heading=content["heading"],
        level=content["level"],
        text=content["text"],
        template=content["template"],
        spans=content["spans"],
        findings=content["findings"],
        version=section.version,
        locked_by=section.locked_by,
    )
