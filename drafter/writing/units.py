"""A section's template as clauses, and which of them can only go together.

A clause that has no subject of its own (增长8%, 排全市第二, 其中…, 分别…) lives by the clause before
it; 今年以来 and the like only open the next one. What has to stay or go as one is a *unit*; a unit
inside another (其中 below its whole) can go alone, and goes along with it. How much a unit weighs
is the 采用 of its rows and facts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from drafter.records.fact import Fact
from drafter.records.indicator import Indicator
from drafter.verification.facts.wordlists import Words
from drafter.writing.carrying import LEADING_TIME
from drafter.writing.phrases import noun
from drafter.writing.references import Materials, Piece, Prose, Reference, parse

FIXED: Final = 3
"""Weight of what no rule takes out: 必报, 必写, 亮点, policy wording, the office's own words."""
WEIGHTS: Final = {"沿用": 0, "备查": 1, "可报": 2, "可写": 2}
"""采用 -> rank; what is not listed is FIXED. 沿用 stands for routine measures of last year."""

_HEAD: Final = re.compile(r"[一二三四五六七八九十]{1,3}是")
_OPENING: Final = "“‘（《【〔("
_CLOSING: Final = "”’）》】〕)"
_CLAUSE_MARKS: Final = "，；："
_SENTENCE_MARKS: Final = "。！？"
_PARTED: Final = ("其中", "分别", "该", "其", "此", "这", "上述")
_LETTERS: Final = re.compile(r"[“”（）()：:、的\s]|数$")

Place = tuple[int, int, int]
"""Paragraph, sentence, clause."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as template text, without the 一是 before it and the mark behind it."""

    body: str
    mark: str
    """，；：。！？ with closing quotes; '' where a fact brings its own full stop."""
    rows: tuple[Indicator, ...] = ()
    facts: tuple[Fact, ...] = ()
    carried: bool = False
    timed: bool = False
    """Names its own period."""
    prose: str = ""
    """Its words, without what its references print."""
    only_time: bool = False
    """A period and nothing else."""

    @property
    def plain(self) -> bool:
        """Neither rows nor facts, and not carried: the office's own words."""
        return not (self.rows or self.facts or self.carried)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Clauses up to a full stop; `head` is the 一是 that it opens with."""

    clauses: tuple[Clause, ...]
    head: str = ""


Paragraph = tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """Clauses that stay or go together."""

    places: tuple[Place, ...]
    weights: tuple[str, ...]
    """采用 of its rows and facts, 沿用 for a routine measure; '' for what always stays."""
    parent: int | None = None
    """Number of the unit that it cannot stand without."""
    rows: tuple[str, ...] = ()

    @property
    def rank(self) -> int:
        """The weight of its weightiest part."""
        return max((WEIGHTS.get(one, FIXED) for one in self.weights), default=FIXED)


def read_clauses(template: str, materials: Materials) -> tuple[Paragraph, ...]:
    """A section's template as paragraphs of sentences of clauses; nothing is lost.

    Joined again (`compose` of `shortening`), uncut, they give the same template.
    """
    reader = _Reader(materials)
    for piece in parse(template).pieces:
        reader.take(piece, template)
    reader.end_paragraph()
    return tuple(reader.paragraphs)


@dataclass(slots=True)
class _Reader:
    """Where clauses are gathered."""

    materials: Materials
    paragraphs: list[Paragraph] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    pieces: list[str | Reference] = field(default_factory=list)
    depth: int = 0

    def take(self, piece: Piece, template: str) -> None:
        """The next piece of the template."""
        if isinstance(piece, Prose):
            for character in piece.text:
                self._character(character)
            return
        source = template[piece.start : piece.end]
        self.pieces.append(replace(piece, start=0, end=0) if source == piece.source else piece)
        fact = self.materials.fact(piece.field) if piece.kind == "evidence" else None
        ends = fact is not None and fact.text.rstrip().endswith(tuple(_SENTENCE_MARKS))
        if ends and self._prints_whole(piece.field):
            self._end_clause("")
            self._end_sentence()

    def _prints_whole(self, name: str) -> bool:
        return any(
            isinstance(one, Reference) and (one.kind, one.name, one.field) == ("fact", name, "要点")
            for one in self.pieces
        )

    def _character(self, character: str) -> None:
        if character == "\n":
            self.end_paragraph()
            return
        last = self.sentences[-1].clauses[-1] if self.sentences and not self.clauses else None
        if character in _CLOSING and last is not None and last.mark and not self.pieces:
            self._close(character)
            return
        self.depth += (character in _OPENING) - (character in _CLOSING)
        self.depth = max(self.depth, 0)
        if character in _SENTENCE_MARKS:
            self.depth = 0
            self._end_clause(character)
            self._end_sentence()
        elif character in _CLAUSE_MARKS and not self.depth:
            self._end_clause(character)
        elif self.pieces and isinstance(self.pieces[-1], str):
            self.pieces[-1] += character
        else:
            self.pieces.append(character)

    def _close(self, character: str) -> None:
        """A quotation mark behind a full stop belongs to its sentence."""
        sentence = self.sentences[-1]
        last = replace(sentence.clauses[-1], mark=sentence.clauses[-1].mark + character)
        self.sentences[-1] = replace(sentence, clauses=(*sentence.clauses[:-1], last))

    def _end_clause(self, mark: str) -> None:
        if self.pieces or mark:
            self.clauses.append(_clause(self.pieces, mark, self.materials))
        self.pieces = []

    def _end_sentence(self) -> None:
        if not self.clauses:
            return
        first = self.clauses[0]
        found = _HEAD.match(first.body)
        if found:
            self.clauses[0] = replace(
                first, body=first.body[found.end() :], prose=_HEAD.sub("", first.prose, count=1)
            )
        self.sentences.append(Sentence(tuple(self.clauses), found[0] if found else ""))
        self.clauses = []

    def end_paragraph(self) -> None:
        """A newline, or the end of the template."""
        if self.pieces:
            self._end_clause("")
        self._end_sentence()
        self.depth = 0
        self.paragraphs.append(tuple(self.sentences))
        self.sentences = []


def _clause(pieces: Sequence[str | Reference], mark: str, materials: Materials) -> Clause:
    references = [one for one in pieces if isinstance(one, Reference)]
    body = "".join(one if isinstance(one, str) else one.source for one in pieces)
    prose = "".join(one for one in pieces if isinstance(one, str))
    names = [
        name
        for one in references
        if one.kind in ("row", "call")
        for name in (one.arguments or (one.name,))
    ]
    facts = [
        one.field if one.kind == "evidence" else one.name
        for one in references
        if one.kind in ("evidence", "fact")
    ]
    rows = [row for name in dict.fromkeys(names) if (row := materials.row(name)) is not None]
    return Clause(
        body,
        mark,
        rows=tuple(rows),
        facts=tuple(f for one in dict.fromkeys(facts) if (f := materials.fact(one)) is not None),
        carried=any(one.kind == "carried" for one in references),
        timed=any(one.field == "时期" for one in references) or bool(LEADING_TIME.match(prose)),
        prose=prose,
        only_time=bool(rows) and not prose and all(one.field == "时期" for one in references),
    )


def units(paragraphs: Sequence[Paragraph], words: Words) -> tuple[Unit, ...]:
    """Which clauses stay or go together, in the order of the text."""
    found: list[Unit] = []
    for number, paragraph in enumerate(paragraphs):
        current: int | None = None
        for at, sentence in enumerate(paragraph):
            current = _units_of(sentence, (number, at), current, found, words)
    return tuple(found)


def _units_of(
    sentence: Sentence, place: tuple[int, int], before: int | None, found: list[Unit], words: Words
) -> int | None:
    """Adds the units of a sentence; returns the number of the last one.

    Args:
        sentence: Its clauses.
        place: Paragraph and sentence.
        before: The unit that stands before it in its paragraph.
        found: All units so far; added to.
        words: The word lists.
    """
    pending: list[Place] = []
    listing = any(clause.mark.startswith("：") for clause in sentence.clauses)
    inside: int | None = None
    last_mark = "。"
    for index, clause in enumerate(sentence.clauses):
        here = (*place, index)
        followed = index + 1 < len(sentence.clauses)
        if followed and _opens(clause, words) and not (clause.plain and inside is not None):
            pending.append(here)
            continue
        support = before if inside is None else inside
        stands = _stands(clause, words, after="。" if inside is None else last_mark)
        tied = not stands or (listing and inside is not None)
        last_mark = clause.mark[:1]
        own = Unit((*pending, here), _weights(clause), rows=_ids(clause))
        pending = []
        if not tied or support is None:
            found.append(own)
            inside = len(found) - 1
        elif _shares(clause, found[support]) or (listing and inside is not None):
            found[support] = _together(found[support], own, plain=clause.plain)
            inside = support
        else:
            found.append(replace(own, parent=_root(found, support)))
            inside = len(found) - 1
    return before if inside is None else inside


def _together(one: Unit, other: Unit, *, plain: bool) -> Unit:
    weights = one.weights if plain else (*one.weights, *other.weights)
    return Unit((*one.places, *other.places), weights, one.parent, (*one.rows, *other.rows))


def _root(found: Sequence[Unit], number: int) -> int:
    """其中 speaks of the whole, not of the part named just before."""
    parent = found[number].parent
    return number if parent is None else parent


def _opens(clause: Clause, words: Words) -> bool:
    """今年以来, 通过…, a period, or the office's own words before a figure."""
    if clause.only_time or clause.plain:
        return True
    return clause.carried and not clause.rows and clause.prose.startswith(words.introducers)


