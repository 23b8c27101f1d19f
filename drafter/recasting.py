"""A draft made shorter or put in another order, without a model, and put back again.

Lowest weight goes first and whole clauses only; 必报, 必写, 亮点 and policy wording are never taken
out. The result is judged like any draft: what would leave a number open, stays. Everything taken
out is listed, and the former state is kept in the draft.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from drafter.drafting import as_written, origins_of, rejudged
from drafter.errors import RefusedError, RequestError
from drafter.records.draft import Draft, DraftSection, LeftOut
from drafter.records.step import Step, Steps
from drafter.undoing import digest, remembering
from drafter.verification import Options
from drafter.verification.facts.wordlists import Words, load_words
from drafter.writing.composing import replacing
from drafter.writing.offline import WrittenSection
from drafter.writing.proving import whole_text
from drafter.writing.rearranging import bare_heading, brought_first, merged, numbered_anew
from drafter.writing.references import Materials
from drafter.writing.rendering import render
from drafter.writing.shortening import (
    Cut,
    Divided,
    candidates,
    compose,
    counted_through,
    divide,
    dropped,
    text_of,
    with_dependents,
)
from drafter.writing.units import WEIGHTS

CUT_LABEL = "压缩"
ROUNDS = 5
SHOWN = 12
_PROTECTED = ("必报", "必写", "亮点")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecastRequest:
    """What `drafter recast` is asked for."""

    length: int | None = None
    """Characters of headings and texts at most."""
    first: str = ""
    drop: tuple[str, ...] = ()
    merge: tuple[str, ...] = ()
    """Pairs `A+B`."""

    def in_words(self) -> str:
        """For the record in the draft."""
        said = [
            f"压缩到{self.length}字以内" if self.length is not None else "",
            f"“{self.first}”提前" if self.first else "",
            f"删去{'、'.join(self.drop)}" if self.drop else "",
            *(f"合并“{pair}”" for pair in self.merge),
        ]
        return "，".join(one for one in said if one)


@dataclass(frozen=True, slots=True)
class Recast:
    """A draft recast, and how far it got."""

    draft: Draft
    before: int
    """Characters of headings and texts, blanks not counted."""
    after: int
    cut: tuple[LeftOut, ...]
    wanted: int | None = None

    @property
    def reached(self) -> bool:
        """The length asked for, if one was."""
        return self.wanted is None or self.after <= self.wanted

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "before": self.before,
            "after": self.after,
            "wanted": self.wanted,
            "reached": self.reached,
            "cut": [
                {"section": one.section, "text": one.text, "reason": one.reason} for one in self.cut
            ],
        }

    def in_words(self) -> str:
        """For the officer."""
        lines = [f"全文由{self.before}字变为{self.after}字（不计空格）"]
        if not self.reached:
            lines.append(
                f"没有压到{self.wanted}字：余下的是必报、必写、亮点、提法和本单位自写的文字，"
                "或删去后会使别处的数字无从核对，不能自动删；请由人定夺"
            )
        lines += [f"  删去：{one.text}——{one.reason}" for one in self.cut[:SHOWN]]
        if len(self.cut) > SHOWN:
            lines.append(f"  ……共{len(self.cut)}处，全部列在核对附页")
        return "\n".join(lines)


def characters(sections: Sequence[DraftSection]) -> int:
    """Characters of headings and texts, blanks not counted."""
    return sum(len("".join((one.heading + one.text).split())) for one in sections)


def recast(
    draft: Draft,
    materials: Materials,
    request: RecastRequest,
    *,
    options: Options | None = None,
    steps: Steps | None = None,
) -> Recast:
    """Reorders, merges, drops and shortens a draft, in this order.

    Args:
        draft: As it stands.
        materials: Rows and facts with the references that the draft uses.
        request: What is asked.
        options: How strictly to judge.
        steps: Told of each round of judging.

    Raises:
        RequestError: nothing is asked, a section does not exist, a weight is none.
        RefusedError: 必报, 必写 or 亮点 shall be dropped, or the new order leaves a point open.
    """
    _check(request)
    places = {one.id: origins_of(one) for one in draft.sections}
    desk = _Desk(materials, load_words(), options, steps, places)
    start = [as_written(one, materials) for one in draft.sections]
    arranged, notes, homes = _arranged(start, request, materials)
    for old, new in homes.items():
        places[new] = {**places[old], **places[new]}
    standing = rejudged(draft, start, materials, options)
    moved = replace(
        draft,
        questions=tuple(
            replace(one, section=homes.get(one.section, one.section)) for one in draft.questions
        ),
    )
    result, cut = _shortened(moved, standing, arranged, request, desk)
    told = (*notes, *cut)
    if [_outline(one) for one in result.sections] == [_outline(one) for one in draft.sections]:
        # Nothing had to change: there is nothing to put back either.
        length = characters(standing.sections)
        return Recast(standing, length, length, (), request.length)
    final = replace(
        remembering(draft, result, request.in_words()), left_out=(*draft.left_out, *told)
    )
    return Recast(
        final, characters(standing.sections), characters(final.sections), told, request.length
    )


def _outline(section: DraftSection) -> tuple[str, str, str]:
    return section.id, section.heading, section.template


def _check(request: RecastRequest) -> None:
    if request.length is None and not (request.first or request.drop or request.merge):
        raise RequestError("请说明要怎样重排：--length、--first、--drop、--merge 至少给一个")
    if request.length is not None and request.length < 1:
        raise RequestError("--length 应为大于0的字数")
    for weight in request.drop:
        if weight in _PROTECTED:
            raise RefusedError(
                f"“{weight}”的内容不能自动删去；确需不写，请在指标表或素材表中改“采用”后再更新草稿"
            )
        if weight not in WEIGHTS:
            raise RequestError(f"没有“{weight}”这种采用程度，应为{'、'.join(WEIGHTS)}之一")


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the steps of a recast share."""

    materials: Materials
    words: Words
    options: Options | None
    steps: Steps | None
    origins: dict[str, dict[tuple[str, str], tuple[int, int]]]
    """Section id -> (row, field) -> the precedent's numeral."""

    def divided(self, sections: Sequence[WrittenSection]) -> tuple[Divided, ...]:
        """The sections as units."""
        return tuple(
            divide(one.id, one.kind, one.template, self.materials, self.words) for one in sections
        )


