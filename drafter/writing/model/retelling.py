"""What the model did not get right is told as the offline writer would tell it.

Rows by frames, facts as they are written. Sentences that hold stay; nothing that must be told is
missing; the length fits.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from drafter.records.fact import Fact
from drafter.records.indicator import Indicator
from drafter.writing.composing import fact_part, is_nought
from drafter.writing.frames import paragraph
from drafter.writing.grouping import is_goal, is_printable
from drafter.writing.mending import renumbered
from drafter.writing.model.desk import Desk
from drafter.writing.model.task import Task
from drafter.writing.model.weighing import Weighed, template_of, weigh
from drafter.writing.phrases import printed_field
from drafter.writing.references import Materials
from drafter.writing.rendering import escape, render
from drafter.writing.sentences import sentence_templates

TOLERANCE = 0.15
"""Share of the target by which a section may be longer or shorter."""
_TRANSITION = re.compile("现将")
_PASSES = 8
_SHORT_FIELDS = ("增长", "位次", "完成率")
_LEAST_GOOD = 0.25
"""Share of the model's sentences that must hold, or the section is not its work any more."""


def retold(sentences: Sequence[Weighed], task: Task, desk: Desk) -> tuple[Weighed, ...]:
    """The section with its bad sentences exchanged for the offline writer's of the same rows.

    Returns:
        Sentences against which nothing stands; () where hardly any of the model's does.
    """
    said = [one for one in sentences if one.text.strip()]
    good = [one for one in said if not one.objections]
    if not good or len(good) < len(said) * _LEAST_GOOD:
        return ()
    told = _told_rows(good), _told_facts(good)
    pieces = [
        _instead(list(run), told, task, desk.materials) if bad else template_of(list(run))
        for bad, run in groupby(sentences, key=lambda one: bool(one.objections))
    ]
    return _settled("".join(pieces), task, desk)


def _settled(template: str, task: Task, desk: Desk) -> tuple[Weighed, ...]:
    """Takes out what still does not hold, until all that is left does."""
    for _ in range(_PASSES):
        current = weigh(tidy(template), task.plan, desk)
        kept = [one for one in current if not one.objections]
        if len(kept) == len(current):
            return current
        template = template_of(kept)
    return ()


def tidy(template: str) -> str:
    """Without empty paragraphs, with 一是, 二是 … counted anew."""
    paragraphs = [one.strip() for one in template.split("\n")]
    return renumbered("\n".join(one for one in paragraphs if one))


def _instead(
    bad: Sequence[Weighed], told: tuple[set[str], set[str]], task: Task, materials: Materials
) -> str:
    """The offline writer's sentences for what bad ones were about; each row and fact once."""
    rows, facts = told
    about = _told_rows(bad) - rows
    wanted = [row for row in _rows(task, materials) if row.id in about]
    rows.update(row.id for row in wanted)
    meant = _told_facts(bad) - facts
    new = [fact for fact in _facts(task, materials) if fact.id in meant]
    facts.update(fact.id for fact in new)
    return _frames(wanted, materials) + "".join(fact_part(fact, materials).template for fact in new)


def _frames(rows: Sequence[Indicator], materials: Materials) -> str:
    return paragraph(rows, materials, fresh=False) if rows else ""


def _rows(task: Task, materials: Materials) -> list[Indicator]:
    """Rows of the section that a frame can tell."""
    found = (materials.table.by_id(one.id) for one in task.brief.rows)
    goals = task.plan.section.kind == "plan"
    return [
        row
        for row in found
        if row is not None and is_printable(row) and not is_nought(row) and is_goal(row) is goals
    ]


def _facts(task: Task, materials: Materials) -> list[Fact]:
    found = (materials.facts.by_id(one.id) for one in task.brief.facts)
    return [fact for fact in found if fact is not None]


def _told_rows(sentences: Iterable[Weighed]) -> set[str]:
    return {row for one in sentences for row in one.rows}


def _told_facts(sentences: Iterable[Weighed]) -> set[str]:
    return {fact for one in sentences for fact in one.facts}


def covered(sentences: Sequence[Weighed], task: Task, desk: Desk) -> tuple[Weighed, ...]:
    """The section with every 必报 row and every 必写 or 亮点 fact told."""
    return _with(sentences, *_required(task), task, desk)


def _required(task: Task) -> tuple[set[str], set[str]]:
    """Ids of the rows and facts that must be told; a lead's rows are told in their own sections."""
    rows = {one.id for one in task.brief.rows if one.required}
    facts = {one.id for one in task.brief.facts if one.required}
    return (set() if task.plan.section.kind in ("lead", "problems") else rows), facts


