"""The verifier's own proof: corrupted texts must be caught, harmless rewritings left alone.

A corruption changes what a claim says. Claims are those that the verifier itself calls supported in
texts that are clean against their table. Swapped names and last year's figures count only where the
cells differ; the other operators do not prove their mutant false, so a few are true after all (超96.1%
of 96.11 %). Only the changed paragraph is judged, under its part's heading.
Escapes and false alarms are printed by
operator with 95 % Wilson intervals.
"""

import math
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from drafter.reading.tables import read_tables
from drafter.reading.texts import read_text
from drafter.records.claim import Finding
from drafter.records.indicator import Indicator, IndicatorTable
from drafter.verification import verify

SAMPLE = Path(__file__).parent.parent / "knowledge_base"
_DECIMAL = re.compile(r"\d+(?:\.\d+)?")
_ORDINALS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Pair:
    """A clean text and the table that proves it."""

    name: str
    text: str
    table: IndicatorTable


@dataclass(frozen=True, slots=True)
class Change:
    """`text[start:end]` becomes `words`."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Case:
    """A claim of a text as an operator sees it."""

    text: str
    finding: Finding
    row: Indicator
    table: IndicatorTable
    chance: random.Random

    @property
    def said(self) -> str:
        """The claim's own words."""
        return self.text[self.finding.start : self.finding.end]

    def instead(self, words: str) -> Change:
        """The claim in other words."""
        return Change(self.finding.start, self.finding.end, words)


Operator = Callable[[Case], Change | None]


def read_pair(text: Path, table: Path) -> Pair:
    """A pair from two files."""
    return Pair(text.name, read_text(text), read_tables([table]))


def own_pairs() -> tuple[Pair, ...]:
    """The sample bureau's summaries with their tables."""
    return tuple(
        read_pair(
            next(iter(sorted((SAMPLE / "summaries").glob(f"{year}*")))),
            SAMPLE / "tables" / f"{year}年指标表.xlsx",
        )
        for year in (2021, 2022, 2023)
    )


# Corruptions.


def digit(case: Case) -> Change | None:
    """Another digit."""
    places = [at for at, letter in enumerate(case.said) if letter in "0123456789"]
    if not places:
        return None
    at = case.chance.choice(places)
    other = case.chance.choice([one for one in "123456789" if one != case.said[at]])
    return case.instead(case.said[:at] + other + case.said[at + 1 :])


def decimal_shift(case: Case) -> Change | None:
    """The point one place to the left."""
    match = re.search(r"(\d+)\.(\d+)", case.said)
    if match is None or len(match[1]) < 2:
        return None
    moved = f"{match[1][:-1]}.{match[1][-1]}{match[2]}"
    return case.instead(case.said[: match.start()] + moved + case.said[match.end() :])


def scale(case: Case) -> Change | None:
    """亿元 for 万元 and the reverse."""
    for one, other in (("亿元", "万元"), ("万元", "亿元")):
        if one in case.said:
            return case.instead(case.said.replace(one, other))
    return None


def direction(case: Case) -> Change | None:
    """A fall told as growth and the reverse."""
    if case.finding.field != "yoy":
        return None
    start = case.finding.start
    for one, other in (("增长", "下降"), ("下降", "增长")):
        if case.text[:start].endswith(one):
            return Change(start - 2, case.finding.end, other + case.said)
    return None


def rank(case: Case) -> Change | None:
    """Another place."""
    match = re.search(f"[{_ORDINALS}]", case.said)
    if case.finding.field not in ("rank", "yoy_rank") or match is None:
        return None
    other = case.chance.choice([one for one in _ORDINALS if one != match.group()])
    return case.instead(case.said[: match.start()] + other + case.said[match.end() :])


def points(case: Case) -> Change | None:
    """Points for percent."""
    if case.finding.field != "yoy" or not case.said.endswith("%"):
        return None
    return case.instead(case.said.replace("%", "个百分点"))


