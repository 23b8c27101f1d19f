"""Rows that say different things of one quantity, and which of them counts.

Rows compete when name, period, scope and basis agree and neither belongs to another section
than the other. A goal (状态 目标) never competes with a result. The order of choice is a setting:
the better status, then the better source, then the later row.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from drafter.errors import MaterialError
from drafter.records.indicator import FIELDS, Conflict, FieldName, Figure, Indicator
from drafter.records.quantity import Number, unit

_MOST_COMPARED = 100_000
"""Pairs of rows of one name: 300 rows may share one, which no table of a year comes near."""
GOAL = "目标"
# Fields whose figures are in the row's own unit.
_IN_UNIT = frozenset({"value", "prior", "change", "target"})


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of two conflicting rows counts; the first that a row's text contains decides."""

    statuses: tuple[str, ...] = ("核定", "快报", "上报", "预计")
    sources: tuple[str, ...] = ("统计", "财政", "税务")
    unmarked: str = "上报"
    """A row without status counts as this one."""


DEFAULT = Choice()


def find_conflicts(rows: Sequence[Indicator], choice: Choice = DEFAULT) -> tuple[Conflict, ...]:
    """All conflicts among rows, in order of the rows.

    Args:
        rows: With their final ids, in the order of the files.
        choice: The order of choice.

    Returns:
        One conflict for each field in which a row was overruled by a better one.

    Raises:
        MaterialError: So many rows speak of one quantity that they are no indicators.
    """
    places = {row.id: place for place, row in enumerate(rows)}
    groups = list(_groups(rows))
    if sum(len(group) ** 2 for group in groups) > _MOST_COMPARED:
        most = max(groups, key=len)
        raise MaterialError(
            f"有{len(most)}行都叫“{most[0].name[:20]}”，且时期、范围、口径相同，无法逐一比对；"
            "请写明各行的不同之处，或删去重复的行"
        )
    conflicts = [conflict for group in groups for conflict in _in_group(group, places, choice)]
    return tuple(sorted(conflicts, key=lambda conflict: places[conflict.other]))


def _groups(rows: Iterable[Indicator]) -> Iterator[list[Indicator]]:
    groups: dict[tuple[str, ...], list[Indicator]] = {}
    for row in rows:
        if GOAL not in row.status:
            groups.setdefault(_key(row), []).append(row)
    return (group for group in groups.values() if len(group) > 1)


def _key(row: Indicator) -> tuple[str, ...]:
    """What makes two rows speak of one quantity; spelling of blanks and widths aside."""
    period = repr(row.period) if row.period else row.period_written
    return (_bare(row.name), period, _bare(row.scope), _bare(row.basis))


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _in_group(group: list[Indicator], places: dict[str, int], choice: Choice) -> Iterator[Conflict]:
    """Better rows first; a row that contradicts a standing one is overruled by it."""
    ranked = sorted(group, key=lambda row: _preference(row, places[row.id], choice))
    standing: list[Indicator] = []
    for row in ranked:
        against = next((better for better in standing if _contradict(better, row)), None)
        if against is None:
            standing.append(row)
            continue
        reason = _reason(against, row, choice)
        for field, ours, theirs in _differences(against, row):
            yield Conflict(against.id, row.id, field, (ours.cell, theirs.cell), reason)


def _preference(row: Indicator, place: int, choice: Choice) -> tuple[int, int, int]:
    return (_status(row, choice), _source(row, choice), -place)


def _status(row: Indicator, choice: Choice) -> int:
    return _first(choice.statuses, row.status or choice.unmarked)


def _source(row: Indicator, choice: Choice) -> int:
    """Named sources come before the bureau's own ledgers, whatever their order."""
    return 0 if any(word in row.source for word in choice.sources) else 1


def _first(words: Sequence[str], text: str) -> int:
    return next((index for index, word in enumerate(words) if word in text), len(words))


def _reason(chosen: Indicator, other: Indicator, choice: Choice) -> str:
    if _status(chosen, choice) != _status(other, choice):
        return f"状态“{chosen.status or '未注明'}”优先于“{other.status or '未注明'}”"
    if _source(chosen, choice) != _source(other, choice):
        return f"来源“{chosen.source}”优先于“{other.source or '本局'}”"
    return "状态和来源相同，以后一行为准"


def _contradict(first: Indicator, second: Indicator) -> bool:
    sections = {_bare(first.section), _bare(second.section)} - {""}
    return len(sections) < 2 and any(True for _ in _differences(first, second))


def _differences(first: Indicator, second: Indicator) -> Iterator[tuple[FieldName, Figure, Figure]]:
    for field in FIELDS:
        ours, theirs = first.figure(field), second.figure(field)
        if ours is None or theirs is None or not _comparable(field, first, second):
            continue
        if not _one_measure(field, first, second):
            continue
        if _amount(ours, first, field) != _amount(theirs, second, field):
            yield field, ours, theirs


def _comparable(field: FieldName, first: Indicator, second: Indicator) -> bool:
    """Ranks among others, shares of others and targets from others are no contradiction."""
    pairs = {
        "rank": (first.rank_scope, second.rank_scope),
        "yoy_rank": (first.rank_scope, second.rank_scope),
        "rank_of": (first.rank_scope, second.rank_scope),
        "share": (first.share_of, second.share_of),
        "target": (first.target_of, second.target_of),
        "completion": (first.target_of, second.target_of),
    }
    own, other = pairs.get(field, ("", ""))
    return _bare(own) == _bare(other)


def _one_measure(field: FieldName, first: Indicator, second: Indicator) -> bool:
    """项目 in 个 and 项目 in 亿元 are two quantities; a row without unit may be either."""
    if field not in _IN_UNIT or not first.unit or not second.unit:
        return True
    return unit(first.unit).dimension == unit(second.unit).dimension


def _amount(figure: Figure, row: Indicator, field: FieldName) -> tuple[object, ...]:
    """A figure without its spelling: 5000万元 and 0.5亿元 are one amount."""
    own = figure.unit or (row.unit if field in _IN_UNIT else "%")
    known = unit(own)
    factor = known.factor * known.to_dimension
    number: Number = figure.number
    upto = number.upto * factor if number.upto is not None else None
    return (number.value * factor, upto, number.over, known.dimension, figure.points)
