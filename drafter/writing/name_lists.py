"""Names that this year's fact list gives for a count: 云杉、青禾、松涛3家企业.

Last year's names before a count always go. This year's take their place where a 名单 fact speaks of
the same thing and lists as many as the table counts; where the two differ nothing is merged and a
person is asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from drafter.records.draft import Question
from drafter.records.fact import Fact
from drafter.records.indicator import Indicator
from drafter.verification.facts.lexicon import fold, load_lexicon
from drafter.verification.facts.points import census
from drafter.verification.facts.sources import pairs_of
from drafter.writing.phrases import noun
from drafter.writing.references import Materials

_SAME_THING = 0.6
"""Share of the pairs of a row's noun that a fact must say; its verb (新增, 培育) may differ."""
_HEAD = 4
"""Characters at the end of a noun, what the things are, that the fact must say as they stand."""


@dataclass(frozen=True, slots=True)
class NameList:
    """The names that a 名单 fact lists."""

    fact: Fact
    ref: str
    names: tuple[str, ...]
    count: int
    """As the fact says it, else as many as it names."""

    @property
    def source(self) -> str:
        """The reference that prints the names."""
        return f"{{{{ {self.ref}.名单 }}}}"

    @property
    def rest(self) -> str:
        """等 where it names fewer than it counts."""
        return "等" if len(self.names) < self.count else ""


def name_lists(facts: Iterable[Fact], materials: Materials) -> tuple[NameList, ...]:
    """The lists of those facts that may be printed."""
    found = []
    for fact in facts:
        names, count = listed(fact)
        if names and fact.disclosure in ("", "可公开"):
            found.append(NameList(fact, materials.fact_ref(fact.id), names, count))
    return tuple(found)


def listed(fact: Fact) -> tuple[tuple[str, ...], int]:
    """The names that a 名单 fact lists and how many it says they are; ((), 0) for other facts."""
    if fact.kind != "名单":
        return (), 0
    for point in census(fact.text, load_lexicon()):
        if point.kind == "list" and point.names:
            figure = next((one for one in fact.figures if one.text.startswith(point.count)), None)
            said = figure.quantity.number.value if figure and figure.quantity else None
            return point.names, int(said) if said is not None else len(point.names)
    return (), 0


def fitting(lists: Sequence[NameList], row: Indicator) -> NameList | None:
    """The list of what a row counts, if it has as many."""
    return next((one for one in _about(lists, row) if Decimal(one.count) == _value(row)), None)


def differing(section: str, lists: Sequence[NameList], row: Indicator) -> tuple[Question, ...]:
    """A list of what a row counts that has more or fewer: a person says which is right."""
    return tuple(
        Question(
            section=section,
            text=f"素材{one.fact.id}列{one.count}个名称，指标“{row.name}”为{_shown(row)}，请核对后再列名",
            department=one.fact.department or row.department,
        )
        for one in _about(lists, row)
        if Decimal(one.count) != _value(row)
    )


def _about(lists: Sequence[NameList], row: Indicator) -> list[NameList]:
    name = fold(noun(row))
    said = set(pairs_of(name))
    found = []
    for one in lists:
        text = fold(one.fact.text)
        shared = len(said & set(pairs_of(text)))
        if said and name[-_HEAD:] in text and shared >= _SAME_THING * len(said):
            found.append(one)
    return found


def _value(row: Indicator) -> Decimal | None:
    return row.value.number.value if row.value is not None else None


def _shown(row: Indicator) -> str:
    return f"{row.value.number}{row.unit}" if row.value is not None else "空"