def _with(
    sentences: Sequence[Weighed],
    rows: Collection[str],
    facts: Collection[str],
    task: Task,
    desk: Desk,
) -> tuple[Weighed, ...]:
    """The section with these rows and facts told too, before a lead's transition."""
    materials = desk.materials
    told, said = _told_rows(sentences), _told_facts(sentences)
    new_rows = [row for row in _rows(task, materials) if row.id in rows and row.id not in told]
    new_facts = [
        fact for fact in _facts(task, materials) if fact.id in facts and fact.id not in said
    ]
    added = _frames(new_rows, materials)
    added += "".join(fact_part(fact, materials).template for fact in new_facts)
    if not added:
        return tuple(sentences)
    last = len(sentences)
    if sentences and is_transition(sentences[-1]):
        last -= 1
    template = template_of(sentences[:last]).rstrip("\n") + added + template_of(sentences[last:])
    return _settled(template, task, desk) or tuple(sentences)


def length_of(sentences: Sequence[Weighed]) -> int:
    """Characters of the rendered section."""
    return sum(len(one.text) for one in sentences)


def is_fitting(length: int, target: int) -> bool:
    """Within the tolerance of the target."""
    return abs(length - target) <= target * TOLERANCE


def fitted_to_length(sentences: Sequence[Weighed], task: Task, desk: Desk) -> tuple[Weighed, ...]:
    """The section as near to its target as whole sentences bring it.

    A short one tells more of its rows and facts, the weightiest first; a long one loses sentences
    from its end that tell nothing required. A section whose material is told to the end stays short.
    """
    lacking = task.brief.target - length_of(sentences)
    least = lacking - task.brief.target * TOLERANCE
    if least <= 0:
        return _shortened(sentences, task, desk)
    rows, facts = set[str](), set[str]()
    for identifier, length in _further(sentences, task, desk.materials):
        if least <= 0:
            break
        if length <= lacking + task.brief.target * TOLERANCE:
            (facts if desk.materials.facts.by_id(identifier) else rows).add(identifier)
            least, lacking = least - length, lacking - length
    return _shortened(_with(sentences, rows, facts, task, desk), task, desk)


def has_more(sentences: Sequence[Weighed], task: Task, materials: Materials) -> bool:
    """The section's material holds something that it does not tell yet."""
    return any(True for _ in _further(sentences, task, materials))


def _further(
    sentences: Sequence[Weighed], task: Task, materials: Materials
) -> Iterator[tuple[str, int]]:
    """Ids of facts, then rows, that nothing tells yet, with the characters they would take."""
    told = _told_rows(sentences) | _told_facts(sentences)
    for fact in _facts(task, materials):
        if fact.id not in told:
            yield fact.id, len(fact.text)
    for row in _rows(task, materials):
        if row.id not in told:
            yield row.id, len(render(_frames([row], materials), materials).text)


def _shortened(sentences: Sequence[Weighed], task: Task, desk: Desk) -> tuple[Weighed, ...]:
    most = task.brief.target * (1 + TOLERANCE)
    length, dropped = length_of(sentences), set[int]()
    for number in reversed(range(len(sentences))):
        if length <= most:
            break
        if may_go(sentences, number, dropped, task):
            dropped.add(number)
            length -= len(sentences[number].text)
    if not dropped:
        return tuple(sentences)
    kept = [one for number, one in enumerate(sentences) if number not in dropped]
    return _settled(template_of(kept), task, desk) or tuple(sentences)


def may_go(sentences: Sequence[Weighed], number: int, dropped: Collection[int], task: Task) -> bool:
    """Nothing required would be missing, and something would be left."""
    one = sentences[number]
    if not one.text.strip() or is_transition(one):
        return False
    others = [other for at, other in enumerate(sentences) if at != number and at not in dropped]
    if not any(other.text.strip() for other in others):
        return False
    required, wanted = _required(task)
    rows, facts = required & set(one.rows), wanted & set(one.facts)
    return rows <= _told_rows(others) and facts <= _told_facts(others)


def is_transition(sentence: Weighed) -> bool:
    """It leads over to the parts (现将…总结如下)."""
    return _TRANSITION.search(sentence.text) is not None


def with_transition(
    sentences: Sequence[Weighed], offline: str, task: Task, desk: Desk
) -> tuple[Weighed, ...]:
    """A lead that leads over to the parts (现将…如下) as the offline one does.

    Args:
        sentences: Of the section.
        offline: The offline writer's template of it.
        task: The section.
        desk: What it is held against.
    """
    own = sentence_templates(offline)
    last = own[-1].template if own else ""
    if not last.startswith("现将") or any(is_transition(one) for one in sentences):
        return tuple(sentences)
    return weigh(template_of(sentences).rstrip("\n") + last, task.plan, desk)


def headlines(sentence: Weighed, materials: Materials) -> str:
    """A sentence's rows in the fewest words, name and growth (工业增加值增长7.9%).

    Returns:
        A template; '' where it tells facts, or a row has nothing so short.
    """
    said = []
    for identifier in sentence.rows:
        row = materials.table.by_id(identifier)
        field = next(
            (one for one in _SHORT_FIELDS if row and printed_field(row, one, materials)), ""
        )
        if row is None or not field:
            return ""
        said.append(f"{escape(row.name)}{{{{ {row.ref}.{field} }}}}")
    return "" if sentence.facts or not said else f"{'，'.join(said)}。"
