"""Compares two states of a draft sentence by sentence: what was reworded, added, taken out, moved.

A changed number is told from changed words, and a changed fact from both. Used for a copy that
came back, and for the marked comparison of two drafts.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from drafter.numerals import read_mentions
from drafter.records.draft import Draft
from drafter.records.mention import Mention
from drafter.writing.aligning import Stretch, Unit, align, cut

ChangeKind = Literal["改标题", "改数", "改事", "改字", "新增", "删除", "移动"]
_MARKS = " \u3000，,；;。！？!?：:、\n”’）】"


@dataclass(frozen=True, slots=True)
class Part:
    """A heading or the text of a section in the joint text."""

    section: str
    """Id of the section."""
    heading: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Joined:
    """Headings and texts of a draft as one text, each on lines of its own."""

    text: str
    parts: tuple[Part, ...]

    def part_at(self, place: int) -> Part | None:
        """The part that a place stands in."""
        number = bisect_right([one.start for one in self.parts], place) - 1
        return self.parts[number] if number >= 0 else None


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """A sentence that is not what or where it was."""

    kinds: tuple[ChangeKind, ...]
    before: str
    """'' for an added one."""
    after: str
    """'' for one that was taken out."""
    section: str
    """Id of the section where it stands now; of one taken out where it stood."""
    place: Stretch
    """In the joint new text; of one taken out, where it would be."""
    old_place: Stretch | None = None
    """In the joint old text."""
    numbers_before: tuple[str, ...] = ()
    """Numerals that only the old sentence has."""
    numbers_after: tuple[str, ...] = ()
    """Numerals that only the new sentence has."""
    facts_before: tuple[str, ...] = ()
    facts_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """Two states held against each other."""

    changes: tuple[SentenceChange, ...]
    pairs: tuple[tuple[Stretch, Stretch], ...]
    """Which old sentence each new one is or was made of, places in the joint texts."""


class Headed(Protocol):
    """What has an id, a heading and a text, such as a section of a draft."""

    @property
    def id(self) -> str:
        """Of the section."""

    @property
    def heading(self) -> str:
        """'' for none."""

    @property
    def text(self) -> str:
        """Below the heading."""


def joint_text(sections: Iterable[Headed]) -> Joined:
    """Sections as one text."""
    return joined((one.id, one.heading, one.text) for one in sections)


def fact_places(draft: Draft, text: Joined) -> tuple[Stretch, ...]:
    """Where a draft tells names, honours, events and the like, in its joint text."""
    starts = {part.section: part.start for part in text.parts if not part.heading}
    return tuple(
        (starts[one.id] + finding.start, starts[one.id] + finding.end)
        for one in draft.sections
        if one.id in starts
        for finding in one.findings
        if finding.kind == "fact"
    )


def joined(parts: Iterable[tuple[str, str, str]]) -> Joined:
    """Id, heading and text of each section as one text."""
    text, found = "", []
    for section, heading, body in parts:
        for said, is_heading in ((heading.replace("\n", ""), True), (body, False)):
            if said:
                found.append(Part(section, is_heading, len(text), len(text) + len(said)))
                text += said + "\n"
    return Joined(text, tuple(found))


def compare(
    old: Joined,
    new: Joined,
    *,
    facts: tuple[Sequence[Stretch], Sequence[Stretch]] = ((), ()),
    whole: Sequence[str] = (),
) -> Compared:
    """What became of each sentence.

    Args:
        old: Before.
        new: After.
        facts: Places of names, honours, events and the like in the old and in the new text.
        whole: Stretches with full stops inside that are not to be cut.
    """
    return _Comparison(old, new, facts, whole).done()


@dataclass(slots=True)
class _Group:
    """Sentences that became one another: mostly one and one, two and one where they were joined."""

    olds: list[int]
    news: list[int]
    same: bool = False


class _Comparison:
    def __init__(
        self,
        old: Joined,
        new: Joined,
        facts: tuple[Sequence[Stretch], Sequence[Stretch]],
        whole: Sequence[str],
    ) -> None:
        self.old, self.new, self.facts = old, new, facts
        self.old_units = cut(old.text, whole)
        self.units = align(old.text, self.old_units, new.text, whole)
        self.old_numerals = _numerals(old.text)
        self.new_numerals = _numerals(new.text)

    def done(self) -> Compared:
        """All sentences in the order of the new text, those taken out where they stood."""
        groups = self._groups()
        moved = self._moved(groups)
        changes = [self._of_group(one, moved=number in moved) for number, one in enumerate(groups)]
        changes += self._gone(groups)
        pairs = tuple(
            (self.old_units[group.olds[0]], self._stretch(number))
            for group in groups
            if group.olds
            for number in group.news
            if self._said(number)
        )
        told = [one for one in changes if one is not None]
        return Compared(tuple(sorted(told, key=lambda one: one.place)), pairs)

    def _stretch(self, number: int) -> Stretch:
        return self.units[number].start, self.units[number].end

    def _said(self, number: int) -> str:
        return self.new.text[slice(*self._stretch(number))].strip(_MARKS)

    def _groups(self) -> list[_Group]:
        """Every new sentence with the old ones that it is or was made of."""
        groups: list[_Group] = []
        held: dict[int, _Group] = {}
        stays = {unit.same for unit in self.units if unit.same is not None}
        for number, unit in enumerate(self.units):
            if unit.same is not None:
                fresh = unit.same not in held
                group = _Group([unit.same] if fresh else [], [number], same=fresh)
                held.setdefault(unit.same, group)
                groups.append(group)
                continue
            olds = self._made_of(unit, stays, held)
            known = next((held[one] for one in olds if one in held), None)
            if known is None:
                known = _Group([], [])
                groups.append(known)
            known.news.append(number)
            for one in olds:
                if one not in held:
                    known.olds.append(one)
                    held[one] = known
        return groups

    def _made_of(self, unit: Unit, stays: set[int], held: dict[int, _Group]) -> list[int]:
        """The old sentences of which most went into this one, or that it mostly stems from."""
        found = []
        for number in unit.likest:
            start, end = self.old_units[number]
            shared = sum(one.length for one in unit.blocks if start <= one.old < end)
            if number not in stays and 2 * shared >= min(end - start, unit.end - unit.start):
                found.append(number)
        if not found:
            free = (one for one in unit.likest if one not in stays and one not in held)
            found += list(free)[:1]
        return found

    def _moved(self, groups: Sequence[_Group]) -> set[int]:
        """Groups whose old sentences stood in another order: the fewest that explain it."""
        numbers = [
            (at, one.olds[0])
            for at, one in enumerate(groups)
            if one.olds and self._said(one.news[0])
        ]
        kept = _longest_rising([one for _, one in numbers])
        return {at for place, (at, _) in enumerate(numbers) if place not in kept}

    def _of_group(self, group: _Group, *, moved: bool) -> SentenceChange | None:
        if not any(map(self._said, group.news)) or (group.same and not moved):
            return None
        news = [self._stretch(number) for number in group.news]
        olds = [self.old_units[number] for number in group.olds]
        part = self.new.part_at(news[0][0])
        if not olds:
            return self._change(("新增",), [], news, part)
        kinds: tuple[ChangeKind, ...] = ("移动",) if moved else ()
        before = "".join(self.old.text[slice(*one)] for one in olds).strip(_MARKS)
        after = "".join(self.new.text[slice(*one)] for one in news).strip(_MARKS)
        if before == after:
            return self._change(kinds, olds, news, part) if moved else None
        if part is not None and part.heading:
            kinds = (*kinds, "改标题")
        return self._change(kinds, olds, news, part, reworded=True)

    def _gone(self, groups: Sequence[_Group]) -> Iterator[SentenceChange]:
        ends = {one: self.units[group.news[-1]].end for group in groups for one in group.olds}
        place = 0
        for number, (start, end) in enumerate(self.old_units):
            if number in ends:
                place = ends[number]
            elif self.old.text[start:end].strip(_MARKS):
                part = self.old.part_at(start)
                yield self._change(("删除",), [(start, end)], [(place, place)], part)

    def _change(
        self,
        kinds: tuple[ChangeKind, ...],
        olds: Sequence[Stretch],
        news: Sequence[Stretch],
        part: Part | None,
        *,
        reworded: bool = False,
    ) -> SentenceChange:
        lost, come = _apart(_within(self.old_numerals, olds), _within(self.new_numerals, news))
        left, right = self._facts(olds, news)
        if reworded:
            found: list[ChangeKind] = ["改数"] if lost or come else []
            found += ["改事"] if left or right else []
            kinds = (*kinds, *(found or ([] if "改标题" in kinds else ["改字"])))
        return SentenceChange(
            kinds,
            "".join(self.old.text[slice(*one)] for one in olds).strip(),
            "".join(self.new.text[slice(*one)] for one in news).strip(),
            part.section if part else "",
            (news[0][0], max(end for _, end in news)),
            (olds[0][0], max(end for _, end in olds)) if olds else None,
            lost,
            come,
            left,
            right,
        )

    def _facts(
        self, olds: Sequence[Stretch], news: Sequence[Stretch]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Names, honours and events that only one side tells."""
        old_facts, new_facts = self.facts
        said = [
            Counter(
                joint.text[start:end]
                for start, end in places
                if any(low <= start < high for low, high in stretches)
            )
            for joint, places, stretches in (
                (self.old, old_facts, olds),
                (self.new, new_facts, news),
            )
        ]
        return tuple((said[0] - said[1]).elements()), tuple((said[1] - said[0]).elements())