def _arranged(
    sections: Sequence[WrittenSection], request: RecastRequest, materials: Materials
) -> tuple[tuple[WrittenSection, ...], tuple[LeftOut, ...], dict[str, str]]:
    """Sections in the new order; what is said of merged ones; old home -> new home."""
    current = tuple(sections)
    notes, homes = [], {}
    for pair in request.merge:
        one, plus, other = pair.partition("+")
        if not plus or not one.strip() or not other.strip():
            raise RequestError(f"--merge 应写成“甲节+乙节”，读到“{pair}”")
        current, together, gone = merged(current, one, other)
        through = replace(together, template=counted_through(together.template, materials))
        current = tuple(through if each.id == through.id else each for each in current)
        homes[gone.id] = together.id
        reason = f"并入“{bare_heading(together.heading)[1]}”，标题不再单列"
        notes.append(
            LeftOut(section=together.id, text=gone.heading, reason=reason, label=CUT_LABEL)
        )
    if request.first:
        current = brought_first(current, request.first)
    return numbered_anew(current), tuple(notes), homes


def _shortened(
    draft: Draft,
    standing: Draft,
    sections: Sequence[WrittenSection],
    request: RecastRequest,
    desk: _Desk,
) -> tuple[Draft, tuple[LeftOut, ...]]:
    """The draft without what had to go; what would leave a point open stays."""
    divided = desk.divided(sections)
    frozen: Cut = frozenset()
    for turn in range(ROUNDS):
        if desk.steps:
            desk.steps(Step(turn + 1, ROUNDS, "核对"))
        gone = dropped(divided, request.drop, frozen)
        gone = _until(divided, sections, gone, frozen, request.length, standing, desk)
        written = _written(sections, divided, gone, desk)
        result = rejudged(draft, written, desk.materials, desk.options)
        harmed = _harmed(result, standing)
        if not harmed:
            return result, _listed(divided, sections, gone, result, desk)
        now = frozenset(one for one in gone if one[0] in harmed or "" in harmed)
        if not now:
            break
        frozen = frozen | now
    points = [point for point in result.open_points if point not in standing.open_points]
    raise RefusedError("这样重排会多出未决的地方，草稿没有改动", open_points=points)


def _until(
    divided: Sequence[Divided],
    sections: Sequence[WrittenSection],
    gone: Cut,
    frozen: Cut,
    wanted: int | None,
    standing: Draft,
    desk: _Desk,
) -> Cut:
    """Takes out one unit after the other until the length is reached or nothing may go."""
    if wanted is None:
        return gone
    by_id = {one.id: one for one in divided}
    adverse = {one.indicator for one in standing.adverse}
    while _length(_written(sections, divided, gone, desk), desk) > wanted:
        excess = _length(_written(sections, divided, gone, desk), desk) - wanted
        before = gone
        while excess > 0:
            options = candidates(divided, gone, frozen, adverse)
            chosen = min(options, default=None)
            if chosen is None:
                break
            cut = with_dependents(by_id, chosen[1], gone)
            excess -= sum(by_id[home].lengths[number] for home, number in cut - gone)
            gone = cut
        if gone == before:
            break
    return gone


def _length(sections: Sequence[WrittenSection], desk: _Desk) -> int:
    texts = (one.heading + render(one.template, desk.materials).text for one in sections)
    return sum(len("".join(text.split())) for text in texts)


