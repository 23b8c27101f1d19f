"""One section of a draft, or some sentences of it, again; the rest stays byte for byte.

A model's new text is taken over sentence by sentence as it is proven. What does not hold is not
taken over: the old text stands, and the officer is told why.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from drafter.drafting import (
    Assignment,
    as_written,
    materials_for,
    planned,
    rejudged,
    writing_for,
)
from drafter.errors import RequestError
from drafter.modelling import desk_for
from drafter.numerals import read_mentions
from drafter.outcome import name_of
from drafter.records.draft import Draft, DraftSection
from drafter.records.outline import Outline, OutlineSection, SectionPlan
from drafter.undoing import remembering
from drafter.verification import Options
from drafter.writing.model.desk import Model
from drafter.writing.model.repairing import readable, repaired
from drafter.writing.model.section import finished_section, first_answer, rewritten
from drafter.writing.model.talk import Talk
from drafter.writing.model.task import WRITTEN_LAST, Task, task_of
from drafter.writing.model.weighing import Weighed, received, template_of, weigh
from drafter.writing.offline import Writing, WrittenSection, write
from drafter.writing.prompting.messages import regenerate_request, section_request
from drafter.writing.proving import judge
from drafter.writing.rearranging import bare_heading
from drafter.writing.references import Materials

LONGEST_INSTRUCTION = 2_000


@dataclass(frozen=True, slots=True)
class RewriteRequest:
    """What is to be written again."""

    section: int
    """From 1, as a draft lists them."""
    sentences: tuple[int, int] | None = None
    """First and last, from 1 within the section; None for the whole of it."""
    instruction: str = ""
    """An editor's, untrusted: it can ask for wording, never for facts or numbers."""


def sentence_range(written: str) -> tuple[int, int] | None:
    """First and last of “3” or “3-5”; None for nothing written.

    Raises:
        RequestError: it is neither.
    """
    if not written.strip():
        return None
    found = re.fullmatch(r"\s*([1-9]\d{0,4})\s*(?:[-—~至]\s*([1-9]\d{0,4})\s*)?", written)
    if found is None:
        raise RequestError(f"第几句应写成 3 或 3-5，读到“{written[:20]}”")
    return int(found[1]), int(found[2] or found[1])


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The draft after it, and what is told of it."""

    draft: Draft
    changed: bool
    notes: tuple[str, ...]
    """In Chinese."""


def rewrite(
    draft: Draft,
    assignment: Assignment,
    request: RewriteRequest,
    model: Model | None,
    options: Options | None = None,
) -> Rewritten:
    """The draft with one section, or some sentences of it, written again.

    Args:
        draft: As it stands.
        assignment: What it was made from, with the references that its templates use.
        request: Which part, and how.
        model: Who writes; None for the offline writer, which follows no instruction.
        options: How strictly to judge.

    Raises:
        RequestError: there is no such section or sentence, or it cannot be written again.
    """
    section = _section(draft, request)
    materials = replace(materials_for(assignment), title=draft.title)
    writing = writing_for(assignment, materials)
    plan = _plan_of(section, planned(assignment).sections)
    task = _task(plan, section, draft, writing)
    before = as_written(section, materials)
    if model is None:
        after, notes = _offline(plan, before, request, writing)
    else:
        talk = Talk(desk_for(model, materials, options))
        after, notes = _by_model(task, before, draft, request, talk)
    notes = (*notes, *_unused_numbers(request.instruction, after, materials, options))
    if after.template == before.template:
        recorded = _with_calls(draft, section.id, after)
        return Rewritten(recorded, False, ("文字没有改动", *notes))
    written = [
        after if one.id == section.id else as_written(one, materials) for one in draft.sections
    ]
    result = rejudged(draft, written, materials, options)
    asked = f"改写“{name_of(section)}”"
    return Rewritten(remembering(draft, result, asked), True, notes)


def _section(draft: Draft, request: RewriteRequest) -> DraftSection:
    if not 1 <= request.section <= len(draft.sections):
        listed = "；".join(f"{at} {name_of(one)}" for at, one in enumerate(draft.sections, 1))
        raise RequestError(f"没有第{request.section}个板块，共有：{listed}")
    section = draft.sections[request.section - 1]
    if section.kind == "part":
        raise RequestError(f"“{section.heading}”只有标题，没有正文可改写")
    if len(request.instruction) > LONGEST_INSTRUCTION:
        raise RequestError(f"改写要求共{len(request.instruction)}字，最多{LONGEST_INSTRUCTION}字")
    return section


def _plan_of(section: DraftSection, plans: Sequence[SectionPlan]) -> SectionPlan:
    """The section's plan with what it prints now; its own material where it was merged or moved."""
    own = next((one for one in plans if one.section.id == section.id), None)
    outline = own.section if own else OutlineSection(section.id, "", section.level, "achievements")
    spans = [one for one in section.spans if one.indicator]
    rows = [one.indicator for one in spans if one.kind in ("cell", "formula") and one.indicator]
    facts = [one.indicator for one in spans if one.kind == "fact" and one.indicator]
    return SectionPlan(
        outline,
        tuple(dict.fromkeys((*(own.indicators if own else ()), *rows))),
        tuple(dict.fromkeys((*(own.facts if own else ()), *facts))),
        own.passages if own else (),
    )