def _numerals(text: str) -> list[Mention]:
    """All numerals that say something: enumerators are counted anew by whoever edits."""
    return [one for one in read_mentions(text) if one.kind != "enumerator"]


def _within(numerals: Sequence[Mention], stretches: Sequence[Stretch]) -> list[Mention]:
    starts = [one.start for one in numerals]
    return [
        one
        for low, high in stretches
        for one in numerals[bisect_left(starts, low) : bisect_left(starts, high)]
    ]


def _apart(
    olds: Sequence[Mention], news: Sequence[Mention]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What only one of two sentences says in numbers, in its own words."""
    first, second = Counter(map(_value, olds)), Counter(map(_value, news))
    return (
        tuple(one.text for one in _surplus(olds, first - second)),
        tuple(one.text for one in _surplus(news, second - first)),
    )


def _surplus(claims: Sequence[Mention], counts: Counter[tuple[object, ...]]) -> Iterator[Mention]:
    left = Counter(counts)
    for one in claims:
        if left[_value(one)] > 0:
            left[_value(one)] -= 1
            yield one


def _value(mention: Mention) -> tuple[object, ...]:
    """What a claim says, whatever its writing."""
    return (mention.kind, mention.core, mention.approx, mention.direction)


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Places of a longest rising run of numbers."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int | None] = []
    for at, number in enumerate(numbers):
        slot = bisect_left(tails, number)
        before.append(places[slot - 1] if slot else None)
        if slot == len(tails):
            tails.append(number)
            places.append(at)
        else:
            tails[slot], places[slot] = number, at
    kept: set[int] = set()
    at_last = places[-1] if places else None
    while at_last is not None:
        kept.add(at_last)
        at_last = before[at_last]
    return kept
