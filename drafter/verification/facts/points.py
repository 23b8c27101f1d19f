"""The census of fact points: what asserts a fact beside numbers, found by its form alone.

Titles and document numbers, quoted terms, listed names before a count, honours, meetings, persons
with posts, once-only doings, quantifiers and judgements. Knows nothing of facts or rows: whether a
point is right is asked in `fact_judging`. Linear in the text.

>>> from drafter.verification.facts.lexicon import load_lexicon
>>> [(one.kind, one.name) for one in census("我局印发《云岭办法》，全县领跑。", load_lexicon())]
[('event', '印发'), ('title', '云岭办法'), ('judgement', '领跑')]
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Final, Literal

from drafter.keeping import ByIdentity, kept
from drafter.numerals.segments import clauses
from drafter.verification.facts.judgements import judging, stands_alone
from drafter.verification.facts.lexicon import Lexicon
from drafter.verification.facts.persons import persons_in
from drafter.verification.facts.placement import Line, line_at, lines_of
from drafter.verification.facts.vocabulary import unknown_words
from drafter.verification.facts.wordlists import Judgement

PointKind = Literal[
    "title",
    "document",
    "quoted",
    "list",
    "honour",
    "meeting",
    "person",
    "event",
    "quantifier",
    "judgement",
    "wording",
]

_TITLE: Final = re.compile(r"《([^《》\n]{1,80})》")
_DOCUMENT: Final = re.compile(
    r"[\u4e00-\u9fff]{1,8}[〔\[【（(](?:19|20)[0-9]{2}[〕\]】）)] ?第?[0-9]{1,4}号"
)
_QUOTED: Final = re.compile(r"“([^“”\n。]{1,40})”|「([^「」\n。]{1,40})」")
_NAMES: Final = re.compile(rf"{_TITLE.pattern}|{_QUOTED.pattern}")
_LISTED: Final = re.compile(
    r"([^，。；：、\s《》0-9等]{2,16}(?:、[^，。；：、\s《》0-9等]{2,16}){1,30})(等)?"
    r"(?:共|这)?([0-9]{1,3}|[一二两三四五六七八九十]{1,3})(家|户|名|人|个|位)"
)
_SESSION: Final = re.compile(
    r"(?:第?[一二三四五六七八九十百0-9]{1,4}|首)[届次][^，。；：、！\n“”《》（）]{0,24}"
)
_THE_MEETING: Final = re.compile("[向到交席在由次本该各](?:大会|会议|全会)$")
"""提交大会, 列席会议: the meeting that is held, by no name."""
_STRIP: Final = " 　，。；：、！？\n"
_BREAKTHROUGH: Final = re.compile(
    r"(?:新|大|重要|重大|历史性|实质性|全面|明显|显著|较大|率先|有|得|取得|实现|点|向|的)突破"
    r"(?![0-9一二三四五六七八九十百千万亿]|性)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactPoint:
    """A stretch that asserts a fact; `text == source[start:end]`."""

    start: int
    end: int
    text: str
    kind: PointKind
    name: str
    """What evidence must hold: a name without its marks, an award, a cue."""
    clause: tuple[int, int]
    line: Line
    names: tuple[str, ...] = ()
    """Of a list: the names in order; of a person: name and posts."""
    count: str = ""
    """Of a list: the number behind it, as written."""
    open_list: bool = False
    """等 stands before the count."""
    judgement: Judgement | None = None


def census(text: str, lexicon: Lexicon) -> tuple[FactPoint, ...]:
    """All fact points of a text, in order of place.

    Plans assert nothing yet: of clauses under a heading of plans only names and honours are points.
    """
    found: list[FactPoint] = []
    lines = lines_of(text)
    held = ByIdentity(lexicon)
    for start, end in clauses(text):
        line = line_at(lines, start)
        found += (
            replace(
                one, start=one.start + start, end=one.end + start, clause=(start, end), line=line
            )
            for one, is_name in _in_clause(text[start:end], held)
            if is_name or not line.in_plan or one.kind == "honour"
        )
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.kind)))


@kept(4096)
def _in_clause(clause: str, held: "ByIdentity[Lexicon]") -> tuple[tuple[FactPoint, bool], ...]:
    """The points of a clause, places counted from its beginning, and whether each is a name."""
    piece = _Piece(clause, 0, len(clause), _NOWHERE, held.value)
    named = [(one, True) for one in _named(piece)]
    return (*named, *((one, False) for one in _asserted(piece)))


def judgements_in(text: str, lexicon: Lexicon) -> tuple[FactPoint, ...]:
    """The judgements of a text alone, without a census of all else."""
    places = [found.start() for found in lexicon.judgement_pattern.finditer(text)]
    if not places:
        return ()
    lines, found = lines_of(text), list[FactPoint]()
    stretches = clauses(text)
    numbers = {bisect_right(stretches, place, key=itemgetter(0)) - 1 for place in places}
    for start, end in (stretches[number] for number in sorted(numbers)):
        piece = _Piece(text, start, end, line_at(lines, start), lexicon)
        if not piece.line.in_plan and not piece.is_goal:
            found += [one for one in _judged(piece) if one.kind == "judgement"]
    return tuple(found)


_NOWHERE: Final = Line(0, 0, False, "", False)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A clause of the text with its place."""

    source: str
    start: int
    end: int
    line: Line
    lexicon: Lexicon

    @property
    def text(self) -> str:
        return self.source[self.start : self.end]

    @property
    def unnamed(self) -> str:
        """The clause with its titles and quoted terms blotted out."""
        return _NAMES.sub(lambda found: "\n" * len(found[0]), self.text)

    @property
    def is_goal(self) -> bool:
        """It speaks of what shall be."""
        return any(cue in self.text for cue in self.lexicon.words.goals)

    def point(self, kind: PointKind, start: int, end: int, name: str) -> FactPoint:
        """A point at places of the clause."""
        start, end = self.start + start, self.start + end
        return FactPoint(
            start=start,
            end=end,
            text=self.source[start:end],
            kind=kind,
            name=name,
            clause=(self.start, self.end),
            line=self.line,
        )


