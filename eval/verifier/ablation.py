"""The verifier with one check left out, to show what each check earns.

Derivations have a setting of their own, issues are filtered by rule; for the rest a switch replaces
one named function while a text is judged, so that the verifier carries no code for it. A name that is
gone raises: no switch goes stale unseen.
"""

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from drafter.records.claim import Report
from drafter.records.indicator import IndicatorTable
from drafter.verification import verify
from drafter.verification.binding.binder import forget
from drafter.verification.verifier import Options

Judge = Callable[[str, IndicatorTable], Report]

_ROOM = "drafter.verification"
_DERIVATIONS = tuple(f"N{number:02}" for number in (*range(1, 23), 27, 28))
_ISSUES = tuple(f"L{number:02}" for number in range(2, 45))


@dataclass(frozen=True, slots=True)
class Switch:
    """What leaving a check out puts in the place of `module.name`."""

    check: str
    module: str
    name: str
    without: Callable[[Any], Any]


@contextmanager
def switched_off(switch: Switch) -> Iterator[None]:
    """The verifier without one check, for as long as the context lasts."""
    module = importlib.import_module(f"{_ROOM}.{switch.module}")
    original = getattr(module, switch.name)
    setattr(module, switch.name, switch.without(original))
    forget()
    try:
        yield
    finally:
        setattr(module, switch.name, original)
        forget()


def _giving(value: Any) -> Callable[[Any], Any]:
    """A function that always gives one value."""
    return lambda _original: lambda *_given, **_named: value


def _first_argument(_original: Any) -> Any:
    return lambda given, *_rest, **_named: given


def _second_argument(_original: Any) -> Any:
    return lambda _first, given, *_rest, **_named: given


def _any_measure(original: Any) -> Any:
    """Units of different measures compare by their numbers."""
    return lambda kept, said: original(kept, said) or original(kept, kept)


def _any_direction(original: Any) -> Any:
    """A fall is as good as growth."""

    def compare(mention: Any, figure: Any, *rest: Any) -> Any:
        upright = replace(figure, number=replace(figure.number, value=abs(figure.number.value)))
        return original(mention._replace(direction="up"), upright, *rest)

    return compare


def _any_percent(original: Any) -> Any:
    """Percent and points are one."""

    def compare(mention: Any, figure: Any, *rest: Any) -> Any:
        points = mention.unit is not None and mention.unit.kind == "points"
        return original(mention, replace(figure, points=points), *rest)

    return compare


def _inexact(original: Any) -> Any:
    """Counts may be rounded too."""
    return lambda *given, **named: original(*given, **(named | {"exact": False}))


SWITCHES: tuple[Switch, ...] = (
    Switch("units measure alike", "comparing", "conversion", _any_measure),
    Switch("counts are exact", "comparing", "equal_as_written", _inexact),
    Switch("direction of a rate", "judging", "compare_rate", _any_direction),
    Switch("percent or points", "judging", "compare_rate", _any_percent),
    Switch("approximators", "comparing", "within", _giving(value=True)),
    Switch("scope of a rank", "comparing", "_scope", _giving("")),
    Switch("an own cell is not computed", "judging", "_has_own_cell", _giving(value=False)),
    Switch("periods are judged", "verifier", "judge_dates", _giving([])),
    Switch("period in binding", "binding.binder", "_of_its_time", _giving(1.0)),
    Switch("goals and results", "binding.binder", "_circumstance", _giving(1.0)),
    Switch("clauses inherit a row", "binding.binder", "_inherits", _giving(value=False)),
    Switch("a second figure goes on", "binding.binder", "_goes_on", _giving(value=False)),
    Switch("table order and section", "binding.binder", "_continuity", _giving(0.0)),
    Switch("分别 after figures", "binding.binder", "paired_rows", _giving({})),
    Switch("分别 after names", "binding.binder", "under_their_heads", _second_argument),
    Switch("ties by the next claim", "binding.binder", "without_neighbours", lambda _: list),
    Switch("ties by table order", "binding.binder", "in_table_order", _first_argument),
    Switch("rows that the noun excludes", "binding.binder", "others", _giving(frozenset())),
    Switch("a name said exactly", "binding.likeness", "_prefer_exact", _giving(None)),
    Switch("qualifiers set apart", "binding.likeness", "_set_apart", _giving(None)),
    Switch("short forms of names", "binding.likeness", "_lift_short_form", _giving(None)),
    Switch("fields by words", "binding.binder", "admits", _giving(1.0)),
)  # fmt: skip


def _without_derivation(rule: str) -> Judge:
    options = Options(without=frozenset({rule}))
    return lambda text, table: verify(text, table, options=options)


def _without_issue(rule: str) -> Judge:
    def judge(text: str, table: IndicatorTable) -> Report:
        report = verify(text, table)
        return replace(report, issues=tuple(one for one in report.issues if one.rule != rule))

    return judge


def _without(switch: Switch) -> Judge:
    def judge(text: str, table: IndicatorTable) -> Report:
        with switched_off(switch):
            return verify(text, table)

    return judge


JUDGES: dict[str, Judge] = {
    "": verify,
    **{switch.check: _without(switch) for switch in SWITCHES},
    **{f"derivation {rule}": _without_derivation(rule) for rule in _DERIVATIONS},
    **{f"issue {rule}": _without_issue(rule) for rule in _ISSUES},
}
"""The verifier whole, under '', and without each of its checks."""
