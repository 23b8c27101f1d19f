"""/v1/drafts/{id}/sections/{section}/versions: what a section once was, compared and put back."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Response
from sqlalchemy import select

from api.access import Principal, allowed
from api.bodies import PieceOut, RestoreIn, SectionOut, VersionOut
from api.changing import section_changed
from api.differences import of_texts
from api.drafts import of_organisation, section_from, section_of, version_of
from api.problems import Problem
from api.service import Serving
from api.storage.schema import SectionVersion
from drafter.editing import replaced
from drafter.records.draft import Draft as Written
from drafter.writing.references import Materials

routes = APIRouter(
    prefix="/v1/drafts/{identifier}/sections/{section}",
    tags=["板块"],
    responses={409: {"description": "草稿还没有写好"}},
)
Reader = Annotated[Principal, Depends(allowed("read"))]
Editor = Annotated[Principal, Depends(allowed("edit"))]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


@routes.get("/versions", summary="板块的各版", operation_id="section_versions")
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
        return [_out(one) for one in session.scalars(query)]


@routes.get(
    "/versions/{number}/difference",
    summary="一版与另一版相比改了什么",
    operation_id="section_difference",
)
def difference(
    service: Serving,
    identifier: str,
    section: str,
    number: Number,
    who: Reader,
    against: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> list[PieceOut]:
    """The words of a version beside those of an earlier one, the one before it by default."""
    with service.database.reading() as session:
        row = of_organisation(session, identifier, who)
        found = section_of(session, row, section)
        new = version_of(session, found, number)
        old = version_of(session, found, against or max(1, number - 1))
        if new is None or old is None:
            raise Problem(404, f"没有这一版，现有{found.version}版", code="version.missing")
        pieces = of_texts(old.content["text"], new.content["text"])
        return [PieceOut(kind=one.kind, text=one.text) for one in pieces]


@routes.post(
    "/restore",
    summary="恢复为某一版",
    operation_id="section_restore",
    responses={
        409: {"description": "板块已锁定"},
        412: {"description": "已被别人改动"},
        428: {"description": "没有 If-Match"},
    },
)
def restore(
    service: Serving,
    response: Response,
    identifier: str,
    section: str,
    body: RestoreIn,
    who: Editor,
    if_match: Annotated[str, Header()] = "",
) -> SectionOut:
    """Its words again as a new version; its numbers are those of the table as it is now."""
    with service.database.reading() as session:
        row = of_organisation(session, identifier, who)
        found = section_of(session, row, section)
        version = version_of(session, found, body.version)
        if version is None:
            raise Problem(404, f"没有这一版，现有{found.version}版", code="version.missing")
        former = section_from(row, version.content)

    def change(draft: Written, materials: Materials) -> Written:
        return replaced(draft, former, materials, options=service.options)

    reason = body.reason or f"恢复为第{body.version}版"
    return section_changed(service, response, identifier, section, who, if_match, change, reason)


def _out(version: SectionVersion) -> VersionOut:
    calls = version.content.get("calls", ())
    last = calls[-1] if calls and version.content.get("by_model") else {}
    return VersionOut(
        number=version.number,
        heading=version.content["heading"],
        text=version.content["text"],
        author=version.author,
        reason=version.reason,
        model=str(last.get("model", "")),
        prompt=f"{last['prompt']} {last['version']}" if last else "",
        findings=len(version.content["findings"]),
        created_at=version.created_at.isoformat(),
    )
