"""The offline writer: a section from its plan, this year's rows and facts, and last year's text.

Deterministic, without a model. An achievements section carries what the whitelist admits
(`carrying`, `assembling`), then tells uncovered rows in an older summary's words (`recalling`) or by
frames, and sets facts as written. Lead,
problems and plan are assembled anew (`special`). Everything that was not taken over is listed with
its reason; what only a 股室 can supply becomes a question.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from drafter.numerals.masking import mask
from drafter.records.draft import AdverseFigure, LeftOut, Question, Wording
from drafter.records.fact import Fact
from drafter.records.indicator import Indicator, IndicatorTable
from drafter.records.outline import SectionPlan
from drafter.verification.facts.wordlists import Words, load_words
from drafter.writing.adverse import adverse_figures
from drafter.writing.assembling import Selection, paragraphs, select
from drafter.writing.carrying import Circumstances, carry, is_time
from drafter.writing.clauses import Refusal, licence_of
from drafter.writing.composing import (
    Origins,
    Part,
    carried_part,
    carried_share,
    fact_part,
    framed_part,
    is_nought,
    joined,
    mishaps,
)
from drafter.writing.grouping import is_event, is_goal, is_printable
from drafter.writing.headings import (
    Heading,
    bare_theme,
    known_heading,
    part_heading,
    section_heading,
)
from drafter.writing.name_lists import differing, name_lists
from drafter.writing.phrases import is_mishap
from drafter.writing.precedent import Clause, Origin, read_clauses
from drafter.writing.questions import left_out_clauses, questions_for
from drafter.writing.recalling import recalled
from drafter.writing.references import Materials
from drafter.writing.special import lead_text, plan_text, problems_text

CARRIED_LIMIT: Final = 0.3
"""Share of a section's characters that routine measures may make up."""
UNCONFIRMED: Final = "请核对下列指标与往年句子是否对应"
"""Begins the question for bindings that no figure of last year confirms."""
_FIRST_FACTS: Final = ("必写", "亮点")
_ELSEWHERE: Final = ("问题", "打算", "提法")


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What all sections of a draft share."""

    materials: Materials
    past: IndicatorTable | None = None
    """Last year's table, to confirm what the precedent's numerals speak of."""
    past_year: int | None = None
    words: Words = field(default_factory=load_words)
    older_headings: tuple[str, ...] = ()
    """Headings of summaries before the precedent: what stands there too is no word of one year."""
    elsewhere: frozenset[str] = frozenset()
    """Ids of rows that other sections tell: none is set in a frame here."""
    mask: Callable[[str], str] = mask


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSection:
    """A section as its writer hands it over."""

    id: str
    heading: str
    """Without enumerator."""
    level: int
    kind: str
    template: str
    run_in: bool = False
    origins: tuple[Origin | None, ...] = ()
    questions: tuple[Question, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    adverse: tuple[AdverseFigure, ...] = ()
    rows: tuple[str, ...] = ()
    """Ids of the rows that it prints."""
    carried: tuple[str, ...] = ()
    """Ids of those that the precedent's own clauses print."""
    wordings: tuple[Wording, ...] = ()
    calls: tuple[dict[str, object], ...] = ()
    """Requests to a model, where one was asked, as `records.call.as_record` has them."""
    by_model: bool = False
    """A model's text, taken over sentence by sentence as it was proven."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A section while it is written."""

    part: Part
    selection: Selection
    questions: tuple[Question, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def write_section(
    plan: SectionPlan,
    materials: Materials,
    *,
    past: IndicatorTable | None = None,
    past_year: int | None = None,
    mask: Callable[[str], str] = mask,
    words: Words | None = None,
) -> WrittenSection:
    """Writes one section.

    Args:
        plan: Heading, ids of rows and facts, the precedent's blocks.
        materials: This year's rows and facts.
        past: Last year's table, where it is known.
        past_year: The precedent's own year, which rolls in period words and headings.
        mask: Hides numbers of past text in lists and questions.
        words: Word lists; the package's own if None.

    Returns:
        The template with origins, and all that a person should know. A section without
        material has template ''.
    """
    writing = Writing(
        materials=materials,
        past=past,
        past_year=past_year,
        words=words or load_words(),
        mask=mask,
    )
    return write(plan, writing)


def write(plan: SectionPlan, writing: Writing) -> WrittenSection:
    """`write_section` with what the sections share put together once."""
    section = plan.section
    rows = _rows(plan, writing.materials)
    clauses = _clauses(plan, writing)
    if section.kind == "achievements":
        done = _achievements(plan, rows, clauses, writing)
    else:
        done = _assembled(plan, rows, clauses, writing)
    heading, stale = _heading(plan, rows, writing)
    return WrittenSection(
        id=section.id,
        heading=heading,
        level=section.level,
        kind=section.kind,
        template=done.part.template,
        run_in=section.run_in and bool(done.part),
        origins=done.part.origins,
        questions=done.questions,
        left_out=(*stale, *done.left_out),
        adverse=adverse_figures(rows, writing.materials, done.part.rows, section.id)
        if section.kind in ("lead", "achievements")
        else (),
        rows=done.part.rows,
        carried=tuple(
            dict.fromkeys(row.id for kept in done.selection.kept for row in kept.carried.rows)
        ),
        wordings=done.part.wordings,
    )


def heading_of(plan: SectionPlan, writing: Writing) -> str:
    """The heading that a section will be printed under, without enumerator."""
    return _heading(plan, _rows(plan, writing.materials), writing)[0]


def _rows(plan: SectionPlan, materials: Materials) -> tuple[Indicator, ...]:
    found = (materials.table.by_id(identifier) for identifier in plan.indicators)
    return tuple(row for row in found if row is not None)


def _clauses(plan: SectionPlan, writing: Writing) -> tuple[Clause, ...]:
    if not plan.section.source:
        return ()
    heading = f"{plan.section.marker}{plan.section.heading}"
    return read_clauses(heading, plan.section.source, writing.materials.table, writing.past)


def _heading(
    plan: SectionPlan, rows: Sequence[Indicator], writing: Writing
) -> tuple[str, tuple[LeftOut, ...]]:
    """The heading to print: without words of last year, a part's slogan, an unproven judgement."""
    section = plan.section
    text, kind = section.heading, section.kind
    if not text:
        return text, ()
    licence = _heading_licence(plan, rows, writing)
    heading = part_heading(text) if kind == "part" else Heading(text)
    if section.inherited:
        neutral = _neutral(plan, rows)
        heading = heading.then(known_heading(heading.text, writing.words, licence, instead=neutral))
    if kind in ("achievements", "part"):
        # A part has no rows of its own: what it judges must hold for the whole table.
        judged = writing.materials.table.rows if kind == "part" else rows
        heading = heading.then(section_heading(heading.text, judged, writing.words, licence))
    if not heading.reason:
        return heading.text, ()
    noted = LeftOut(section=plan.section.id, text=text, reason=f"标题：{heading.reason}", label="J")
    return heading.text, (noted,)


def _heading_licence(plan: SectionPlan, rows: Sequence[Indicator], writing: Writing) -> str:
    """What may stand in a heading this year: rows, facts, the organisation, older headings."""
    facts = (writing.materials.facts.by_id(identifier) for identifier in plan.facts)
    said = [f"{fact.section}\n{fact.title}\n{fact.text}" for fact in facts if fact is not None]
    common = (writing.materials.organisation, *plan.section.themes, *writing.older_headings)
    return "\n".join((licence_of(rows), *said, *common))


def _neutral(plan: SectionPlan, rows: Sequence[Indicator]) -> str:
    """What a section may be called when nothing of last year's heading can stay."""
    kind, text = plan.section.kind, plan.section.heading
    year = re.search(r"(?:19|20)[0-9]{2}年", text)
    named = {"problems": "存在的主要问题", "plan": "工作安排", "part": "工作开展情况"}
    if kind in named:
        when = year[0] if year else "下一步" if kind == "plan" else ""
        return named[kind] if kind == "problems" else f"{when}{named[kind]}"
    themes = Counter(theme for row in rows if (theme := bare_theme(row.section)))
    return f"{themes.most_common(1)[0][0]}工作" if themes else "重点工作"


def _achievements(
    plan: SectionPlan, rows: Sequence[Indicator], clauses: Sequence[Clause], writing: Writing
) -> _Draft:
    """Carried clauses, then rows without a clause, then facts; routine at most 30 %."""
    facts, kept_back = _facts(plan, writing, _ELSEWHERE)
    lists = name_lists(facts, writing.materials)
    around = Circumstances(
        writing.words,
        tuple(rows),
        writing.past_year,
        "\n".join((writing.materials.organisation, *plan.section.themes)),
        lists,
    )
    outcomes = [carry(clause, around) for clause in clauses]
    while True:
        selection = select(clauses, outcomes, writing.words)
        part = _composed(plan, selection, facts, around, writing)
        routine = _last_routine(selection)
        if routine is None or carried_share(part, writing.materials) <= CARRIED_LIMIT:
            break
        outcomes[clauses.index(routine)] = Refusal("R", "沿用部分已到本节三成的上限")
    return _Draft(
        part,
        selection,
        (
            *questions_for(plan, selection, rows, facts, writing.mask),
            *_unconfirmed(plan, selection),
            *_zeros(plan, rows),
            *(one for row in rows for one in differing(plan.section.id, lists, row)),
            *_emptied(plan, part),
            *kept_back[0],
        ),
        (
            *left_out_clauses(plan.section.id, selection.refused, writing.mask),
            *_unprinted(plan, rows, part, writing),
            *kept_back[1],
        ),
    )


def _last_routine(selection: Selection) -> Clause | None:
    """The routine measure to let go next: the last one, headlines of items after all others."""
    routine = [
        one.clause
        for kept in selection.kept
        for one in (*kept.openers, kept)
        if not one.carried.rows and not is_time(one.clause)
    ]
    plain = [clause for clause in routine if not clause.enumerator]
    return next(reversed(plain or routine), None)


def _composed(
    plan: SectionPlan,
    selection: Selection,
    facts: Sequence[Fact],
    around: Circumstances,
    writing: Writing,
) -> Part:
    """Carried paragraphs, then what they do not tell: older years' words, frames, facts."""
    materials = writing.materials
    groups = paragraphs(selection, around.words)
    carried = [carried_part(group, materials) for group in groups]
    said = {identifier for part in carried for identifier in part.rows}
    uncovered = [
        row
        for row in _reportable(around.section, materials)
        if row.id not in said | writing.elsewhere and not _told_by_fact(row, facts)
    ]
    apart = any(sentence.head for group in groups for sentence in group) or not carried
    origins = spare_origins(selection)
    again = recalled(uncovered, plan.passages, around, origins, materials)
    rest = [row for row in uncovered if row.id not in again.rows]
    framed = framed_part(rest, materials, origins, fresh=apart and not again)
    told = [
        *mishaps(around.section, said, materials),
        *_facts_told(facts, carried, around, materials),
    ]
    if apart:
        return joined([*carried, joined([again, framed, *told])], "\n")
    *before, last = carried
    return joined([*before, joined([last, again, framed, *told])], "\n")


def _facts_told(
    facts: Sequence[Fact], carried: Sequence[Part], around: Circumstances, materials: Materials
) -> list[Part]:
    """Facts as written, but for lists whose names stand before a carried count already."""
    set_already = {
        one.fact.id for one in around.lists if any(one.source in part.template for part in carried)
    }
    return [fact_part(fact, materials) for fact in facts if fact.id not in set_already]


def _reportable(rows: Sequence[Indicator], materials: Materials) -> list[Indicator]:
    overruled = materials.table.overruled
    return [
        row
        for row in rows
        if row.weight != "备查"
        and row.id not in overruled
        and not is_goal(row)
        and is_printable(row)
    ]


def _told_by_fact(row: Indicator, facts: Sequence[Fact]) -> bool:
    """An event that a fact tells in its own words is not told twice."""
    return is_event(row) and any(
        row.name in (fact.title, fact.text) or row.name in fact.text for fact in facts
    )


def spare_origins(selection: Selection) -> Origins:
    """Numerals whose clauses were not carried, for the references that replace them."""
    spare: dict[tuple[str, str], Origin] = {}
    for clause, _ in selection.refused:
        for claim in clause.claims:
            if claim.row is not None:
                place = clause.block.origin(claim.mention.start, claim.mention.end)
                spare.setdefault((claim.row.id, claim.field), place)
    return spare


def _facts(
    plan: SectionPlan, writing: Writing, elsewhere: Sequence[str]
) -> tuple[tuple[Fact, ...], tuple[tuple[Question, ...], tuple[LeftOut, ...]]]:
    """Facts to print, the weightiest first, and what is said of those held back."""
    found = [writing.materials.facts.by_id(identifier) for identifier in plan.facts]
    facts = [fact for fact in found if fact is not None and fact.kind not in elsewhere]
    open_facts = [fact for fact in facts if fact.disclosure in ("", "可公开")]
    printed = [fact for fact in open_facts if fact.weight != "备查"]
    printed.sort(key=lambda fact: fact.weight not in _FIRST_FACTS)
    questions, left_out = [], []
    for fact in facts:
        if fact.disclosure == "内部":
            left_out.append(_held(plan, f"素材{fact.id}", "标为内部，不写入总结"))
        elif fact not in open_facts:
            left_out.append(_held(plan, f"素材{fact.id}", "标为脱敏，脱敏后才能写入"))
            questions.append(
                Question(
                    section=plan.section.id,
                    text=f"素材{fact.id}脱敏后的表述",
                    department=fact.department,
                    blocking=fact.weight == "必写",
                )
            )
    return tuple(printed), (tuple(questions), tuple(left_out))


def _held(plan: SectionPlan, text: str, reason: str) -> LeftOut:
    return LeftOut(section=plan.section.id, text=text, reason=reason, label="素材")


def _unprinted(
    plan: SectionPlan, rows: Sequence[Indicator], part: Part, writing: Writing
) -> tuple[LeftOut, ...]:
    """Rows of the section that stand nowhere in it: zeros above all."""
    facts = tuple(filter(None, map(writing.materials.facts.by_id, plan.facts)))
    noted = []
    for row in rows:
        quiet = row.weight == "备查" or is_goal(row) or row.id in writing.materials.table.overruled
        told = row.id in part.rows or row.id in writing.elsewhere
        if quiet or told or _told_by_fact(row, facts):
            continue
        zero = row.value is not None and row.value.number.value == 0
        reason = "今年为零，未写入" if zero else "没有可以成句的数"
        noted.append(
            LeftOut(
                section=plan.section.id,
                text=row.name,
                reason=reason,
                label="零值" if zero else "指标",
            )
        )
    return tuple(noted)


def _emptied(plan: SectionPlan, part: Part) -> tuple[Question, ...]:
    """A section without a sentence of its own is offered for merging."""
    if part:
        return ()
    text = f"“{plan.section.heading}”一节今年没有数据和素材，请补充，或并入相近的一节"
    return (Question(section=plan.section.id, text=text),)


def _zeros(plan: SectionPlan, rows: Sequence[Indicator]) -> tuple[Question, ...]:
    """A nought that must be reported is worded by a person: 未发生, 零增长, nothing at all."""
    return tuple(
        Question(
            section=plan.section.id,
            text=f"“{row.name}”为必报而今年为零，请确定如何表述或不写",
            department=row.department,
        )
        for row in rows
        if row.weight == "必报" and is_nought(row) and not is_mishap(row)
    )


def _unconfirmed(plan: SectionPlan, selection: Selection) -> tuple[Question, ...]:
    """One note for all bindings that no figure of last year confirms."""
    named = [text for kept in selection.kept for text in kept.carried.unconfirmed]
    if not named:
        return ()
    text = f"{UNCONFIRMED}（只按名称对应，没有上年数可验证）："
    rows = dict.fromkeys(text.split("（", 1)[-1].rstrip("）") for text in named)
    return (Question(section=plan.section.id, text=text + "、".join(rows)),)


def _assembled(
    plan: SectionPlan, rows: Sequence[Indicator], clauses: Sequence[Clause], writing: Writing
) -> _Draft:
    """Lead, problems, plan and closing: nothing of the precedent's wording is carried."""
    refused = tuple((clause, _never(plan.section.kind)) for clause in clauses)
    selection = Selection((), refused)
    facts, held = _facts(plan, writing, ())
    kind = plan.section.kind
    if kind == "lead":
        made = lead_text(plan, rows, facts, writing.materials, spare_origins(selection), clauses)
    elif kind == "problems":
        made = problems_text(plan, facts, writing.materials)
    elif kind == "plan":
        made = plan_text(plan, rows, facts, writing.materials)
    else:
        made = replace(problems_text(plan, (), writing.materials), part=Part(""), questions=())
    return _Draft(
        made.part,
        selection,
        (*made.questions, *held[0]),
        (*left_out_clauses(plan.section.id, refused, writing.mask), *held[1]),
    )


def _never(kind: str) -> Refusal:
    reasons: dict[str, Refusal] = {
        "lead": Refusal("P", "导语由今年的提法、亮点和指标重新组成"),
        "problems": Refusal("Q", "往年的问题不沿用"),
        "plan": Refusal("G", "往年的打算和目标不沿用"),
    }
    return reasons.get(kind, Refusal("E", "往年的结尾不沿用"))