def _stands(clause: Clause, words: Words, *, after: str) -> bool:
    """It can be said without what stands before it; `after` is the mark there."""
    if clause.facts:
        return True
    if clause.carried and not clause.rows:
        return True
    if not clause.rows:
        return after == "。"
    if clause.prose.startswith(_PARTED):
        return False
    if after == "。":
        return not clause.prose.startswith(words.connectors)
    said = _LETTERS.sub("", clause.prose)
    names = [_LETTERS.sub("", name) for name in (noun(clause.rows[0]), *clause.rows[0].names)]
    if any(name and name in said for name in names):
        return True
    # Behind a semicolon something new begins; a part of the name is enough there.
    known = sum(letter in said for letter in names[0])
    return after == "；" and known * 2 > len(names[0])


def _shares(clause: Clause, unit: Unit) -> bool:
    """It speaks of no row but those of the unit."""
    return all(row.id in unit.rows for row in clause.rows)


def _weights(clause: Clause) -> tuple[str, ...]:
    if clause.carried and not clause.rows:
        return ("沿用",)
    named = [_row_weight(row) for row in clause.rows] + [_fact_weight(one) for one in clause.facts]
    return tuple(named) or ("",)


def _row_weight(row: Indicator) -> str:
    return row.weight or "可报"


def _fact_weight(fact: Fact) -> str:
    """Policy wording binds to the character and is never shortened."""
    return "必写" if fact.kind == "提法" else fact.weight or "可写"


def _ids(clause: Clause) -> tuple[str, ...]:
    return tuple(row.id for row in clause.rows)


def below(all_units: Sequence[Unit], number: int) -> Iterator[int]:
    """A unit and all units that cannot stand without it."""
    yield number
    for other, unit in enumerate(all_units):
        if unit.parent == number:
            yield from below(all_units, other)
