"""Finds a draft again in an edited copy: its title, its sections, its signature.

Headings are the landmarks: those left as they were first, then those that were reworded, by
likeness of words and of the text beneath. What stands between two landmarks belongs to the first;
a section without a heading (lead, closing) is told by what it said. Judges no number.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from drafter.records.draft import Draft, DraftSection
from drafter.records.returned import Returned
from drafter.writing.aligning import pairs_of
from drafter.writing.rearranging import bare_heading

_LIKE = 0.5
_LIKE_TEXT = 0.3
_LONGEST_HEADING = 45
_LONGEST_SIGNATURE = 40
_TITLE_PARAGRAPHS = 4
_ENDS = "。：:；;，,！!？? 　"
_DATE = re.compile(
    r"[0-9０-９〇○零一二三四五六七八九十]{4}\s*[年./-]\s*[0-9０-９一二三四五六七八九十]{1,3}"
    r"\s*[月./-]\s*[0-9０-９一二三四五六七八九十]{1,3}\s*日?"
)
_ATTACHED = re.compile(r"附件\s*[0-9０-９]{0,2}\s*[：:]")
_ATTACHMENT = re.compile(r"附件\s*[0-9０-９]{0,2}")
_LEVELS = (
    (re.compile("[一二三四五六七八九十]{1,3}、"), 1),
    (re.compile("[（(][一二三四五六七八九十]"), 2),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the copy's body and the number of its paragraph."""

    text: str
    paragraph: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class FoundSection:
    """A section of the copy."""

    id: str
    """Of the draft's section; '' for a new one."""
    heading: str
    level: int
    run_in: bool
    lines: tuple[Line, ...]
    heading_paragraph: int | None = None

    @property
    def text(self) -> str:
        """Its lines."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Found:
    """The draft as the copy has it."""

    sections: tuple[FoundSection, ...]
    title: str = ""
    """'' where the copy has none."""
    organisation: str = ""
    date: str = ""
    gone: tuple[str, ...] = ()
    """Ids of sections that the copy no longer has."""


def recognise(draft: Draft, copy: Returned) -> Found:
    """The parts of the draft in an edited copy.

    Args:
        draft: As it was handed out.
        copy: As it came back.
    """
    title, lines = _title(draft, copy)
    lines, organisation, date = _signature(draft, lines)
    landmarks = _Landmarks(draft.sections, lines)
    sections = tuple(_sections(draft.sections, lines, landmarks.found()))
    held = {one.id for one in sections}
    gone = tuple(one.id for one in draft.sections if one.id not in held)
    return Found(sections, title, organisation, date, gone)


def plain(text: str) -> str:
    """A text without blanks: what is the same to a reader is the same here."""
    return re.sub(r"\s+", "", text)


def _title(draft: Draft, copy: Returned) -> tuple[str, list[Line]]:
    """The title, and the lines below it; blank ones are gone."""
    held = [(at, one) for at, one in enumerate(copy.paragraphs) if one.text.strip()]
    taken, title = 0, ""
    for count in range(1, min(_TITLE_PARAGRAPHS, len(held)) + 1):
        if plain("".join(one.text for _, one in held[:count])) == plain(draft.title):
            taken, title = count, draft.title
            break
    if not taken:
        while taken < min(_TITLE_PARAGRAPHS, len(held)) and held[taken][1].title:
            taken += 1
        first = plain(held[0][1].text) if held else ""
        if not taken and _is_short(first) and _likeness(first, plain(draft.title)) >= _LIKE:
            taken = 1
        title = "".join(plain(one.text) for _, one in held[:taken])
    lines = [
        Line(text.strip(" \u3000"), at, one.level)
        for at, one in held[taken:]
        for text in one.text.split("\n")
        if text.strip()
    ]
    return title, lines


def _is_short(text: str) -> bool:
    return 0 < len(text) <= 2 * _LONGEST_HEADING and "。" not in text


def _signature(draft: Draft, lines: list[Line]) -> tuple[list[Line], str, str]:
    """The lines without 落款, 附件说明 and what is attached; the name and the date that stood there."""
    stop = next((at for at, one in enumerate(lines) if _ATTACHMENT.fullmatch(one.text)), len(lines))
    rest = lines[:stop]
    date = organisation = ""
    if rest and _is_date(rest[-1].text, draft):
        date = rest.pop().text
    own = plain(draft.organisation)
    if rest and own and len(rest[-1].text) <= _LONGEST_SIGNATURE and "。" not in rest[-1].text:
        said = plain(rest[-1].text)
        if said == own or _likeness(said, own) >= 0.7:
            organisation = rest.pop().text
    attached = next((at for at, one in enumerate(rest) if _ATTACHED.match(one.text)), None)
    if attached is not None and len(rest) - attached <= len(draft.sections):
        rest = rest[:attached]
    return rest, organisation, date


def _is_date(text: str, draft: Draft) -> bool:
    return bool(_DATE.fullmatch(text)) or (bool(draft.date) and plain(text) == plain(draft.date))


@dataclass(slots=True)
class _Landmark:
    """A line that is a heading, whole or at its beginning."""

    section: DraftSection | None
    heading: str
    rest: str = ""
    """What follows a run-in heading on its line."""
    run_in: bool = False
    level: int = 1


@dataclass(slots=True)
class _Landmarks:
    """Which lines are headings, and of which section."""

    sections: Sequence[DraftSection]
    lines: Sequence[Line]
    at: dict[int, _Landmark] = field(default_factory=dict)

    def found(self) -> dict[int, _Landmark]:
        """Number of the line -> what it is a heading of."""
        left = [one for one in self.sections if one.heading.strip()]
        for match in (self._same, self._begun):
            left = [one for one in left if not match(one)]
        self._reworded(left)
        self._new()
        return self.at

    def _same(self, section: DraftSection) -> bool:
        """A line of the same words, whatever its enumerator."""
        if section.run_in:
            return False
        wanted = {_bare(section.heading), _bare(section.heading.replace("\n", ""))}
        for at, line in enumerate(self.lines):
            if at not in self.at and _bare(line.text) in wanted:
                self.at[at] = _Landmark(section, line.text, level=line.level or section.level)
                return True
        return False

    def _begun(self, section: DraftSection) -> bool:
        """A line that begins with the heading: run in, or drawn up by whoever edited it."""
        heading = _bare(section.heading)
        if len(heading) < 3:
            return False
        for at, line in enumerate(self.lines):
            if at in self.at:
                continue
            _, rest = bare_heading(line.text)
            if not rest.startswith(heading) or (not section.run_in and len(heading) < 6):
                continue
            if len(rest) > len(heading) and rest[len(heading)] not in _ENDS:
                continue
            after = rest[len(heading) :].lstrip(_ENDS)
            end = len(line.text) - len(after)
            self.at[at] = _Landmark(
                section, line.text[:end].strip(), after, run_in=True, level=section.level
            )
            return True
        return False

    def _reworded(self, left: Sequence[DraftSection]) -> None:
        """The likest pairs of what is left, the best first."""
        pairs = sorted(
            (
                (score, -at, number, landmark)
                for number, section in enumerate(left)
                for at, line in enumerate(self.lines)
                if at not in self.at
                for score, landmark in self._likeness_of(section, at, line)
            ),
            key=lambda one: one[:3],
            reverse=True,
        )
        taken: set[int] = set()
        for _, at, number, landmark in pairs:
            if number not in taken and -at not in self.at:
                taken.add(number)
                self.at[-at] = landmark

    def _likeness_of(
        self, section: DraftSection, at: int, line: Line
    ) -> Iterator[tuple[float, _Landmark]]:
        if section.run_in:
            heading, _, after = line.text.partition("。")
            if _level(heading) and _likeness(_bare(heading), _bare(section.heading)) >= _LIKE:
                landmark = _Landmark(
                    section, f"{heading}。", after, run_in=True, level=section.level
                )
                yield _likeness(_bare(heading), _bare(section.heading)), landmark
            return
        if not _is_heading(line):
            return
        words = _likeness(_bare(line.text), _bare(section.heading))
        text = _share(section.text, "".join(one.text for one in self._below(at)))
        if words >= _LIKE or text >= _LIKE_TEXT:
            level = line.level or _level(line.text) or section.level
            yield words + text, _Landmark(section, line.text, level=level)

    def _below(self, at: int) -> Iterator[Line]:
        for number in range(at + 1, len(self.lines)):
            if number in self.at or _is_heading(self.lines[number]):
                return
            yield self.lines[number]

    def _new(self) -> None:
        """Headings that the draft does not have; what was a line of its text is none."""
        said = {plain(line) for one in self.sections for line in one.text.split("\n")}
        for at, line in enumerate(self.lines):
            if at not in self.at and _is_heading(line) and plain(line.text) not in said:
                level = line.level or _level(line.text)
                self.at[at] = _Landmark(None, line.text, level=min(level, 4))


def _sections(
    sections: Sequence[DraftSection], lines: Sequence[Line], landmarks: dict[int, _Landmark]
) -> Iterator[FoundSection]:
    """The sections of the copy in their order."""
    starts = sorted(landmarks)
    first = starts[0] if starts else len(lines)
    own = [one for one in sections if not one.heading.strip()]
    homes = _homes(sections, own, [landmarks[at].section for at in starts])
    head = [one for one, home in zip(own, homes, strict=True) if home < 0]
    if lines[:first] or head:
        yield from _shared(None, lines[:first], head)
    for number, at in enumerate(starts):
        landmark = landmarks[at]
        end = starts[number + 1] if number + 1 < len(starts) else len(lines)
        held = list(lines[at + 1 : end])
        if landmark.rest:
            held.insert(0, Line(landmark.rest, lines[at].paragraph))
        behind = [one for one, home in zip(own, homes, strict=True) if home == number]
        yield from _shared((landmark, lines[at].paragraph), held, behind)


def _homes(
    sections: Sequence[DraftSection],
    own: Sequence[DraftSection],
    order: Sequence[DraftSection | None],
) -> list[int]:
    """For each section without a heading, behind which landmark to look for it; -1 is the top."""
    places = {one.id: at for at, one in enumerate(sections)}
    homes = []
    for one in own:
        later = [at for at, held in enumerate(order) if held and places[held.id] > places[one.id]]
        homes.append((min(later) if later else len(order)) - 1)
    return homes


def _shared(
    above: tuple[_Landmark, int] | None, lines: Sequence[Line], headless: Sequence[DraftSection]
) -> Iterator[FoundSection]:
    """The lines below a heading, shared with the sections that have none of their own."""
    texts = [one.text for one in headless]
    if above is not None:
        landmark, paragraph = above
        section = landmark.section
        shares = _partition(lines, [section.text if section else "", *texts])
        identifier = section.id if section else ""
        yield FoundSection(
            identifier, landmark.heading, landmark.level, landmark.run_in, shares[0], paragraph
        )
        shares = shares[1:]
    elif not headless:
        yield FoundSection("", "", 0, False, tuple(lines))
        return
    else:
        shares = _partition(lines, texts)
    for one, share in zip(headless, shares, strict=True):
        if share or not one.text.strip():
            yield FoundSection(one.id, "", one.level, one.run_in, share)


def _partition(lines: Sequence[Line], texts: Sequence[str]) -> list[tuple[Line, ...]]:
    """The lines cut into one stretch for each text, so that they are likest in all."""
    pairs = [_plain_pairs(text) for text in texts]
    # best[k]: of all ways to deal out the lines so far with the last one to text k, the likest;
    # an earlier text wins a draw.
    best: list[tuple[float, tuple[int, ...]]] = [(-0.001 * k, ()) for k in range(len(texts))]
    for line in lines:
        step = []
        for number, own in enumerate(pairs):
            score, dealt = max(best[: number + 1], key=lambda one: one[0])
            step.append((score + _worth(line.text, own), (*dealt, number)))
        best = step
    _, dealt = max(best, key=lambda one: one[0])
    return [
        tuple(line for line, owner in zip(lines, dealt, strict=True) if owner == number)
        for number in range(len(texts))
    ]


def _worth(text: str, pairs: set[str]) -> float:
    own = _plain_pairs(text)
    return len(own & pairs) / len(own) * len(text) if own else 0.0


def _is_heading(line: Line) -> bool:
    """It looks like one: by its style, or by its enumerator, its length and its end."""
    text = line.text
    if len(text) > _LONGEST_HEADING or text[-1:] in "。；;，,":
        return False
    return line.level > 0 or (_level(text) > 0 and "。" not in text)


def _level(text: str) -> int:
    return next((level for shape, level in _LEVELS if shape.match(text)), 0)


def _bare(heading: str) -> str:
    return plain(bare_heading(heading.strip())[1]).rstrip(_ENDS)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one and other else 0.0


def _share(text: str, other: str) -> float:
    """How much of a text stands in another."""
    own = _plain_pairs(text)
    return len(own & _plain_pairs(other)) / len(own) if own else 0.0


def _plain_pairs(text: str) -> set[str]:
    return pairs_of(plain(text))
