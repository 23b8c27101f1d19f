"""What stands around a claim that asks for a derivation: which rows its operands may be.

Of a table of ninety rows some pair yields nearly any number, so operands are rows that the claim's
own clause names, that its sentence states a figure of, or that the table ties to such a row (its
whole, or the same indicator at another time): DOMAIN §3.6 step 4.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from drafter.records.indicator import Indicator
from drafter.verification.bases import may_recompute_growth
from drafter.verification.binding.context import ClaimContext
from drafter.verification.binding.fields import row_unit
from drafter.verification.binding.names import normalise, normalise_name, pairs
from drafter.verification.binding.nouns import content_words
from drafter.verification.binding.periods import fits

_NAMED = 0.6
"""Share of a name's pairs that a clause must say to name the row."""


# Words that say how a figure was come by, and of which year: they name nothing.
_ASKING = re.compile(
    "[较比与和]?(?:上年|去年|前年|年初|上月|上季度)[末底]?(?:同期|同比|相比)?|同期|同比|相比|基数|较|剩余|其余|剩下|余下|[还尚仍][有余剩差]|未完成|"
    "(?:近|这|过去)?[两二三四五六七八九十0-9]+年[来间]?|[前后]移|进位|相当于|平均|翻|年均|增量|数量|绝对值|幅度|达到|双双|共计|合计|完成率|位次|排名|名次|超出|超过|年度|任务|目标|计划|进度"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A figure that the claim's sentence states, and the words beside it."""

    row: Indicator
    field: str
    start: int
    """Where it stands in the text."""
    beside: str = ""
    """Its own clause before and behind it, up to its neighbours."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A claim, the rows near it and what its sentence tells."""

    context: ClaimContext
    rows: Sequence[Indicator]
    """Rows that the text speaks of nearby, the nearest first."""
    told: Sequence[Told] = ()
    """The other figures of the sentence in the order of the text."""
    by_name: Mapping[str, Sequence[Indicator]] = field(default_factory=dict, repr=False)
    """Name -> rows of that name, for wholes and for other times of the same indicator."""
    own: frozenset[str] = frozenset()
    """Ids of rows that hold the claimed figure themselves; no figure is a sum of itself."""
    restated: frozenset[str] = frozenset()
    """Ids of rows whose 上年同期 is not what last year printed: their growth is quoted only."""
    any_basis: bool = False
    """Asks what the figures would yield if every basis allowed it: to name a forbidden calculation."""

    @property
    def subjects(self) -> Sequence[Indicator]:
        """The rows that the clause names, else the one told last, else the nearest.

        A clause with a noun of its own that names no row speaks of something the table lacks.
        """
        named = self.named(self.context.clause)
        if named:
            return named
        before = [one.row for one in self.told if one.start < self.context.mention.start]
        found = before[-1:] or self.rows[:1]
        return [] if found and self._speaks_of_another(found[0]) else found

    def _speaks_of_another(self, row: Indicator) -> bool:
        """The clause names something in front of the figure that the row's name does not know."""
        own = {pair for name in row.names for pair in pairs(normalise_name(name))}
        words = content_words(_ASKING.sub(" ", self.context.before))
        return any(not own.intersection(pairs(word)) for word in words if len(word) > 1)

    def has_one_base(self, row: Indicator) -> bool:
        """The row's 上年同期 is what last year printed: the two years may be compared."""
        return self.any_basis or row.id not in self.restated

    def may_compute_growth(self, row: Indicator) -> bool:
        """The row's basis lets growth be computed from its two years (§3.3, §3.5)."""
        return self.any_basis or (self.has_one_base(row) and may_recompute_growth(row))

    def named(self, stretch: str) -> list[Indicator]:
        """Rows nearby whose name a stretch says, the nearest first.

        工业投资 is not named where 工业技改投资 stands for another row.
        """
        said = frozenset(pairs(normalise(stretch)))
        found = {row.id: (row, *_said_of(row, said)) for row in self.rows}
        heard = [one for one in found.values() if one[1]]
        return [
            row
            for row, words, share in heard
            if not any(words < more or (words == more and share < most) for _, more, most in heard)
        ]

    def values_before(self, dimension: str) -> list[Indicator]:
        """Rows whose own amounts of such a measure the sentence states before the claim."""
        return [
            one.row
            for one in self.told
            if one.start < self.context.mention.start and _states_value(one, dimension)
        ]

    def values_behind(self, dimension: str) -> list[Indicator]:
        """The same behind the claim."""
        return [
            one.row
            for one in self.told
            if one.start > self.context.mention.start and _states_value(one, dimension)
        ]

    def whole_of(self, row: Indicator) -> Sequence[Indicator]:
        """The rows that the table names as the whole of a row."""
        names = [name for name in (row.parent, row.share_of) if name]
        return [
            whole for name in names for whole in self.by_name.get(name, ()) if whole.id != row.id
        ]

    def other_times(self, row: Indicator) -> Sequence[Indicator]:
        """Rows of the same indicator and scope for other spans of time."""
        return [
            other
            for other in self.by_name.get(row.name, ())
            if other.period != row.period
            and (other.unit, other.scope, other.basis) == (row.unit, row.scope, row.basis)
            and "目标" not in other.status
        ]

    def years_ago(self, row: Indicator, years: int) -> Indicator | None:
        """The row of the same indicator so many years earlier, for the same months."""
        now = row.period
        for other in self.other_times(row):
            then = other.period
            if now is None or then is None or now.year is None or then.year is None:
                continue
            if now.year - then.year == years and (now.first, now.last) == (then.first, then.last):
                return other
        return None


def _states_value(one: Told, dimension: str) -> bool:
    return (
        one.field == "value"
        and one.row.value is not None
        and row_unit(one.row).dimension == dimension
    )


def names(stretch: str, row: Indicator) -> bool:
    """The stretch says most of the row's name."""
    return bool(_said_of(row, frozenset(pairs(normalise(stretch))))[0])


def _said_of(row: Indicator, said: frozenset[str]) -> tuple[frozenset[str], float]:
    """The pairs of the row's best name that are said, and their share; none if they are too few."""
    best: tuple[frozenset[str], float] = (frozenset(), 0.0)
    for name in row.names:
        own = frozenset(pairs(normalise_name(name)))
        heard = own & said
        share = len(heard) / len(own) if own else 0.0
        if share >= _NAMED and (len(heard), share) > (len(best[0]), best[1]):
            best = heard, share
    return best


def comparable(one: Indicator, other: Indicator) -> bool:
    """Two rows of one measure, time and price basis: one may be a part of the other."""
    alike = row_unit(one).dimension == row_unit(other).dimension
    same_basis = not one.basis or not other.basis or one.basis == other.basis
    return alike and same_basis and same_time(one, other)


def same_time(*rows: Indicator) -> bool:
    """No two of the rows stand for spans of time that differ."""
    spans = [row.period for row in rows if row.period is not None]
    return all(fits(one, spans[0]) for one in spans[1:])
