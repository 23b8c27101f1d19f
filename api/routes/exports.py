"""/v1/drafts/{id}/exports: Word copies, the evidence page, the marked comparison with a former stage."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy.orm import Session

from api.access import Principal, allowed
from api.drafts import Inputs, inputs_of, of_organisation, written
from api.problems import Problem
from api.service import Service, Serving
from api.storage.schema import Draft, StageEntry
from drafter.draft_file import draft_bytes, from_json
from drafter.evidencing import draft_page
from drafter.exporting.body import signature_date
from drafter.exporting.evidence import Sources
from drafter.exporting.page import load_profile
from drafter.exporting.word import (
    Extras,
    clean_copy,
    comparison_copy,
    refuse_open,
    review_copy,
)
from drafter.marking import marked
from drafter.records.draft import Draft as Written

routes = APIRouter(prefix="/v1/drafts", tags=["导出"])
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HTML, _JSON = "text/html; charset=utf-8", "application/json"
Kind = Literal["review", "clean", "evidence", "comparison", "data"]


@dataclass(frozen=True, slots=True)
class _Source:
    """What an export is made of."""

    draft: Written
    inputs: Inputs
    row: Draft
    former: Written | None


@routes.get(
    "/{identifier}/exports/{kind}",
    summary="导出：审校稿、印发稿、核对页、花脸稿、数据",
    operation_id="draft_export",
    response_class=Response,
    responses={
        200: {"content": {_WORD: {}, "text/html": {}, _JSON: {}}},
        409: {
            "description": "还有未决事项（open_points 逐项列出），或签发后有改动，不能导出印发稿"
        },
    },
)
def export(
    service: Serving,
    identifier: str,
    kind: Kind,
    who: Annotated[Principal, Depends(allowed("read"))],
    stage: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> Response:
    """`comparison` is with the stage of that number; the clean copy is refused while anything is open."""
    with service.database.reading() as session:
        row = of_organisation(session, identifier, who)
        former = _former(session, row, stage) if kind == "comparison" else None
        source = _Source(written(session, row), inputs_of(session, row), row, former)
    content, media, suffix = _MAKERS[kind](service, source)
    headers = {"Content-Disposition": f'attachment; filename="{kind}.{suffix}"'}
    return Response(content, media_type=media, headers=headers)


def _former(session: Session, row: Draft, stage: int | None) -> Written:
    entry = session.get(StageEntry, (row.id, stage)) if stage else None
    if entry is None:
        raise Problem(404, "请用 stage 指明与第几次转稿时的文字对照", code="stage.missing")
    return from_json(entry.content, file=row.title)


def _review(service: Service, source: _Source) -> tuple[bytes, str, str]:
    sources = Sources(source.inputs.table, source.inputs.facts)
    profile, extras = load_profile(service.core.page_profile), _extras(service)
    return review_copy(source.draft, sources, profile, extras), _WORD, "docx"


def _clean(service: Service, source: _Source) -> tuple[bytes, str, str]:
    refuse_open(source.draft)
    if source.row.signature_ended:
        raise Problem(409, "签发后有改动，须重新签发才能导出印发稿", code="draft.signature")
    profile, extras = load_profile(service.core.page_profile), _extras(service)
    return clean_copy(source.draft, profile, extras), _WORD, "docx"


def _extras(service: Service) -> Extras:
    return Extras(ai_mark=service.core.ai_mark)


def _evidence(service: Service, source: _Source) -> tuple[bytes, str, str]:
    del service
    files = dict.fromkeys(one.row.file for one in source.inputs.table.rows)
    return draft_page(source.draft, tuple(files)).encode("utf-8"), _HTML, "html"


def _comparison(service: Service, source: _Source) -> tuple[bytes, str, str]:
    assert source.former is not None  # noqa: S101 - looked up for this kind
    dates = (signature_date(source.former.date), signature_date(source.draft.date))
    found = marked(source.former, source.draft, date=dates)
    profile = load_profile(service.core.page_profile)
    return comparison_copy(found, source.draft, profile), _WORD, "docx"


def _data(service: Service, source: _Source) -> tuple[bytes, str, str]:
    del service
    return draft_bytes(source.draft), _JSON, "json"


_MAKERS: Mapping[Kind, Callable[[Service, _Source], tuple[bytes, str, str]]] = {
    "review": _review,
    "clean": _clean,
    "evidence": _evidence,
    "comparison": _comparison,
    "data": _data,
}