def invented(case: Case) -> Change | None:
    """Any number."""
    match = _DECIMAL.search(case.said)
    if match is None:
        return None
    value = (
        f"{case.chance.uniform(1, 999):.1f}"
        if "." in match.group()
        else str(case.chance.randint(1, 9999))
    )
    if value == match.group():
        return None
    return case.instead(case.said[: match.start()] + value + case.said[match.end() :])


def swapped_name(case: Case) -> Change | None:
    """The figure said of another indicator of the same unit, whose own value differs."""
    name = case.row.name.rstrip("数额")
    start, end = max(0, case.finding.start - 30), case.finding.start
    at = case.text.rfind(name, start, end)
    value = case.row.value
    if case.finding.field != "value" or at < 0 or value is None:
        return None
    others = [
        row.name.rstrip("数额")
        for row in case.table.rows
        if row.value is not None
        and row.unit == case.row.unit
        and row.value.number.value != value.number.value
        and row.status != "目标"
        and row.name.rstrip("数额") not in case.text[at - 12 : end]
    ]
    if not others:
        return None
    other = case.chance.choice(others)
    return Change(at, case.finding.end, other + case.text[at + len(name) : case.finding.end])


def approximator(case: Case) -> Change | None:
    """超 before a number that is exactly that."""
    value = case.row.value
    if case.finding.field != "value" or value is None or value.approx is not None:
        return None
    if not case.said[0].isdigit() or case.finding.rule:
        return None
    return case.instead("超" + case.said)


def last_year(case: Case) -> Change | None:
    """Last year's figure left standing."""
    prior, value = case.row.prior, case.row.value
    if case.finding.field != "value" or prior is None or value is None:
        return None
    match = _DECIMAL.search(case.said)
    same = prior.number.value == value.number.value
    if match is None or same or match.group() != f"{value.number.value:f}":
        return None
    written = f"{prior.number.value:f}"
    return case.instead(case.said[: match.start()] + written + case.said[match.end() :])


CORRUPTIONS: tuple[Operator, ...] = (
    digit, decimal_shift, scale, direction, rank, points, invented, swapped_name, approximator,
    last_year,
)  # fmt: skip

# Harmless rewritings.


def other_unit(case: Case) -> Change | None:
    """1.56亿元 as 15600万元."""
    match = re.fullmatch(r"(\d+)\.(\d{1,4})亿元", case.said)
    if match is None:
        return None
    return case.instead(f"{int(match[1] + match[2].ljust(4, '0'))}万元")


def wide_digits(case: Case) -> Change | None:
    """Full-width digits."""
    wide = case.said.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    return case.instead(wide) if wide != case.said else None


def separators(case: Case) -> Change | None:
    """1,480 for 1480."""
    match = re.match(r"\d{4,}", case.said)
    if match is None:
        return None
    return case.instead(f"{int(match.group()):,}" + case.said[match.end() :])


def arabic_rank(case: Case) -> Change | None:
    """第2位 for 第二."""
    match = re.fullmatch(f"第([{_ORDINALS}])", case.said)
    return case.instead(f"第{_ORDINALS.index(match[1]) + 1}位") if match else None


def chinese_count(case: Case) -> Change | None:
    """三家 for 3家."""
    match = re.fullmatch(r"([1-9])([^\d.%].*)", case.said)
    if match is None:
        return None
    return case.instead(("一两三四五六七八九"[int(match[1]) - 1]) + match[2])


def percent_in_words(case: Case) -> Change | None:
    """百分之8.7 is not written by offices; 8.7 % with a space is."""
    return case.instead(case.said.replace("%", " %")) if case.said.endswith("%") else None


REWRITINGS: tuple[Operator, ...] = (
    other_unit, wide_digits, separators, arabic_rank, chinese_count, percent_in_words,
)  # fmt: skip


