"""/v1/drafts/{id}/refresh, /attestations, /decisions: changes of a whole draft without a model.

Each names the version of the draft that it saw; each is stored whole with its judgement, or not at
all.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Response
from pydantic import Field
from sqlalchemy.orm import Session

from api.access import Principal, allowed
from api.bodies import Body, DraftOut, MaterialRef
from api.drafts import Inputs, inputs_of, materials_of, of_organisation, sections_of, store, written
from api.problems import Problem, matches, outdated
from api.routes import materials
from api.routes.drafts import shown
from api.service import Service, Serving
from api.storage.schema import Draft
from drafter.assembly import read_settings_options
from drafter.attesting import attest, claims
from drafter.deciding import decide
from drafter.drafting import refreshed
from drafter.records.draft import Decision
from drafter.records.draft import Draft as Written
from drafter.settings import load_settings
from drafter.upkeep import last_year_of, with_refs_of
from drafter.writing.rendering import escape

routes = APIRouter(
    prefix="/v1/drafts", tags=["草稿"], responses={409: {"description": "草稿还没有写好"}}
)
Editor = Annotated[Principal, Depends(allowed("edit"))]
_MATCHED: dict[int | str, dict[str, Any]] = {
    412: {"description": "草稿已被改动"},
    428: {"description": "没有 If-Match"},
}


class RefreshIn(Body):
    """Another revision of the table (and of the facts) that the draft is made from."""

    table: MaterialRef
    facts: MaterialRef | None = None


class AttestationIn(Body):
    """Who the token is of vouches for a claim."""

    claim: str = Field(max_length=80)
    """An id as GET …/claims lists them."""
    reason: str = Field(min_length=1, max_length=500)


class DecisionIn(Body):
    """Where an adverse figure goes."""

    item: str = Field(max_length=200)
    """Id or name of its row."""
    decided: Literal["写入成绩", "写入问题", "不写"]
    reason: str = Field(default="", max_length=500)


class ClaimOut(Body):
    """A claim that is open."""

    id: str
    message: str


@routes.post(
    "/{identifier}/refresh", summary="换用指标表的新一版", operation_id="draft_refresh",
    responses=_MATCHED,
)  # fmt: skip
def refresh(
    service: Serving,
    response: Response,
    identifier: str,
    body: RefreshIn,
    who: Editor,
    if_match: Annotated[str, Header()] = "",
) -> DraftOut:
    """Numbers, ranks and directions follow the table, no wording changes, no model is asked.

    A locked section keeps its text; numbers in it that are stale now are open.
    """

    def change(session: Session, row: Draft, draft: Written) -> Written:
        row.inputs = {
            **row.inputs,
            **materials.pinned(session, body.table, body.facts, who),
        }
        new = inputs_of(session, row)
        held = {one.section_id for one in sections_of(session, row) if one.locked_by}
        return refreshed(
            _with_text_of(draft, held),
            with_refs_of(draft, new.table),
            new.facts,
            (),
            (),
            last_year=last_year_of(draft),
            options=read_settings_options(load_settings()),
        )

    return _changed(service, response, identifier, who, if_match, change, "更新数据")


def _with_text_of(draft: Written, held: set[str]) -> Written:
    """The draft with some sections as plain text: a table prints nothing in them any more."""
    sections = tuple(
        replace(one, template=escape(one.text)) if one.id in held else one for one in draft.sections
    )
    return replace(draft, sections=sections)


@routes.get("/{identifier}/claims", summary="未决之处及编号", operation_id="draft_claims")
def open_claims(
    service: Serving, identifier: str, who: Annotated[Principal, Depends(allowed("read"))]
) -> list[ClaimOut]:
    """What may be vouched for, or has to be put right."""
    with service.database.reading() as session:
        draft = written(session, of_organisation(session, identifier, who))
    return [ClaimOut(id=name, message=said) for name, said in claims(draft)]


@routes.post(
    "/{identifier}/attestations", summary="为一处无依据的数字担保",
    operation_id="draft_attest",
    responses={**_MATCHED, 409: {"description": "与表不符，不能担保"}},
)  # fmt: skip
def vouch(
    service: Serving,
    response: Response,
    identifier: str,
    body: AttestationIn,
    who: Editor,
    if_match: Annotated[str, Header()] = "",
) -> DraftOut:
    """It ends when the text or the cell changes; what the table contradicts cannot be waived."""

    def change(session: Session, row: Draft, draft: Written) -> Written:
        del session, row
        return attest(draft, body.claim, who.name, body.reason)

    return _changed(service, response, identifier, who, if_match, change, "担保")


@routes.post(
    "/{identifier}/decisions", summary="决定一项不利数据写在哪里",
    operation_id="draft_decide",
    responses={**_MATCHED, 409: {"description": "照办会多出未决之处"}},
)  # fmt: skip
def place(
    service: Serving,
    response: Response,
    identifier: str,
    body: DecisionIn,
    who: Editor,
    if_match: Annotated[str, Header()] = "",
) -> DraftOut:
    """Recorded with the figure as it is now, and acted on at once."""

    def change(session: Session, row: Draft, draft: Written) -> Written:
        inputs: Inputs = inputs_of(session, row)
        if any(one.locked_by not in ("", who.actor) for one in sections_of(session, row)):
            raise Problem(409, "有板块被别人锁定，暂不能改动", code="section.locked")
        decision = Decision(item=body.item, decided=body.decided, by=who.name, reason=body.reason)
        return decide(
            draft,
            materials_of(draft, inputs),
            decision,
            options=read_settings_options(load_settings()),
        )

    return _changed(service, response, identifier, who, if_match, change, "定夺")


def _changed(
    service: Service,
    response: Response,
    identifier: str,
    who: Principal,
    if_match: str,
    change: Callable[[Session, Draft, Written], Written],
    reason: str,
) -> DraftOut:
    """A change of the whole draft in one transaction."""
    with service.database.writing() as session:
        row = of_organisation(session, identifier, who)
        draft = written(session, row)
        if not matches(if_match, row.version, "draft"):
            raise outdated("草稿", row.version, "draft")
        store(session, row, change(session, row, draft), author=who.actor, reason=reason)
        response.headers["ETag"] = f'"{row.version}"'
        return shown(session, row)
