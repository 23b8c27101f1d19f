"""What vouches for words: facts and rows with all that they say, found by shared pairs of characters."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest

from drafter.keeping import ByIdentity, kept
from drafter.records.fact import Fact, FactList
from drafter.records.indicator import Cell, Indicator, IndicatorTable
from drafter.verification.facts.lexicon import Lexicon, fold
from drafter.verification.facts.points import FactPoint, census
from drafter.verification.facts.vocabulary import SLOT

_NEAR = 6
"""Sources weighed for one clause."""
_TOO_COMMON = 200
"""A pair that more sources share finds none of them."""


@dataclass(frozen=True, slots=True)
class Source:
    """A fact or a row as evidence of words."""

    id: str
    label: str
    cell: Cell
    fact: Fact | None
    row: Indicator | None
    folded: str
    """All that it says, folded; fields apart by newlines."""
    licence: str
    """Its words as a text may use them: with verbs that say the same."""
    pairs: frozenset[str]
    points: tuple[FactPoint, ...]
    """Of a fact: the fact points of its own text and title."""
    levels: frozenset[str]
    stages: frozenset[tuple[str, str]]
    """(ladder, stage) that it says."""

    @property
    def persons(self) -> tuple[str, ...]:
        """Names of persons in it."""
        return tuple(point.name for point in self.points if point.kind == "person")


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources with their indexes."""

    all: tuple[Source, ...]
    by_pair: Mapping[str, Sequence[int]]
    by_id: Mapping[str, Source]
    names: tuple[tuple[str, Source], ...]
    """Known names, folded: titles, quoted terms, meetings, rows."""
    names_by_pair: Mapping[str, Sequence[int]]

    def near(self, stretch: str, most: int = _NEAR) -> list[tuple[float, Source]]:
        """Sources that share words with a stretch, with the share of its pairs; best first."""
        own = words_in(stretch)
        hits = Counter(at for pair in own for at in self.by_pair.get(pair, ()))
        return [(count / len(own), self.all[at]) for at, count in _most(hits, most)]

    def holding(self, folded: str) -> list[Source]:
        """Sources that say a folded name to the character."""
        first = pairs_of(folded)
        if not first:
            return []
        rare = min((self.by_pair.get(pair, ()) for pair in first), key=len)
        return [self.all[at] for at in rare if folded in self.all[at].folded]

    def alike(self, folded: str) -> list[tuple[float, str, Source]]:
        """Known names like a folded one, with their likeness (Dice of pairs); best first."""
        own = set(pairs_of(folded))
        hits = Counter(at for pair in own for at in self.names_by_pair.get(pair, ()))
        found = []
        for at, count in _most(hits, _NEAR):
            name, source = self.names[at]
            found.append((2 * count / (len(own) + len(set(pairs_of(name)))), name, source))
        return sorted(found, key=lambda one: -one[0])


def _most(hits: Counter[int], most: int) -> list[tuple[int, int]]:
    """The places hit most often with their counts; of equals the first, whatever the order of hits."""
    return nsmallest(most, hits.items(), key=lambda hit: (-hit[1], hit[0]))


def pairs_of(folded: str) -> list[str]:
    """Character pairs of a folded text, not across its lines."""
    return [line[at : at + 2] for line in folded.split("\n") for at in range(max(0, len(line) - 1))]


@kept(4096)
def words_in(stretch: str) -> frozenset[str]:
    """The pairs of a stretch, not across its marks and slots."""
    return frozenset(pairs_of(_MARKS.sub("\n", fold(stretch))))


def sources_of(table: IndicatorTable, facts: FactList, lexicon: Lexicon) -> Sources:
    """The sources of a table and a fact list; kept while both live."""
    return _sources_of(ByIdentity(table), ByIdentity(facts), ByIdentity(lexicon))


@lru_cache(maxsize=8)
def _sources_of(
    table: "ByIdentity[IndicatorTable]",
    facts: "ByIdentity[FactList]",
    lexicon: "ByIdentity[Lexicon]",
) -> Sources:
    found = [_of_fact(fact, lexicon.value) for fact in facts.value.facts]
    overruled = table.value.overruled
    found += [_of_row(row, lexicon.value) for row in table.value.rows if row.id not in overruled]
    named = list(_names(found))
    return Sources(
        tuple(found),
        _index([one.folded for one in found]),
        {one.id: one for one in found},
        tuple(named),
        _index([name for name, _ in named]),
    )


