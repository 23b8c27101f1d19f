"""/v1/checks: any text or file against a table, without keeping it."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, UploadFile
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from api.access import Principal, allowed
from api.bodies import CheckIn, CheckOut, MaterialRef
from api.invalid import in_words
from api.keeping import turn
from api.problems import Problem
from api.routes.materials import FACTS, TABLE, Kind, named, read_revision
from api.service import Service, Serving, on_disk
from api.uploads import received, safe_name
from drafter.draft_file import report_json
from drafter.reading.texts import read_text
from drafter.verification import verify

routes = APIRouter(prefix="/v1/checks", tags=["核对"])
Checker = Annotated[Principal, Depends(allowed("check"))]


@routes.post("", summary="核对一段文字", operation_id="check_text")
async def check_text(service: Serving, body: CheckIn, who: Checker) -> CheckOut:
    """Findings on each number and fact, and objections to the text; nothing is stored."""
    return await service.judged(_checked, who, body)


@routes.post("/file", summary="核对一个文件", operation_id="check_file")
async def check_file(
    service: Serving,
    who: Checker,
    file: Annotated[UploadFile, File(description="docx 或 txt")],
    table: Annotated[str, Form(max_length=40)] = "",
    facts: Annotated[str, Form(max_length=40)] = "",
) -> CheckOut:
    """The same for a file; offsets are those of its own text."""
    content = await received(file, service.settings.upload_bytes)
    name = safe_name(file.filename)

    def read() -> CheckIn:
        with turn, on_disk(name, content) as path:
            text = read_text(path)
        if len(text) > _LONGEST:
            raise Problem(413, f"文字超过{_LONGEST}字的上限", code="check.long")
        try:
            return CheckIn(
                text=text,
                table=MaterialRef(id=table) if table else None,
                facts=MaterialRef(id=facts) if facts else None,
            )
        except ValidationError as error:
            told = in_words(error.errors())
            raise Problem(422, f"文件中的文字无法核对：{told}", code="check.text") from error

    return await service.judged(_checked, who, await run_in_threadpool(read))


_LONGEST = 200_000


def _checked(service: Service, who: Principal, body: CheckIn) -> CheckOut:
    table = _read(service, who, TABLE, body.table)
    facts = _read(service, who, FACTS, body.facts)
    options = service.options
    report = verify(body.text, table, facts, options=options, last_year=body.last_year)
    return CheckOut(**report_json(report))


def _read(service: Service, who: Principal, kind: Kind, ref: MaterialRef | None) -> Any:
    """The material of a reference; None without one."""
    if ref is None:
        return None
    with service.database.reading() as session:
        return read_revision(session, kind, *named(session, kind, ref, who))
