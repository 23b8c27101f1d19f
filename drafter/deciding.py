"""What speaks against the year, placed by a named person: 写入成绩, 写入问题 or 不写.

The decision is recorded in the draft with the figure as it then was, and acted on at once: the
clauses that tell the figure go where it was decided against, and a plain sentence stands where it
was decided for. A table that changes the figure afterwards asks for a new decision.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from drafter.drafting import as_written, origins_of, rejudged
from drafter.errors import RefusedError, RequestError
from drafter.records.draft import DECISIONS, AdverseFigure, Decision, Draft, LeftOut
from drafter.records.indicator import Indicator
from drafter.verification import Options
from drafter.verification.facts.wordlists import Words, load_words
from drafter.writing.composing import framed_part, replacing
from drafter.writing.offline import WrittenSection
from drafter.writing.planning import likeness
from drafter.writing.references import Materials
from drafter.writing.shortening import Cut, compose, divide, text_of, with_dependents

_SUCCESS = ("lead", "achievements")
_AGAINST: dict[str, tuple[str, ...]] = {
    "写入成绩": ("problems",),
    "写入问题": _SUCCESS,
    "不写": (*_SUCCESS, "problems"),
}
LABEL = "不利数据"


def decide(
    draft: Draft, materials: Materials, decision: Decision, *, options: Options | None = None
) -> Draft:
    """Records a decision on an adverse figure and acts on it.

    Args:
        draft: As it stands.
        materials: Rows and facts with the references that the draft uses.
        decision: `item` is the id or the name of a row in the list of adverse figures.
        options: How strictly to judge.

    Raises:
        RequestError: no such figure or decision, no name, or no section of problems to write to.
        RefusedError: the text could not stand without the figure there; nothing is changed.
    """
    if decision.decided not in DECISIONS:
        raise RequestError(f"--as 应为{'、'.join(DECISIONS)}之一，读到“{decision.decided}”")
    if not decision.by.strip():
        raise RequestError("请用 --by 写明由谁决定")
    start = [as_written(one, materials) for one in draft.sections]
    standing = rejudged(draft, start, materials, options)
    figure = _figure(standing, decision.item)
    row = materials.table.by_id(figure.indicator)
    if row is None:
        raise RequestError(f"指标表中已没有“{figure.indicator_name}”")
    kept = replace(decision, item=figure.indicator, text=figure.text)
    written, gone = _taken_out(draft, start, row, kept, materials, load_words())
    written = _put_in(written, row, kept, materials)
    others = tuple(one for one in draft.decisions if one.item != kept.item)
    base = replace(draft, left_out=(*draft.left_out, *gone), decisions=(*others, kept))
    result = rejudged(base, written, materials, options)
    points = [point for point in result.open_points if point not in standing.open_points]
    if points:
        raise RefusedError("照此处理会多出未决的地方，草稿没有改动，请改写该句", open_points=points)
    return result


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """A new draft with the decisions of an earlier one."""

    draft: Draft
    notes: tuple[str, ...]
    """What became of each decision, a Chinese line each."""


def carried_over(
    draft: Draft,
    materials: Materials,
    decisions: Sequence[Decision],
    *,
    options: Options | None = None,
) -> CarriedOver:
    """Acts on decisions that were made on an earlier draft of the same materials.

    A figure that is no longer the same waits for a new decision, and so does one that the text
    cannot do without; each is told.
    """
    notes = []
    for one in decisions:
        figure = next((each for each in draft.adverse if each.indicator == one.item), None)
        if figure is None:
            notes.append(
                f"  {one.text or one.item}：已不在不利数据中，原定{one.decided}（{one.by}）"
            )
        elif figure.text != one.text:
            notes.append(
                f"  {figure.indicator_name}：原为{one.text}，现为{figure.text}，请重新定夺"
            )
        else:
            try:
                draft = decide(draft, materials, one, options=options)
            except (RefusedError, RequestError) as error:
                notes.append(f"  {figure.indicator_name}：未能{one.decided}，请重新定夺（{error}）")
            else:
                notes.append(f"  {figure.indicator_name}：{one.decided}（{one.by}）")
    return CarriedOver(draft, tuple(notes))


def _figure(draft: Draft, item: str) -> AdverseFigure:
    for figure in draft.adverse:
        if item.strip() in (figure.indicator, figure.indicator_name):
            return figure
    listed = "、".join(f"{one.indicator}（{one.indicator_name}）" for one in draft.adverse)
    raise RequestError(f"不利数据中没有“{item}”；现有：{listed or '无'}")


def _taken_out(
    draft: Draft,
    sections: Sequence[WrittenSection],
    row: Indicator,
    decision: Decision,
    materials: Materials,
    words: Words,
) -> tuple[tuple[WrittenSection, ...], tuple[LeftOut, ...]]:
    """The sections without the figure where it was decided against, and what went."""
    origins = {one.id: origins_of(one) for one in draft.sections}
    written, noted = [], []
    for section in sections:
        if section.kind not in _AGAINST[decision.decided]:
            written.append(section)
            continue
        parts = divide(section.id, section.kind, section.template, materials, words)
        gone: Cut = frozenset()
        for number, unit in enumerate(parts.units):
            if row.id in unit.rows:
                gone = with_dependents({section.id: parts}, (section.id, number), gone)
        if not gone:
            written.append(section)
            continue
        template = compose(parts, gone, words)
        lost = [one for _, number in sorted(gone) for one in parts.units[number].rows]
        template = _told_again(template, lost, row, materials)
        places = replacing(template, origins[section.id], materials).origins
        written.append(replace(section, template=template, origins=places))
        because = f"（{decision.reason}）" if decision.reason else ""
        noted += [
            LeftOut(
                section=section.id,
                text=text_of(parts, number, materials).strip().rstrip("，；"),
                reason=f"{decision.by}决定{decision.decided}{because}",
                label=LABEL,
            )
            for _, number in sorted(gone)
            if row.id in parts.units[number].rows  # the others are told again
        ]
    return tuple(written), tuple(noted)


def _told_again(template: str, lost: Sequence[str], row: Indicator, materials: Materials) -> str:
    """Rows that shared a clause with the figure are told by a plain sentence of their own."""
    found = (materials.table.by_id(one) for one in dict.fromkeys(lost) if one != row.id)
    rows = [one for one in found if one is not None and f"{{{{ {one.ref}." not in template]
    return template + framed_part(rows, materials, {}, fresh=not template).template


def _put_in(
    sections: Sequence[WrittenSection], row: Indicator, decision: Decision, materials: Materials
) -> tuple[WrittenSection, ...]:
    """The figure told where it was decided for, unless it is told there already."""
    if decision.decided == "不写":
        return tuple(sections)
    kinds = ("problems",) if decision.decided == "写入问题" else ("achievements",)
    homes = [one for one in sections if one.kind in kinds]
    if not homes:
        raise RequestError(f"这份草稿没有可以{decision.decided}的一节")
    if any(f"{{{{ {row.ref}." in one.template for one in homes):
        return tuple(sections)
    home = (
        max(homes, key=lambda one: likeness(row.section, one.heading)) if row.section else homes[0]
    )
    part = framed_part([row], materials, {}, fresh=True)
    added = replace(
        home, template=home.template + part.template, origins=(*home.origins, *part.origins)
    )
    return tuple(added if one.id == home.id else one for one in sections)
