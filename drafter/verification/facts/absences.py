"""未发生较大生产安全事故: that nothing happened is a claim too, though it has no numeral.

With a numeral (未发生一起…) the claim is a count like any other. Without one the row that counts just
that decides: its nought bears the words out, anything else contradicts them.
"""

import re
from collections.abc import Iterator
from typing import Final

from drafter.numerals.segments import clauses
from drafter.records.claim import Finding
from drafter.records.indicator import Indicator, IndicatorTable
from drafter.verification.facts.lexicon import fold
from drafter.verification.facts.sources import pairs_of

_ABSENT: Final = re.compile(
    r"(?:未|没有|无|均未)(?:再)?发生(?!了?[一0-9]|率)(?P<what>[^，。；、：\n]{2,30})"
)
_COUNTED: Final = re.compile(r"(?:起数|件数|例数|宗数|次数|数量|总数|数|起|件|例|宗)$")
_UNITS: Final = frozenset({"起", "件", "例", "宗", "次", ""})
_ALIKE: Final = 0.85
"""Dice of pairs: a narrower word (重大) names another count."""


def absences(text: str, table: IndicatorTable) -> Iterator[Finding]:
    """Verdicts on what a text says did not happen; silent where no row counts it.

    Args:
        text: The finished text.
        table: This year's rows.
    """
    rows = [row for row in table.rows if row.value is not None and row.unit in _UNITS]
    if not rows or "发生" not in text:
        return
    for start, end in clauses(text):
        for found in _ABSENT.finditer(text, start, end):
            row = _counting(found["what"], rows)
            if row is not None:
                yield _finding(found, row)


def _counting(what: str, rows: list[Indicator]) -> Indicator | None:
    """The row that counts just that."""
    weighed = [
        (max(_likeness(what, _COUNTED.sub("", name)) for name in row.names), row) for row in rows
    ]
    best, row = max(weighed, key=lambda one: one[0])
    return row if best >= _ALIKE else None


def _likeness(what: str, noun: str) -> float:
    own, other = set(pairs_of(fold(what))), set(pairs_of(fold(noun)))
    return 2 * len(own & other) / (len(own) + len(other)) if own and other else 0.0


def _finding(found: re.Match[str], row: Indicator) -> Finding:
    assert row.value is not None  # noqa: S101 - rows without one were left out
    nothing = row.value.number.value == 0
    shown = f"{row.value.number}{row.unit}"
    message = f"“{row.name}”在表中为{shown}"
    return Finding(
        start=found.start(),
        end=found.end(),
        text=found[0],
        verdict="supported" if nothing else "contradicted",
        indicator=row.id,
        indicator_name=row.name,
        field="quantifier",
        expected=None if nothing else shown,
        rule=None if nothing else "L29",
        evidence=(row.value.cell,),
        message=f"与表一致：{message}" if nothing else f"{message}，文中写作“{found[0]}”",
        kind="fact",
        blocking=not nothing,
    )
