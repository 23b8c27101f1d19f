"""What the judges of fact points share: the text, its judged numbers, and the sources of words."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter

from drafter.records.claim import Finding, Verdict
from drafter.records.indicator import Cell, Indicator, IndicatorTable
from drafter.records.mention import Mention
from drafter.verification.facts.lexicon import Lexicon
from drafter.verification.facts.points import FactPoint
from drafter.verification.facts.sources import Source, Sources, words_in
from drafter.verification.facts.vocabulary import SLOT

_TIMES = frozenset({"date", "period"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """A text with what is known of it; sequences are in order of place."""

    text: str
    mentions: Sequence[Mention]
    numbers: Sequence[Finding]
    """Findings on its numbers."""
    table: IndicatorTable
    sources: Sources
    lexicon: Lexicon
    sentences: Sequence[tuple[int, int]]
    points: Sequence[FactPoint]
    section_rows: dict[str, tuple[Indicator, ...]] = field(default_factory=dict)
    """Heading -> rows that it reports."""

    def sentence(self, place: int) -> tuple[int, int]:
        """The sentence of a place."""
        return self.sentences[max(0, bisect_right(self.sentences, place, key=itemgetter(0)) - 1)]

    def masked(self, start: int, end: int) -> str:
        """A stretch with its figures and times as slots: they are judged on their own."""
        pieces, at = [], start
        low = bisect_left(self.mentions, start, key=attrgetter("start"))
        for mention in self.mentions[low:]:
            if mention.start >= end:
                break
            if (mention.claim or mention.kind in _TIMES) and mention.start >= at:
                pieces += [self.text[at : mention.start], SLOT]
                at = mention.end
        return "".join((*pieces, self.text[at:end]))

    def numbers_in(self, start: int, end: int) -> Sequence[Finding]:
        """Findings on the numbers of a stretch."""
        low = bisect_left(self.numbers, start, key=attrgetter("start"))
        high = bisect_left(self.numbers, end, lo=low, key=attrgetter("start"))
        return self.numbers[low:high]

    def points_in(self, start: int, end: int) -> Sequence[FactPoint]:
        """Fact points of a stretch."""
        low = bisect_left(self.points, start, key=attrgetter("start"))
        return self.points[low : bisect_left(self.points, end, lo=low, key=attrgetter("start"))]

    def rows_in(self, start: int, end: int) -> tuple[Indicator, ...]:
        """Rows that proven numbers of a stretch speak of."""
        found = {}
        for one in self.numbers_in(start, end):
            for identifier in (one.indicator, *one.also):
                row = self.table.by_id(identifier or "")
                if row is not None and not one.is_open:
                    found[row.id] = row
        return tuple(found.values())

    def likeness(self, stretch: str, source: Source) -> float:
        """The share of a stretch's pairs that a source says; 0 where it has none."""
        own = words_in(stretch)
        return len(own & source.pairs) / len(own) if own else 0.0


def judged(
    point: FactPoint,
    verdict: Verdict,
    message: str,
    *,
    source: Source | None = None,
    rule: str | None = None,
    expected: str | None = None,
    place: tuple[int, int] | None = None,
    text: str | None = None,
    evidence: tuple[Cell, ...] = (),
) -> Finding:
    """A finding on a point; `place` narrows it to the words that are wrong."""
    start, end = place or (point.start, point.end)
    return Finding(
        start=start,
        end=end,
        text=point.text if text is None else text,
        verdict=verdict,
        indicator=source.id if source else None,
        indicator_name=source.label if source else None,
        field=point.kind,
        expected=expected,
        rule=rule,
        evidence=evidence or ((source.cell,) if source else ()),
        message=message,
        kind="fact",
    )