def interval(hits: int, total: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share."""
    if not total:
        return 0.0, 1.0
    z = 1.96
    share = hits / total
    middle = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scaled = 1 + z * z / total
    return max(0.0, (middle - spread) / scaled), (middle + spread) / scaled


def report(pairs: Sequence[Pair], *, mutants: int, seed: int) -> Iterator[str]:
    """Escapes by corruption and false alarms by rewriting, one line each.

    Args:
        pairs: Clean texts with their tables; open claims in them are false alarms.
        mutants: How many corruptions, and as many rewritings as a tenth of that.
        seed: Makes the run repeatable.
    """
    chance = random.Random(seed)  # noqa: S311 - repeatable, no secret
    cases, claims, alarms = _cases(pairs, chance)
    yield f"clean claims {claims}, open in them {alarms}"
    yield from _table("escapes", _run(cases, CORRUPTIONS, mutants, chance, caught=True))
    yield from _table("false alarms", _run(cases, REWRITINGS, mutants // 10, chance, caught=False))


def _cases(pairs: Sequence[Pair], chance: random.Random) -> tuple[list[Case], int, int]:
    cases, claims, alarms = [], 0, 0
    for pair in pairs:
        for finding in verify(pair.text, pair.table).findings:
            claims += finding.blocking
            alarms += finding.is_open and finding.blocking
            row = pair.table.by_id(finding.indicator or "")
            if not finding.is_open and row is not None and finding.field not in (None, "period"):
                cases.append(Case(pair.text, finding, row, pair.table, chance))
    return cases, claims, alarms


Counts = tuple[Counter[str], Counter[str], list[str]]


def _run(
    cases: Sequence[Case],
    operators: Sequence[Operator],
    wanted: int,
    chance: random.Random,
    *,
    caught: bool,
) -> Counts:
    """Applies operators by turns; a failure is a corruption not caught or a rewriting accused."""
    tried: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    examples: list[str] = []
    idle = 0
    while sum(tried.values()) < wanted and idle < 200 * len(operators):
        operator = operators[
            sum(tried.values()) % len(operators) if not idle else idle % len(operators)
        ]
        case = chance.choice(cases)
        change = operator(case)
        if change is None:
            idle += 1
            continue
        idle = 0
        name = operator.__name__
        tried[name] += 1
        if is_open(case, change) != caught:
            failed[name] += 1
            before = case.text[max(0, change.start - 16) : change.start]
            examples.append(f"  {name}: {before}[{change.words}]")
    return tried, failed, examples


def is_open(case: Case, change: Change) -> bool:
    """The verifier leaves something open where the text was changed.

    Only the paragraph is judged, under its part's heading: what a claim speaks of stands there.
    """
    changed = case.text[: change.start] + change.words + case.text[change.end :]
    begin = changed.rfind("\n", 0, change.start) + 1
    stop = changed.find("\n", change.start + len(change.words))
    heading = _heading_above(case.text, change.start)
    paragraph = changed[begin : stop if stop >= 0 else len(changed)]
    shift = len(heading) - begin
    low, high = change.start + shift, change.start + len(change.words) + shift
    return any(
        one.is_open and one.start < high and one.end > low
        for one in verify(heading + paragraph, case.table).findings
    )


def _heading_above(text: str, place: int) -> str:
    """The part's heading (一、…) above a place, as a line of its own."""
    found = re.findall(r"^[一二三四五六七八九十]+、[^\n]{1,40}\n", text[:place], re.MULTILINE)
    return str(found[-1]) if found else ""


def _table(title: str, counts: Counts) -> Iterator[str]:
    tried, failed, examples = counts
    yield f"{title}:"
    for name, total in sorted(tried.items()):
        low, high = interval(failed[name], total)
        yield f"  {name:18} {failed[name]:4} of {total:5}   {100 * low:5.2f}–{100 * high:.2f} %"
    total, bad = sum(tried.values()), sum(failed.values())
    low, high = interval(bad, total)
    yield f"  {'all':18} {bad:4} of {total:5}   {100 * low:5.2f}–{100 * high:.2f} %"
    yield from examples[:20]
