"""/v1/drafts/{id}/sections/{section}: read, edited, locked, written again by a model."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response
from sqlalchemy.orm import Session

from api.access import Principal, allowed, identifier
from api.bodies import JobOut, RegenerateIn, SectionEdit, SectionOut
from api.changing import keeping, section_changed, stale_sections
from api.drafts import (
    inputs_of,
    materials_of,
    of_organisation,
    section_of,
    store,
    tell,
    written,
)
from api.jobs import SECTION, asked_for
from api.problems import Problem, matches, outdated
from api.quotas import spend
from api.routes.jobs import job_out
from api.service import Service, Serving
from api.showing import section_out
from api.storage.audit import record
from api.storage.schema import Draft
from drafter.drafting import as_written, rejudged
from drafter.editing import edited
from drafter.records.draft import Draft as Written
from drafter.writing.references import Materials

routes = APIRouter(
    prefix="/v1/drafts/{identifier}/sections/{section}",
    tags=["板块"],
    responses={409: {"description": "草稿还没有写好"}},
)
Reader = Annotated[Principal, Depends(allowed("read"))]
Editor = Annotated[Principal, Depends(allowed("edit"))]


@routes.get("", summary="查看板块", operation_id="section_read")
def section(
    service: Serving, response: Response, identifier: str, section: str, who: Reader
) -> SectionOut:
    """Text with spans and findings; the ETag is asked for again by an edit."""
    with service.database.reading() as session:
        row = of_organisation(session, identifier, who)
        found = section_of(session, row, section)
        response.headers["ETag"] = f'"{found.version}"'
        return section_out(found)


@routes.put(
    "",
    summary="改写板块文字",
    operation_id="section_edit",
    responses={
        409: {"description": "板块已锁定"},
        412: {"description": "已被别人改动：current 为现文，merged 为两处改动合在一起的文字"},
        428: {"description": "没有 If-Match"},
    },
)
async def edit(
    service: Serving,
    response: Response,
    identifier: str,
    section: str,
    body: SectionEdit,
    who: Editor,
    if_match: Annotated[str, Header()] = "",
) -> SectionOut:
    """Judged at once; typed numbers that their clause proves become references."""
    changed, tag = await service.judged(_edited, identifier, section, body, who, if_match)
    response.headers["ETag"] = tag
    return changed


def _edited(
    service: Service,
    identifier: str,
    section: str,
    body: SectionEdit,
    who: Principal,
    if_match: str,
) -> tuple[SectionOut, str]:
    """The section as it is then, and its ETag."""

    def change(draft: Written, materials: Materials) -> Written:
        return edited(
            draft,
            section,
            body.text,
            materials,
            by=who.name,
            reason=body.reason,
            options=service.options,
        ).draft

    response = Response()
    changed = section_changed(
        service, response, identifier, section, who, if_match, change, body.reason or "修改",
        mine=body.text,
    )  # fmt: skip
    return changed, response.headers["ETag"]


@routes.post(
    "/regenerate",
    status_code=202,
    summary="重写板块或其中几句",
    operation_id="section_regenerate",
    responses={
        412: {"description": "已被别人改动"},
        428: {"description": "没有 If-Match"},
    },
)
def regenerate(
    service: Serving,
    response: Response,
    identifier: str,
    section: str,
    body: RegenerateIn,
    who: Editor,
    if_match: Annotated[str, Header()] = "",
) -> JobOut:
    """A job writes it again; beside a lock or another edit its text becomes a proposal."""
    if body.writer == "model" and not service.settings.model:
        raise Problem(
            422, "服务没有配置模型（DRAFTER_API_MODEL），只能离线重写", code="draft.model"
        )
    if body.writer == "offline" and (body.instruction or body.sentences):
        raise Problem(422, "离线方式不能按要求改写，也不能只写几句", code="draft.model")
    if body.sentences and body.sentences[0] > body.sentences[1]:
        raise Problem(422, "sentences 应为首句和末句，如 [2, 3]", code="request.invalid")
    with service.database.writing() as session:
        row = of_organisation(session, identifier, who)
        draft = written(session, row)
        found = section_of(session, row, section)
        if not matches(if_match, found.version, "section"):
            current = section_out(found).model_dump()
            raise outdated("板块", found.version, "section", current=current)
        own = next(one for one in draft.sections if one.id == section)
        if own.kind == "part":
            raise Problem(422, f"“{own.heading}”只有标题，没有正文可改写", code="section.empty")
        if body.writer == "model":
            spend(session, who, "rewrites", 1, service.settings)
        asked = {
            "section": section,
            "version": found.version,
            "instruction": body.instruction,
            "sentences": list(body.sentences) if body.sentences else None,
            "writer": body.writer,
            "propose": body.propose,
        }
        job = asked_for(session, new_job(), row, SECTION, asked, who.actor)
        tell(session, row, "section.asked", {"section": section, "job": job.id})
        record(
            session,
            organisation=who.organisation,
            actor=who.actor,
            action="section.regenerate",
            target=f"{row.id}/{section}",
            detail={"job": job.id, "version": found.version},
        )
        response.headers["Location"] = f"/v1/jobs/{job.id}"
        return job_out(job)


def new_job() -> str:
    """The id of a new job."""
    return identifier("job")


@routes.post(
    "/lock",
    summary="锁定板块",
    operation_id="section_lock",
    responses={409: {"description": "已由别人锁定"}},
)
def lock(service: Serving, identifier: str, section: str, who: Editor) -> SectionOut:
    """Nobody else changes it, and no job and no new table does."""
    return _locked(service, identifier, section, who, who.actor)


@routes.post(
    "/unlock",
    summary="解锁板块",
    operation_id="section_unlock",
    responses={409: {"description": "由别人锁定"}},
)
def unlock(service: Serving, identifier: str, section: str, who: Editor) -> SectionOut:
    """By whoever locked it, or an administrator; its numbers follow the table again."""
    return _locked(service, identifier, section, who, "")


def _locked(service: Service, identifier: str, section: str, who: Principal, by: str) -> SectionOut:
    with service.database.writing() as session:
        row = of_organisation(session, identifier, who)
        found = section_of(session, row, section)
        if found.locked_by not in ("", who.actor) and not who.may("administer"):
            raise Problem(409, f"板块已由{found.locked_by}锁定", code="section.locked")
        was, found.locked_by = found.locked_by, by
        session.flush()
        action = "section.lock" if by else "section.unlock"
        tell(session, row, action, {"section": section, "by": who.actor})
        record(
            session,
            organisation=who.organisation,
            actor=who.actor,
            action=action,
            target=f"{row.id}/{section}",
        )
        if was and not by:
            _caught_up(service, session, row, who)
        session.refresh(found)
        return section_out(found)


def _caught_up(service: Service, session: Session, row: Draft, who: Principal) -> None:
    """Sets the draft with its table: what a lock held back follows now."""
    draft = written(session, row)
    materials = materials_of(draft, inputs_of(session, row))

    def change(held: Written) -> Written:
        written_now = [as_written(one, materials) for one in held.sections]
        return rejudged(held, written_now, materials, service.options)

    after = keeping(draft, stale_sections(session, row), materials, change)
    if [one.text for one in after.sections] != [one.text for one in draft.sections]:
        store(session, row, after, author=who.actor, reason="解锁后随表更新")
