"""What the growth of a part does for its whole: N17, N18, of nominal figures only."""

import re
from collections.abc import Iterator

from drafter.records.indicator import Indicator
from drafter.verification.derivations.operands import (
    Derivation,
    Operand,
    difference,
    operand,
    quotient,
    usable,
)
from drafter.verification.derivations.parts import parts_spoken_of
from drafter.verification.derivations.surroundings import Surroundings, comparable

_CONTRIBUTES = re.compile(r"对(?P<whole>[^，,；;。]*?)(?:增长|增量|增加)?的?贡献率")
_PULLS = re.compile(r"(?:拉动|带动|推动)(?P<whole>[^，,；;。]*?)(?:增长|增速|上升|提高)")


def contribution(around: Surroundings) -> Iterator[Derivation]:
    """N17 Δpart ÷ Δwhole · 100, of nominal figures only."""
    for part, whole in _part_and_whole(around, _CONTRIBUTES):
        found = _quotient_of_changes("N17", part, whole, over_base=False)
        if found is not None:
            yield found


def pull(around: Surroundings) -> Iterator[Derivation]:
    """N18 Δpart ÷ whole a year ago, in points, of nominal figures only."""
    for part, whole in _part_and_whole(around, _PULLS):
        found = _quotient_of_changes("N18", part, whole, over_base=True)
        if found is not None:
            yield found


def _part_and_whole(
    around: Surroundings, pattern: re.Pattern[str]
) -> Iterator[tuple[Indicator, Indicator]]:
    match = pattern.search(around.context.clause)
    if match is None:
        return
    for part in parts_spoken_of(around, around.context.clause[: match.start()], match["whole"]):
        own = around.whole_of(part)
        for whole in own or around.named(match["whole"]):
            nominal = around.may_compute_growth(part) and around.may_compute_growth(whole)
            if whole.id != part.id and nominal and comparable(part, whole):
                yield part, whole


def _quotient_of_changes(
    rule: str, part: Indicator, whole: Indicator, *, over_base: bool
) -> Derivation | None:
    figures = (part.value, part.prior, whole.value, whole.prior)
    if any(one is None or not usable(one) for one in figures):
        return None
    a, a0 = _two(part)
    b, b0 = _two(whole)
    grown = difference(rule, a, a0)
    gained = Operand(f"({grown.formula})", grown.low, grown.high, grown.evidence, "")
    if over_base:
        return quotient(rule, gained, b0, "{a} ÷ {b} × 100%")
    more = difference(rule, b, b0)
    base = Operand(f"({more.formula})", more.low, more.high, more.evidence, "")
    return quotient(rule, gained, base, "{a} ÷ {b} × 100%")


def _two(row: Indicator) -> tuple[Operand, Operand]:
    if row.value is None or row.prior is None:
        message = f"row {row.id} has no two years"
        raise ValueError(message)
    return operand(row, row.value), operand(row, row.prior, "上年同期")
