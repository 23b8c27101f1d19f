"""A precedent's section as clauses with their claims bound to this year's rows.

Binding goes by name (`verification.bind`), against last year's table where there is one and from
there by name to this year's row, else straight against this year's table. Values only confirm:
last year's figure, or the `prior` of this year's row, equals the numeral of the text. What may be
carried is decided in `clauses` and `carrying`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from drafter.keeping import ByIdentity
from drafter.numerals import read_mentions
from drafter.numerals.segments import clauses, sentences
from drafter.records.indicator import Figure, Indicator, IndicatorTable
from drafter.records.mention import Mention
from drafter.records.quantity import unit
from drafter.records.summary import Block
from drafter.verification import Binding, Candidate, Thresholds, bind
from drafter.writing.short_names import means_another

Origin = tuple[int, int]

ENUMERATOR: Final = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}是|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[.．、]"
    r"|[①-⑳]|首先|其次|再次|最后|第[一二三四五六七八九十]、)[，,]?"
)
_EDGE = "，,；;。！？!?：:、 　\n"
_MARKS = {",": "，", ";": "；", "!": "。", "?": "。", "！": "。", "？": "。", ":": "：", "、": "，"}

# A binding against this year's table alone must be surer: last year's rows are not in the race.
_SURE_ALONE = 0.55
_NEAR = 0.3
# Last year's text names its own year, which rolls; it says nothing against this year's rows.
_ANY_YEAR = Thresholds(other_year=0.85)


@dataclass(frozen=True, slots=True)
class BoundClaim:
    """A claim of the precedent and this year's row for it."""

    mention: Mention
    """Offsets in its block's text."""
    field: str = ""
    """Field of the contract; '' where nothing was bound."""
    row: Indicator | None = None
    """This year's row; None where there is none any more."""
    past_name: str = ""
    """The row's name last year, where it was found there."""
    confirmed: bool = False
    faint: bool = False
    """The words hardly name the row and no figure of last year confirms it: never carried."""

    @property
    def figure(self) -> Figure | None:
        """This year's cell."""
        return getattr(self.row, self.field, None) if self.row and self.field else None


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the precedent without its enumerator and closing mark."""

    block: Block
    start: int
    end: int
    """`block.text[start:end]` is the clause."""
    mark: str
    """Full-width mark behind it; '' at the end of a text without one."""
    sentence: int
    """Sentences counted through the section."""
    enumerator: str = ""
    claims: tuple[BoundClaim, ...] = ()
    others: tuple[Mention, ...] = ()
    """Mentions that claim no figure: dates, periods, names."""

    @property
    def text(self) -> str:
        """The clause as written."""
        return self.block.text[self.start : self.end]

    @property
    def origin(self) -> Origin:
        """Its place in the precedent's own text."""
        return self.block.origin(self.start, self.end)


def read_clauses(
    heading: str,
    blocks: Sequence[Block],
    table: IndicatorTable | None,
    past: IndicatorTable | None = None,
) -> tuple[Clause, ...]:
    """The clauses of a precedent's section, each claim bound.

    Args:
        heading: With its enumerator; figures stand under it.
        blocks: The paragraphs.
        table: This year's rows; None binds nothing: all mentions are others.
        past: Last year's rows, where known.

    Returns:
        Clauses in the order of the text; those without a word in them are left out.
    """
    text = "\n".join([heading, *(block.text for block in blocks)])
    mentions = read_mentions(text)
    bindings = () if table is None else _bound(text, mentions, table, past)
    bound = {one.mention.start: one for one in bindings}
    found: list[Clause] = []
    base, number = len(heading) + 1, 0
    for block in blocks:
        own = [one for one in mentions if base <= one.start < base + len(block.text)]
        for start, end in sentences(block.text):
            found.extend(_clauses_of(block, start, end, number, own, bound, base))
            number += 1
        base += len(block.text) + 1
    return tuple(found)


def _clauses_of(
    block: Block,
    start: int,
    end: int,
    number: int,
    mentions: Sequence[Mention],
    bound: dict[int, BoundClaim],
    base: int,
) -> Iterable[Clause]:
    for begin, stop in clauses(block.text[start:end]):
        clause = _trimmed(block, start + begin, start + stop, number)
        if clause.start >= clause.end:
            continue
        own = [
            one
            for one in mentions
            if clause.start <= one.start - base and one.end - base <= clause.end
        ]
        claims = [_moved(bound[one.start], base) for one in own if one.start in bound]
        others = [_shifted(one, -base) for one in own if one.start not in bound]
        yield replace(clause, claims=tuple(claims), others=tuple(others))


