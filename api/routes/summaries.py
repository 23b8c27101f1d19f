"""/v1/summaries: past summaries of the bureau, what drafts follow; damaged ones are set apart."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import PurePath
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Response, UploadFile
from starlette.concurrency import run_in_threadpool

from api.access import Principal, allowed
from api.bodies import HeldOut, PastTableOut, QuarantinedOut, SummariesOut, SummaryOut
from api.keeping import turn
from api.problems import Problem
from api.quotas import uploaded
from api.service import Service, Serving, on_disk
from api.storage.audit import record
from api.uploads import forgotten, kept, received, safe_name
from drafter.assembly import open_knowledge
from drafter.knowledge.manifest import Quarantined, StoredDocument, StoredTable
from drafter.preparing import SUMMARIES, TABLES, ingest_paths

routes = APIRouter(prefix="/v1/summaries", tags=["往年总结"])


@routes.post(
    "", status_code=201, summary="上传一份往年总结或往年指标表", operation_id="summary_create"
)
async def create(
    service: Serving,
    who: Annotated[Principal, Depends(allowed("upload"))],
    file: Annotated[UploadFile, File(description="docx、txt；或往年的指标表 xlsx、csv")],
    year: Annotated[int | None, Form(ge=1980, le=2100)] = None,
) -> SummariesOut:
    """Taken into the bureau's own knowledge base; numbers are masked there."""
    content = await received(file, service.settings.upload_bytes)
    name = safe_name(file.filename)
    if PurePath(name).suffix.lower() not in (*SUMMARIES, *TABLES):
        raise Problem(
            422, "应为 docx、txt 的总结，或 xlsx、csv、json 的指标表", code="summary.kind"
        )
    await run_in_threadpool(uploaded, service.database, who, len(content), service.settings)
    files = [(name, content)]
    return await run_in_threadpool(taken_in, service, who, files, year)


def taken_in(
    service: Service, who: Principal, files: Sequence[tuple[str, bytes]], year: int | None = None
) -> SummariesOut:
    """Past summaries and past tables into the bureau's knowledge base, all under one lock.

    Args:
        service: Whose knowledge base and database they go to.
        who: Whose they are.
        files: Their names and bytes.
        year: Of all of them; None to read it of each.
    """
    with service.knowledge(who.organisation) as folder, ExitStack() as stack:
        paths = [stack.enter_context(on_disk(name, content)) for name, content in files]
        with turn:
            outcome = ingest_paths(
                paths, organisation=who.organisation_name, year=year, folder=folder
            )
    with service.database.writing() as session:
        for name, content in files:
            record(
                session,
                organisation=who.organisation,
                actor=who.actor,
                action="summary.upload",
                target=kept(session, who.organisation, content),
                detail={"file": name},
            )
    return SummariesOut(
        added=[*outcome.report.added, *outcome.tables],
        unchanged=list(outcome.report.unchanged),
        quarantined=[
            {"name": one.name, "reason": one.reason} for one in outcome.report.quarantined
        ],
    )


@routes.get("", summary="列出往年总结", operation_id="summary_list")
def listed(service: Serving, who: Annotated[Principal, Depends(allowed("read"))]) -> HeldOut:
    """With their quality, those set apart with the reason; the newest year first."""
    with open_knowledge(service.knowledge_of(who.organisation)) as base:
        held = base.held
    return HeldOut(
        summaries=[
            SummaryOut(
                name=one.name,
                title=one.title,
                year=one.year,
                quality=one.score,
                damage=one.damage,
            )
            for one in sorted(held.documents, key=_newest_first)
        ],
        quarantined=[
            QuarantinedOut(name=one.name, year=one.year, quality=one.score, reason=one.reason)
            for one in sorted(held.quarantined, key=_newest_first)
        ],
        tables=[
            PastTableOut(name=one.name, year=one.year)
            for one in sorted(held.tables, key=_newest_first)
        ],
    )


@routes.delete(
    "/{name}",
    status_code=204,
    summary="删除一份往年总结或往年指标表",
    operation_id="summary_delete",
)
def delete(
    service: Serving, name: str, who: Annotated[Principal, Depends(allowed("upload"))]
) -> Response:
    """Everything of that file name goes: from the search, the knowledge base and the originals."""
    with service.knowledge(who.organisation) as folder, open_knowledge(folder) as base:
        gone = base.remove(name)
    if not gone:
        raise Problem(404, f"没有这份往年总结：{name[:40]}", code="summary.missing")
    with service.database.writing() as session:
        for digest in gone:
            forgotten(session, who.organisation, digest)
            record(
                session,
                organisation=who.organisation,
                actor=who.actor,
                action="summary.delete",
                target=digest,
                detail={"file": name},
            )
    return Response(status_code=204)


def _newest_first(one: StoredDocument | StoredTable | Quarantined) -> tuple[int, str]:
    return -(one.year or 0), one.name
