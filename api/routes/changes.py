"""/v1/drafts/{id}/refresh, claims, attestations, decisions, conflicts, facts, questions.

Changes of a whole draft without a model. Each names the version of the draft that it saw; each is
stored whole with its judgement, or not at all.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Response
from pydantic import Field
from sqlalchemy.orm import Session

from api.access import Principal, allowed
from api.bodies import Body, DraftOut, MaterialRef
from api.changing import Changed, keeping, stale_sections, whole_changed
from api.drafts import claims_of, inputs_of, materials_of, of_organisation, written
from api.problems import Problem
from api.routes import materials
from api.rulings import Rulings, answer, choice, confirmation
from api.service import Service, Serving
from api.storage.schema import Draft
from drafter.attesting import attest
from drafter.deciding import decide
from drafter.drafting import as_written, refreshed, rejudged
from drafter.editing import edited
from drafter.records.draft import Decision, Question
from drafter.records.draft import Draft as Written
from drafter.upkeep import last_year_of, with_refs_of

routes = APIRouter(
    prefix="/v1/drafts", tags=["草稿"], responses={409: {"description": "草稿还没有写好"}}
)
Reader = Annotated[Principal, Depends(allowed("read"))]
Editor = Annotated[Principal, Depends(allowed("edit"))]
IfMatch = Annotated[str, Header()]
_MATCHED: dict[int | str, dict[str, Any]] = {
    409: {"description": "草稿还没有写好，或与表不符，或照办会多出未决之处，或有板块被别人锁定"},
    412: {"description": "草稿已被改动"},
    428: {"description": "没有 If-Match"},
}


class RefreshIn(Body):
    """Another revision of the table (and of the facts) that the draft is made from."""

    table: MaterialRef
    facts: MaterialRef | None = None


class AttestationIn(Body):
    """Who the token is of vouches for a claim, or for a fact that waits to be confirmed."""

    claim: str = Field(default="", max_length=80)
    """An id as GET …/claims lists them."""
    fact: str = Field(default="", max_length=80)
    """Or the id of a fact that waits."""
    reason: str = Field(min_length=1, max_length=500)


class DecisionIn(Body):
    """Where an adverse figure goes."""

    item: str = Field(max_length=200)
    """Id or name of its row."""
    decided: Literal["写入成绩", "写入问题", "不写"]
    reason: str = Field(default="", max_length=500)


class ChoiceIn(Body):
    """Which of two rows that contradict each other counts."""

    row: str = Field(max_length=80)
    """Id of the row."""
    reason: str = Field(default="", max_length=500)


class AnswerIn(Body):
    """What a 股室 says to a question: becomes a fact of this draft, and stands in its section."""

    text: str = Field(min_length=2, max_length=2_000)
    kind: Literal[
        "举措", "活动", "荣誉", "获批试点", "项目", "制度文件",
        "案例", "名单", "人事机构", "问题", "打算", "提法",
    ] = "举措"  # fmt: skip
    insert: bool = True
    """Put it where the question stands; else it is a fact alone."""


class ClaimOut(Body):
    """A claim that is open."""

    id: str
    message: str


class ConflictOut(Body):
    """Two rows that say different things of one quantity."""

    chosen: str
    other: str
    field: str
    cells: list[str]
    """The chosen one's, the other's."""
    reason: str


class QuestionOut(Body):
    """What a 股室 must supply."""

    id: str
    section: str
    text: str
    department: str
    previous: str
    blocking: bool


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
    if_match: IfMatch = "",
) -> DraftOut:
    """Numbers, ranks and directions follow the table, no wording changes, no model is asked.

    A locked section keeps its text; numbers in it that are stale now are open.
    """

    def change(session: Session, row: Draft, draft: Written) -> Changed:
        pinned = materials.pinned(session, body.table, body.facts, who)
        return _set_anew(service, session, row, draft, {**row.inputs, **pinned})

    return whole_changed(service, response, identifier, who, if_match, change, "更新数据")


def _set_anew(
    service: Service, session: Session, row: Draft, draft: Written, inputs: dict[str, Any]
) -> Changed:
    """The draft with its inputs as they are to be; locked words stay."""
    new = inputs_of(session, row, inputs)
    table = with_refs_of(draft, new.table)
    past = last_year_of(draft)

    def change(held: Written) -> Written:
        return refreshed(held, table, new.facts, (), (), last_year=past, options=service.options)

    after = keeping(draft, stale_sections(session, row), materials_of(draft, new), change)
    told = (("rulings.ended", {"messages": list(new.ended)}),) if new.ended else ()
    return Changed(after, new.rulings.kept(inputs), told)


@routes.get("/{identifier}/claims", summary="未决之处及编号", operation_id="draft_claims")
def open_claims(service: Serving, identifier: str, who: Reader) -> list[ClaimOut]:
    """What may be vouched for, or has to be put right."""
    with service.database.reading() as session:
        found = claims_of(session, of_organisation(session, identifier, who))
    return [ClaimOut(id=name, message=said) for name, said in found]


@routes.post(
    "/{identifier}/attestations", summary="为一处无依据的数字、一条待确认的素材担保",
    operation_id="draft_attest",
    responses=_MATCHED,
)  # fmt: skip
def vouch(
    service: Serving,
    response: Response,
    identifier: str,
    body: AttestationIn,
    who: Editor,
    if_match: IfMatch = "",
) -> DraftOut:
    """It ends when the text or the cell changes; what the table contradicts cannot be waived."""
    if bool(body.claim) == bool(body.fact):
        raise Problem(422, "claim 与 fact 应给出其中一个", code="request.invalid")

    def confirmed(session: Session, row: Draft, draft: Written) -> Changed:
        held = Rulings.of(row.inputs)
        made = confirmation(inputs_of(session, row).facts, body.fact, who.name, body.reason)
        inputs = replace(held, confirmed=(*held.confirmed, made)).kept(row.inputs)
        return _set_anew(service, session, row, draft, inputs)

    def attested(session: Session, row: Draft, draft: Written) -> Changed:
        del session, row
        return Changed(attest(draft, body.claim, who.name, body.reason))

    change = attested if body.claim else confirmed
    return whole_changed(service, response, identifier, who, if_match, change, "担保")


@routes.post(
    "/{identifier}/decisions", summary="决定一项不利数据写在哪里",
    operation_id="draft_decide",
    responses=_MATCHED,
)  # fmt: skip
def place(
    service: Serving,
    response: Response,
    identifier: str,
    body: DecisionIn,
    who: Editor,
    if_match: IfMatch = "",
) -> DraftOut:
    """Recorded with the figure as it is now, and acted on at once."""
    decision = Decision(item=body.item, decided=body.decided, by=who.name, reason=body.reason)

    def change(session: Session, row: Draft, draft: Written) -> Changed:
        printed = materials_of(draft, inputs_of(session, row))
        after = keeping(
            draft, stale_sections(session, row), printed,
            lambda held: decide(held, printed, decision, options=service.options),
        )  # fmt: skip
        return Changed(after)

    return whole_changed(service, response, identifier, who, if_match, change, "定夺")


@routes.get("/{identifier}/conflicts", summary="指标表中互相矛盾的行", operation_id="conflict_list")
def conflicts(service: Serving, identifier: str, who: Reader) -> list[ConflictOut]:
    """Which row counts now, by which rule or whose word."""
    with service.database.reading() as session:
        row = of_organisation(session, identifier, who)
        found = inputs_of(session, row).table.conflicts
    return [
        ConflictOut(
            chosen=one.chosen,
            other=one.other,
            field=one.field,
            cells=[f"{cell.place}：{cell.value}" for cell in one.cells],
            reason=one.reason,
        )
        for one in found
    ]


@routes.post(
    "/{identifier}/conflicts", summary="决定互相矛盾的两行以哪一行为准",
    operation_id="conflict_decide",
    responses=_MATCHED,
)  # fmt: skip
def choose(
    service: Serving,
    response: Response,
    identifier: str,
    body: ChoiceIn,
    who: Editor,
    if_match: IfMatch = "",
) -> DraftOut:
    """Numbers follow at once; it ends when one of the two cells changes."""

    def change(session: Session, row: Draft, draft: Written) -> Changed:
        held = Rulings.of(row.inputs)
        made = choice(inputs_of(session, row).table, body.row, who.name, body.reason)
        others = tuple(one for one in held.conflicts if one["cells"] != made["cells"])
        inputs = replace(held, conflicts=(*others, made)).kept(row.inputs)
        return _set_anew(service, session, row, draft, inputs)

    return whole_changed(service, response, identifier, who, if_match, change, "取数决定")


@routes.get("/{identifier}/questions", summary="请各股室补充的内容", operation_id="question_list")
def questions(service: Serving, identifier: str, who: Reader) -> list[QuestionOut]:
    """No text of the draft; those that block keep the clean copy back."""
    with service.database.reading() as session:
        draft = written(session, of_organisation(session, identifier, who))
    return [
        QuestionOut(
            id=question_id(one),
            section=one.section,
            text=one.text,
            department=one.department,
            previous=one.previous,
            blocking=one.blocking,
        )
        for one in draft.questions
    ]


@routes.post(
    "/{identifier}/questions/{question}/answer", summary="答复一项请补内容",
    operation_id="question_answer",
    responses=_MATCHED,
)  # fmt: skip
def respond(
    service: Serving,
    response: Response,
    identifier: str,
    question: str,
    body: AnswerIn,
    who: Editor,
    if_match: IfMatch = "",
) -> DraftOut:
    """The answer proves what it says, as a fact with the name of whoever gave it."""

    def change(session: Session, row: Draft, draft: Written) -> Changed:
        asked = next((one for one in draft.questions if question_id(one) == question), None)
        if asked is None:
            raise Problem(404, f"没有这项请补内容：{question[:40]}", code="question.missing")
        held = Rulings.of(row.inputs)
        name = next((one.heading for one in draft.sections if one.id == asked.section), "")
        made = answer(held, asked.text, name, body.text, body.kind, who.name)
        inputs = replace(held, answers=(*held.answers, made)).kept(row.inputs)
        printed = materials_of(draft, inputs_of(session, row, inputs))
        left = tuple(one for one in draft.questions if question_id(one) != question)
        after = keeping(
            replace(draft, questions=left), stale_sections(session, row), printed,
            _inserted(service, asked, body, printed, who),
        )  # fmt: skip
        return Changed(after, inputs)

    return whole_changed(service, response, identifier, who, if_match, change, "答复请补")


def _inserted(
    service: Service, asked: Question, body: AnswerIn, printed: Any, who: Principal
) -> Callable[[Written], Written]:
    """Puts the answer where its question stands, as a sentence; or judges anew with the fact alone."""

    def change(draft: Written) -> Written:
        section = next((one for one in draft.sections if one.id == asked.section), None)
        if not body.insert or section is None:
            sections = [as_written(one, printed) for one in draft.sections]
            return rejudged(draft, sections, printed, service.options)
        said = body.text.strip()
        sentence = said if said[-1] in "。！？；" else f"{said}。"
        at = min(asked.after, len(section.text))
        text = section.text[:at] + sentence + section.text[at:]
        return edited(
            draft, section.id, text, printed, by=who.name, reason="答复请补",
            options=service.options,
        ).draft  # fmt: skip

    return change


def question_id(question: Question) -> str:
    """By what is asked where: the same question has the same id in every version."""
    said = f"{question.section}\x1f{question.text}"
    return "q" + hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]