def _written(
    sections: Sequence[WrittenSection], divided: Sequence[Divided], gone: Cut, desk: _Desk
) -> tuple[WrittenSection, ...]:
    """The sections without the units taken out, numbered anew; emptied ones are gone."""
    touched = {home for home, _ in gone}
    written = []
    for section, parts in zip(sections, divided, strict=True):
        template = section.template
        if section.id in touched:
            template = compose(parts, gone, desk.words)
        origins = replacing(template, desk.origins[section.id], desk.materials).origins
        written.append(replace(section, template=template, origins=origins))
    emptied = {one.id for one in written if one.id in touched and not one.template.strip()}
    kept = [one for one in written if one.id not in emptied]
    return numbered_anew([one for n, one in enumerate(kept) if not _is_shell(kept, n, written)])


def _is_shell(
    kept: Sequence[WrittenSection], number: int, before: Sequence[WrittenSection]
) -> bool:
    """A part whose sections have all gone."""
    one = kept[number]
    if one.kind != "part" or one.template.strip() or len(kept) == len(before):
        return False
    return number + 1 == len(kept) or kept[number + 1].level <= one.level


def _harmed(result: Draft, standing: Draft) -> set[str]:
    """Ids of sections with a number or an objection that was not there before; '' for elsewhere."""
    harmed = set()
    allowed = Counter(text for one in standing.sections for text in _opens(one))
    found: Counter[str] = Counter()
    for section in result.sections:
        for text in _opens(section):
            found[text] += 1
            if found[text] > allowed[text]:
                harmed.add(section.id)
    said = Counter((one.rule, one.message) for one in standing.issues if one.level == "error")
    _, starts = whole_text([(one.heading, one.text) for one in result.sections])
    for issue in result.issues:
        if issue.level != "error":
            continue
        said[(issue.rule, issue.message)] -= 1
        if said[(issue.rule, issue.message)] < 0:
            at = bisect_right(starts, issue.start) - 1
            harmed.add(result.sections[at].id if at >= 0 else "")
    return harmed


def _opens(section: DraftSection) -> tuple[str, ...]:
    return tuple(one.text for one in section.findings if one.is_open and one.blocking)


def _listed(
    divided: Sequence[Divided],
    sections: Sequence[WrittenSection],
    gone: Cut,
    result: Draft,
    desk: _Desk,
) -> tuple[LeftOut, ...]:
    """What was taken out, in the order of the text, and how to have it back."""
    kept = {one.id for one in result.sections}
    listed = []
    for section, parts in zip(sections, divided, strict=True):
        home = section.id if section.id in kept else ""
        if section.id not in kept:
            reason = "本节内容均已删去，可用 recast --restore 恢复"
            listed.append(LeftOut(section="", text=section.heading, reason=reason, label=CUT_LABEL))
        for number, unit in enumerate(parts.units):
            if (section.id, number) not in gone:
                continue
            weights = "、".join(dict.fromkeys(one for one in unit.weights if one)) or "从属分句"
            text = text_of(parts, number, desk.materials).strip().rstrip("，；")
            reason = f"重排时删去（{weights}），可用 recast --restore 恢复"
            listed.append(LeftOut(section=home, text=text, reason=reason, label=CUT_LABEL))
    return tuple(listed)


# --- putting back -------------------------------------------------------------------------------


def restored(
    draft: Draft,
    materials: Materials,
    *,
    force: bool = False,
    options: Options | None = None,
) -> Recast:
    """The draft as it was before its last recast, set with the present table.

    Args:
        draft: As it stands.
        materials: Rows and facts with the references that the draft uses.
        force: Also where a section was changed after the recast; those changes are lost.
        options: How strictly to judge.

    Raises:
        RequestError: it was never recast.
        RefusedError: a section has been changed since.
    """
    if not draft.former:
        raise RequestError("这份草稿没有重排或改写过，没有可恢复的内容")
    former = draft.former[-1]
    changed = [
        one.heading or "导语"
        for one in draft.sections
        if former.made.get(one.id) != digest(one.template)
    ]
    if changed and not force:
        raise RefusedError(
            f"之后又改动过：{'、'.join(changed)}；恢复会丢掉这些改动，确要恢复请加 --force",
            open_points=changed,
        )
    written = [
        WrittenSection(
            id=one.id,
            heading=one.heading,
            level=one.level,
            kind=one.kind,
            template=one.template,
            run_in=one.run_in,
            calls=one.calls,
            by_model=one.by_model,
            origins=replacing(
                one.template,
                {(row, name): (start, end) for row, name, start, end in one.origins},
                materials,
            ).origins,
        )
        for one in former.sections
    ]
    before = characters(draft.sections)
    bare = replace(
        draft, left_out=former.left_out, questions=former.questions, former=draft.former[:-1]
    )
    result = rejudged(bare, written, materials, options)
    return Recast(result, before, characters(result.sections), ())