def _index(texts: Sequence[str]) -> dict[str, Sequence[int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for at, text in enumerate(texts):
        for pair in dict.fromkeys(pairs_of(text)):
            index[pair].append(at)
    return {pair: places for pair, places in index.items() if len(places) <= _TOO_COMMON}


def _of_fact(fact: Fact, lexicon: Lexicon) -> Source:
    said = (fact.text, fact.title, fact.actor, fact.basis, fact.level, fact.stage)
    points = [*census(fact.text, lexicon), *(census(fact.title, lexicon) if fact.title else ())]
    return _source(
        fact.id,
        f"素材{fact.id}：{fact.text[:16]}",
        fact.cell,
        said,
        lexicon,
        fact=fact,
        points=points,
    )


def _of_row(row: Indicator, lexicon: Lexicon) -> Source:
    said = (*row.names, row.note, row.source, row.target_of, row.share_of, row.section, row.parent)
    return _source(row.id, row.name, row.row, said, lexicon, row=row)


def _source(
    identifier: str,
    label: str,
    cell: Cell,
    said: Sequence[str],
    lexicon: Lexicon,
    *,
    fact: Fact | None = None,
    row: Indicator | None = None,
    points: Sequence[FactPoint] = (),
) -> Source:
    written = "\n".join(text for text in said if text)
    folded = fold_lines(written)
    return Source(
        id=identifier,
        label=label,
        cell=cell,
        fact=fact,
        row=row,
        folded=folded,
        licence=licence_of(folded, lexicon),
        pairs=frozenset(pairs_of(licence_of(folded, lexicon).replace(" ", "\n"))),
        points=tuple(points),
        levels=frozenset(levels_in(written, lexicon)),
        stages=_stages_of(fact, written, lexicon),
    )


def _stages_of(fact: Fact | None, written: str, lexicon: Lexicon) -> frozenset[tuple[str, str]]:
    """The stages that a source says; a text cannot raise its fact above the stage cell."""
    said = frozenset(stages_in(written, lexicon))
    cell = frozenset(stages_in(fact.stage, lexicon)) if fact is not None else frozenset()
    reached = {
        ladder: max(
            lexicon.ladders[ladder].index(stage) for other, stage in cell if other == ladder
        )
        for ladder, _ in cell
    }
    return frozenset(
        (ladder, stage)
        for ladder, stage in said
        if ladder not in reached or lexicon.ladders[ladder].index(stage) <= reached[ladder]
    )


def fold_lines(text: str) -> str:
    """Each line folded."""
    return "\n".join(fold(line) for line in text.split("\n"))


def licence_of(folded: str, lexicon: Lexicon) -> str:
    """Words that a text may use of a source: its own, and verbs that say the same."""
    more = [
        " ".join(group)
        for group in lexicon.synonyms
        if any(word in folded for word in group if len(word) > 1)
    ]
    return "\n".join((folded, *more))


def levels_in(text: str, lexicon: Lexicon) -> Iterator[str]:
    """Levels that a text names: 国家, 省, 市, 县; not 我县 and the like."""
    for found in lexicon.level_pattern.finditer(text):
        level = lexicon.levels.get(found[0])
        if level:
            yield level


def stages_in(text: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Stages that a text names, with their ladders; weak words grant nothing by themselves."""
    for found in lexicon.stage_pattern.finditer(text):
        stage = lexicon.stages.get(found[0])
        if stage:
            yield stage


def _names(sources: Sequence[Source]) -> Iterator[tuple[str, Source]]:
    for source in sources:
        names = [
            point.name
            for point in source.points
            if point.kind in ("title", "quoted", "meeting", "document")
        ]
        if source.fact is not None:
            names.append(source.fact.title)
        elif source.row is not None:
            names += [name for name in source.row.names if "“" in name or "《" in name]
        names += [_BRACKETED.sub("", name) for name in names]
        yield from ((folded, source) for folded in dict.fromkeys(map(fold, names)) if folded)


_MARKS = re.compile(rf"[，。；：！？、{SLOT}]")
_BRACKETED = re.compile("（[^（）]*）")