def _named(piece: _Piece) -> Iterator[FactPoint]:
    """Points that are names."""
    text = piece.text
    for found in _TITLE.finditer(text):
        yield piece.point("title", found.start(), found.end(), found[1])
    for found in _DOCUMENT.finditer(text):
        yield piece.point("document", found.start(), found.end(), found[0])
    titles = [found.span() for found in _TITLE.finditer(text)]
    for found in _QUOTED.finditer(text):
        if any(start < found.start() < end for start, end in titles):
            continue
        yield piece.point("quoted", found.start(), found.end(), found[1] or found[2])
    yield from _meetings(piece)
    yield from _persons(piece)
    yield from _lists(piece)


def _meetings(piece: _Piece) -> Iterator[FactPoint]:
    """第四届…对接会, 二十届三中全会; 召开会议3次 names none."""
    text, lexicon = piece.text, piece.lexicon
    taken = 0
    for found in _SESSION.finditer(text):
        tail = _last(lexicon.meeting_pattern, found[0])
        if tail is not None and found.start() >= taken:
            end = found.start() + tail.end()
            taken = end
            yield piece.point("meeting", found.start(), end, text[found.start() : end])
    for found in lexicon.meeting_pattern.finditer(text):
        begin = max(taken, _phrase_start(text, found.start()))
        start = _name_start(text, begin, found.start(), lexicon)
        name = text[start : found.end()]
        if start > found.start() or len(name) < 4 or _SESSION.match(name):
            continue
        if _THE_MEETING.search(text, start, found.end()):
            continue
        if unknown_words(name, lexicon.known, ""):
            taken = found.end()
            yield piece.point("meeting", start, found.end(), name)


def _name_start(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Behind the verbs and routine words that lead up to a name: 组织|银企对接会."""
    for verb in lexicon.cue_pattern.finditer(text, start, end):
        start = verb.end()
    for length in (4, 3, 2):
        if text[start : start + length] in lexicon.words.actions:
            return _name_start(text, start + length, end, lexicon)
    return start


def _phrase_start(text: str, end: int) -> int:
    """Where the noun before a place begins: at a mark, a figure or at most 16 characters back."""
    start = max(0, end - 16)
    for at in range(end - 1, start - 1, -1):
        if text[at] in "，。；：、！“”《》（） \n0123456789了的":
            return at + 1
    return start


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text):
        found = match
    return found


def _persons(piece: _Piece) -> Iterator[FactPoint]:
    """周砚清同志任…, 县长周砚清一行, 周砚清局长率队."""
    for one in persons_in(piece.text, piece.lexicon):
        yield piece.point("person", one.start, one.end, one.name)


def _lists(piece: _Piece) -> Iterator[FactPoint]:
    """甲、乙、丙等9家企业."""
    text = piece.text
    for found in _LISTED.finditer(text):
        names = tuple(found[1].split("、"))
        if not any(unknown_words(name, piece.lexicon.known, "") for name in names):
            continue
        point = piece.point("list", found.start(), found.end(), "、".join(names))
        yield FactPoint(
            start=point.start,
            end=point.end,
            text=point.text,
            kind="list",
            name=point.name,
            clause=point.clause,
            line=point.line,
            names=names,
            count=found[3],
            open_list=bool(found[2]),
        )


def _asserted(piece: _Piece) -> Iterator[FactPoint]:
    """Points that are doings or opinions: at most one honour or doing for a clause."""
    text, lexicon = piece.unnamed, piece.lexicon
    if piece.is_goal:
        return
    cues = [
        found
        for found in lexicon.cue_pattern.finditer(text)
        if stands_alone(text, found.start(), found[0], lexicon.words)
    ]
    quantifiers = set(lexicon.words.quantifiers)
    doings = [found for found in cues if found[0] not in quantifiers]
    for found in cues:
        if found[0] in quantifiers:
            yield piece.point("quantifier", found.start(), found.end(), found[0])
    if doings:
        yield from _doing(piece, doings)
    yield from _judged(piece)


def _doing(piece: _Piece, cues: Sequence[re.Match[str]]) -> Iterator[FactPoint]:
    """The honour that a clause tells, else what was done once."""
    text, lexicon = piece.text, piece.lexicon
    for found in cues:
        rest = text[: found.start()] + " " + text[found.end() :]
        if lexicon.is_honour(found[0], rest):
            end = len(text.rstrip(_STRIP))
            name = text[found.end() : end].strip(_STRIP)
            yield piece.point("honour", found.start(), max(found.end(), end), name or found[0])
            return
    once = [found for found in cues if found[0] in lexicon.words.once]
    if once:
        yield piece.point("event", once[0].start(), once[-1].end(), once[0][0])


def _judged(piece: _Piece) -> Iterator[FactPoint]:
    text = piece.unnamed
    if not piece.lexicon.judgement_pattern.search(text):
        return
    for place, judgement in judging(text, piece.lexicon.words):
        if judgement.word == "突破" and not _BREAKTHROUGH.search(text, max(0, place - 3)):
            continue
        kind: PointKind = "quantifier" if judgement.needs == "all" else "judgement"
        point = piece.point(kind, place, place + len(judgement.word), judgement.word)
        yield FactPoint(
            start=point.start,
            end=point.end,
            text=point.text,
            kind=kind,
            name=judgement.word,
            clause=point.clause,
            line=point.line,
            judgement=judgement,
        )