def _task(plan: SectionPlan, section: DraftSection, draft: Draft, writing: Writing) -> Task:
    headings = [
        OutlineSection(one.id, bare_heading(one.heading)[1], one.level, "achievements")
        for one in draft.sections
    ]
    outline = Outline(draft.title, tuple(headings))
    heading = bare_heading(section.heading)[1]
    return task_of(plan, heading, outline, writing.materials, writing.words)


def _offline(
    plan: SectionPlan, before: WrittenSection, request: RewriteRequest, writing: Writing
) -> tuple[WrittenSection, tuple[str, ...]]:
    if request.instruction or request.sentences is not None:
        raise RequestError("离线方式不能按要求改写，也不能只写一句；请用 --model openai:模型名")
    done = write(plan, writing)
    if not done.template:
        return before, ("本板块今年没有数据和素材，未改写",)
    return replace(done, heading=before.heading, level=before.level, run_in=before.run_in), ()


def _by_model(
    task: Task, before: WrittenSection, draft: Draft, request: RewriteRequest, talk: Talk
) -> tuple[WrittenSection, tuple[str, ...]]:
    if request.sentences is not None:
        return _range(task, before, request, request.sentences, talk)
    desk = talk.desk
    current = readable(before.template)
    if request.instruction:
        asked = regenerate_request(
            desk.model.book, task.brief, current, request.instruction, room=desk.room
        )
    else:
        last = task.plan.section.kind in WRITTEN_LAST
        others = tuple(
            one.text for one in draft.sections if last and one.text and one.id != task.id
        )
        asked = section_request(desk.model.book, task.brief, written=others, room=desk.room)
    answer = first_answer(asked, talk, "改写")
    done = finished_section(answer, task, before, desk, talk, sized=not request.instruction)
    calls = (*before.calls, *talk.records)
    return replace(done, calls=calls), _told(talk, unchanged=done.template == before.template)


def _range(
    task: Task,
    before: WrittenSection,
    request: RewriteRequest,
    wanted: tuple[int, int],
    talk: Talk,
) -> tuple[WrittenSection, tuple[str, ...]]:
    """Sentences that follow each other exchanged; the others are weighed with them, not touched."""
    desk = talk.desk
    sentences = weigh(before.template, task.plan, desk)
    numbers = [at for at, one in enumerate(sentences) if one.text.strip()]
    first, last = wanted
    if not 1 <= first <= last <= len(numbers):
        named = f"第{first}句" if first == last else f"第{first}至{last}句"
        raise RequestError(f"本板块共{len(numbers)}句，没有{named}")
    begin, end = numbers[first - 1], numbers[last - 1] + 1
    only = "只写这一句。" if first == last else f"只写这{last - first + 1}句。"
    asked = regenerate_request(
        desk.model.book,
        task.brief,
        readable(template_of(sentences[begin:end])).strip(),
        request.instruction or f"换一种写法，意思和数据不变。{only}",
        room=desk.room,
    )
    answer = first_answer(asked, talk, "改写")
    found = _exchanged(answer, (begin, end), sentences, task, talk) if answer else None
    talk.became("已采用" if found else "未采用，原句不变")
    done = replace(before, calls=(*before.calls, *talk.records))
    if found is None:
        return done, _told(talk, unchanged=True)
    return replace(rewritten(done, found, desk.materials), by_model=True), ()


def _exchanged(
    answer: str,
    place: tuple[int, int],
    sentences: Sequence[Weighed],
    task: Task,
    talk: Talk,
) -> tuple[Weighed, ...] | None:
    """The section with the answer in place of some sentences; None where it does not hold."""
    desk, (begin, end) = talk.desk, place
    template, noted = received(answer.replace("\n", ""), task.plan, desk)
    before, after = template_of(sentences[:begin]), template_of(sentences[end:])
    moved = {begin + number: said for number, said in noted.items()}
    whole = weigh(before + template + after, task.plan, desk, moved)
    tail = len(sentences) - end
    mended = repaired(whole, task, desk, talk, untouched=(begin, tail))
    new = mended[begin : len(mended) - tail]
    if not new or any(one.objections for one in new):
        return None
    return mended


def _told(talk: Talk, *, unchanged: bool) -> tuple[str, ...]:
    if talk.failed:
        return (f"模型没有给出可用的回答（{talk.failed}），原文不变",)
    if not unchanged:
        return ()
    reasons = [reason for call in talk.calls for reason in call.reasons][:5]
    return ("模型改写的内容没有依据，未采用，原文不变", *reasons)


def _unused_numbers(
    instruction: str,
    after: WrittenSection,
    materials: Materials,
    options: Options | None,
) -> tuple[str, ...]:
    """Numbers that the editor asked for and that nothing proves: they are not in the text."""
    asked = [one for one in read_mentions(instruction) if one.claim]
    if not asked:
        return ()
    judged = judge([after], materials, options)
    text = judged.renderings[0].text
    proven = {text[one.start : one.end] for one in judged.findings[0] if not one.is_open}
    return tuple(
        f"要求中的“{one.text}”没有表中数据支撑，未写入"
        for one in asked
        if not any(one.core in said for said in proven)
    )


def _with_calls(draft: Draft, identifier: str, after: WrittenSection) -> Draft:
    sections = tuple(
        replace(one, calls=after.calls) if one.id == identifier else one for one in draft.sections
    )
    return replace(draft, sections=sections)