def _trimmed(block: Block, start: int, end: int, number: int) -> Clause:
    text = block.text[start:end]
    body = text.rstrip(_EDGE)
    mark = text[len(body) : len(body) + 1].strip()
    lead = len(body) - len(body.lstrip(_EDGE))
    enumerated = ENUMERATOR.match(body, lead)
    enumerator = enumerated[0].rstrip("，,") if enumerated else ""
    lead = enumerated.end() if enumerated else lead
    return Clause(
        block, start + lead, start + len(body), _MARKS.get(mark, mark), number, enumerator
    )


def _moved(claim: BoundClaim, base: int) -> BoundClaim:
    return replace(claim, mention=_shifted(claim.mention, -base))


def _shifted(mention: Mention, by: int) -> Mention:
    return mention._replace(
        start=mention.start + by,
        end=mention.end + by,
        core_start=mention.core_start + by,
    )


def _bound(
    text: str, mentions: Sequence[Mention], table: IndicatorTable, past: IndicatorTable | None
) -> Iterable[BoundClaim]:
    results = without_goals(table)
    if past is None:
        for binding in bind(text, mentions, results, thresholds=_ANY_YEAR):
            yield _by_name(binding, results)
        return
    for binding in bind(text, mentions, without_goals(past), thresholds=_ANY_YEAR):
        yield _by_last_year(binding, past, results)


def without_goals(table: IndicatorTable) -> IndicatorTable:
    """The rows that report results; the same table for the same one, so that its index is kept."""
    return _without_goals(ByIdentity(table))


@lru_cache(maxsize=16)
def _without_goals(held: "ByIdentity[IndicatorTable]") -> IndicatorTable:
    table = held.value
    kept = tuple(
        row for row in table.rows if row.status != "目标" and row.id not in table.overruled
    )
    return replace(table, rows=kept)


def _by_name(binding: Binding, table: IndicatorTable) -> BoundClaim:
    best = _confirmed_first(binding, table, "prior") or binding.best
    row = table.by_id(best.indicator) if best else None
    if best is None or row is None or best.score < _SURE_ALONE:
        return BoundClaim(binding.mention)
    confirmed = best.field == "value" and says(binding.mention, row.prior, row.unit)
    unlike = _is_faint(binding, best) or means_another(binding, row)
    return BoundClaim(
        binding.mention, best.field, row, confirmed=confirmed, faint=unlike and not confirmed
    )


def _by_last_year(binding: Binding, past: IndicatorTable, table: IndicatorTable) -> BoundClaim:
    best = _confirmed_first(binding, past, "") or binding.best
    old = past.by_id(best.indicator) if best else None
    if best is None or old is None:
        return BoundClaim(binding.mention)
    figure: Figure | None = getattr(old, best.field, None)
    confirmed = says(binding.mention, figure, old.unit if best.field in _UNITED else "")
    row = successor(old, table)
    faint = _is_faint(binding, best) and not confirmed
    return BoundClaim(binding.mention, best.field, row, old.name, confirmed, faint)


def _is_faint(binding: Binding, best: Candidate) -> bool:
    """The clause's own noun hardly names the row; without a noun it goes on about the last one."""
    return best.is_faint and binding.context.has_own_subject


_UNITED = ("value", "prior", "target", "change")


def _confirmed_first(binding: Binding, table: IndicatorTable, field: str) -> Candidate | None:
    """Of candidates about as likely as the best the one whose figure the text repeats."""
    if binding.best is None:
        return None
    for one in binding.candidates:
        row = table.by_id(one.indicator)
        if row is None or one.score < binding.best.score - _NEAR:
            continue
        name = field or one.field
        figure: Figure | None = getattr(row, name, None)
        fits = not field or one.field == "value"
        if fits and says(binding.mention, figure, row.unit if name in _UNITED else ""):
            return one
    return None


def says(mention: Mention, figure: Figure | None, written: str) -> bool:
    """The mention's number is the figure's, units converted."""
    number = mention.number
    if number is None or figure is None:
        return False
    if (number.upto, number.over) != (figure.number.upto, figure.number.over):
        return False
    own = mention.unit.factor if mention.unit else Decimal(1)
    other = unit(written).factor if written and mention.unit else own
    return abs(number.value) * own == abs(figure.number.value) * other


def successor(old: Indicator, table: IndicatorTable) -> Indicator | None:
    """This year's row for a row of last year: by name or alias, the same section first."""
    names = {plain_name(name) for name in old.names}
    rows = [row for row in table.rows if names & {plain_name(name) for name in row.names}]
    rows.sort(
        key=lambda row: (
            plain_name(row.name) != plain_name(old.name),
            row.section != old.section,
            row.basis != old.basis,
            row.scope != old.scope,
        )
    )
    return rows[0] if rows else None


def plain_name(name: str) -> str:
    """A name for comparing: without blanks, quotes and brackets' width."""
    return re.sub(r"[\s“”\"'（）()]", "", name)
