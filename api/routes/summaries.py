"""/v1/summaries: past summaries of the bureau, what drafts follow; damaged ones are set apart."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import PurePath
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, UploadFile
from starlette.concurrency import run_in_threadpool

from api.access import Principal, allowed
from api.bodies import SummariesOut, SummaryOut
from api.problems import Problem
from api.service import Service, Serving, on_disk
from api.storage.audit import record
from api.uploads import kept, received, safe_name
from drafter.assembly import open_knowledge
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
        outcome = ingest_paths(paths, organisation=who.organisation_name, year=year, folder=folder)
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
def listed(
    service: Serving, who: Annotated[Principal, Depends(allowed("read"))]
) -> list[SummaryOut]:
    """The newest year first."""
    with open_knowledge(service.knowledge_of(who.organisation)) as base:
        documents = base.documents
    return [
        SummaryOut(name=one.name, title=one.title, year=one.year)
        for one in sorted(documents, key=lambda found: -(found.year or 0))
    ]
