"""Verdicts on periods and dates: judged against the rows and facts that they scope."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter

from drafter.numerals.segments import sentences
from drafter.records.claim import Finding, Verdict
from drafter.records.fact import Fact
from drafter.records.indicator import Cell, Indicator
from drafter.records.mention import Mention
from drafter.records.period import Period
from drafter.verification.binding.candidates import Binding
from drafter.verification.binding.entries import index_of
from drafter.verification.binding.fields import speaks_of_goal
from drafter.verification.binding.names import normalise, pairs
from drafter.verification.binding.periods import fits
from drafter.verification.judging import Materials

_LIKE_EVENT = 0.6


def judge_dates(
    text: str, mentions: Sequence[Mention], bound: Sequence[Binding], materials: Materials
) -> list[Finding]:
    """One finding for each period or date that asserts something.

    A period is supported when every row it scopes is of that time; a date when an event row or
    a fact named in its sentence has it. Open ones do not fail a text on their own.
    """
    stretches = sentences(text)
    times = [
        one
        for one in mentions
        if one.claim and one.kind in ("date", "period") and one.span is not None
    ]
    found = []
    for at, mention in enumerate(times):
        start, end = stretches[bisect_right(stretches, mention.start, key=itemgetter(0)) - 1]
        scoped = _scoped(mention, _between(bound, mention.start, end), materials)
        place = _own_place(text, (start, end), times, at)
        found.append(_judge(mention, place, scoped, materials))
    return found + _whole_years(text, stretches, bound, materials)


_BREAK = re.compile("[，,；;：:]")


def _own_place(text: str, sentence: tuple[int, int], times: Sequence[Mention], at: int) -> str:
    """The part of a sentence that a time speaks of: its clause and on to the next time's clause.

    5月，甲被通报；9月，乙入选: May is not the time of what September tells.
    """
    start, end = sentence
    if at and times[at - 1].start >= start:
        start = _clause_start(text, times[at - 1].end, times[at].start)
    if at + 1 < len(times) and times[at + 1].start < end:
        end = _clause_start(text, times[at].end, times[at + 1].start)
    return text[start:end]


def _clause_start(text: str, low: int, place: int) -> int:
    """Where the clause of a place begins, `low` where none begins behind that."""
    breaks = [found.end() for found in _BREAK.finditer(text, low, place)]
    return breaks[-1] if breaks else low


_WHOLE_YEAR = re.compile("全年(?![^，,。；]{0,4}(?:任务|目标|计划|进度))")
_OF_ITS_PERIOD = frozenset({"value", "yoy", "change", "share"})


def _whole_years(
    text: str,
    stretches: Sequence[tuple[int, int]],
    bound: Sequence[Binding],
    materials: Materials,
) -> list[Finding]:
    """全年 before a figure of eleven months (L13): the word holds no digit and is no mention."""
    found = []
    for word in _WHOLE_YEAR.finditer(text):
        end = stretches[bisect_right(stretches, word.start(), key=itemgetter(0)) - 1][1]
        first = next(iter(_between(bound, word.end(), end)), None)
        row = _told_of_the_year(first, materials)
        if row is None or first is None or row.period is None or first.mention.period is None:
            continue
        if not fits(first.mention.period, row.period):
            message = f"“{row.name}”的统计期在表中为{row.period_written}，文中写作全年"
            said = Mention(word.start(), word.end(), "全年", "全年", word.start(), "period", True)
            found.append(_finding(said, row, "contradicted", message))
    return found


def _told_of_the_year(binding: Binding | None, materials: Materials) -> Indicator | None:
    """The row of a result that the word 全年 scopes; goals are for the year by nature."""
    best = binding.best if binding is not None else None
    if binding is None or best is None or best.field not in _OF_ITS_PERIOD:
        return None
    said = binding.mention.period
    if said is None or said.written != "全年" or speaks_of_goal(binding.context):
        return None
    return materials.table.by_id(best.indicator) if best.score >= materials.contradict else None


def _between(bound: Sequence[Binding], start: int, end: int) -> Sequence[Binding]:
    """Bindings whose claims start within a stretch."""
    low = bisect_left(bound, start, key=lambda one: one.mention.start)
    return bound[low : bisect_left(bound, end, lo=low, key=lambda one: one.mention.start)]


def _scoped(mention: Mention, behind: Sequence[Binding], materials: Materials) -> list[Indicator]:
    """Rows whose claims stand behind the mention in its sentence and are scoped by it."""
    rows = {}
    for binding in behind:
        best = binding.best
        if best is None or best.is_fact or binding.mention.period is None:
            continue
        if binding.mention.period == mention.span:
            row = materials.table.by_id(best.indicator)
            if row is not None:
                rows[row.id] = row
    return list(rows.values())


def _judge(
    mention: Mention, place: str, scoped: Sequence[Indicator], materials: Materials
) -> Finding:
    span = mention.span
    assert span is not None  # noqa: S101 - the caller chose mentions that have one
    # Several events in a sentence: one must fit. 截至10月底 is no day on which something happened.
    for row in () if span.as_of else _events(place, materials):
        if row.period is not None and fits(span, row.period):
            return _finding(mention, row, "supported", "与表中统计期一致")
    # The figure right behind a period is the one it is said of; those further on inherit it
    # loosely (a count of the year may follow a figure of eleven months).
    first = next((row for row in scoped if row.period is not None), None)
    if first is not None and first.period is not None:
        if fits(span, first.period):
            return _finding(mention, first, "supported", "与表中统计期一致")
        message = f"“{first.name}”的统计期在表中为{first.period_written}，文中写作{mention.text}"
        return _finding(mention, first, "contradicted", message)
    fact = _dated_fact(place, span, materials)
    if fact is not None:
        return Finding(
            start=mention.start,
            end=mention.end,
            text=mention.text,
            verdict="supported",
            indicator=fact.id,
            indicator_name=f"素材{fact.id}：{fact.text[:16]}",
            field="date",
            expected=fact.date_written,
            evidence=(fact.cell,),
            message="与素材时间一致",
        )
    return Finding(
        start=mention.start,
        end=mention.end,
        text=mention.text,
        verdict="unsupported",
        rule="L01",
        message="没有可与此时间核对的指标或素材",
        blocking=False,
    )


def _finding(mention: Mention, row: Indicator, verdict: Verdict, message: str) -> Finding:
    written = row.period_written
    cell = Cell(row.row.file, row.row.sheet, row.row.cell, written)
    return Finding(
        start=mention.start,
        end=mention.end,
        text=mention.text,
        verdict=verdict,
        indicator=row.id,
        indicator_name=row.name,
        field="period",
        expected=written,
        rule=None if verdict == "supported" else "L13",
        evidence=(cell,),
        message=message,
    )


def _events(place: str, materials: Materials) -> list[Indicator]:
    """Rows without figures (events) that the sentence names."""
    said = dict.fromkeys(pairs(normalise(place)), 1.0)
    index = index_of(materials.table, materials.facts)
    return [
        entry.row
        for entry in (index.entries[at] for at in index.names.near(said, most=20))
        if entry.row is not None
        and not any(entry.row.figures())
        and index.names.coverage(entry.position, said) >= _LIKE_EVENT
    ]


def _dated_fact(place: str, span: Period, materials: Materials) -> Fact | None:
    """A fact whose date this is and whose words the sentence shares."""
    said = set(pairs(normalise(place)))
    for fact in materials.facts.facts:
        own = set(pairs(normalise(fact.text)))
        alike = own and len(own & said) / len(own) >= _LIKE_EVENT
        if not alike:
            continue
        if fact.date is not None and fits(span, fact.date):
            return fact
        if span.written and re.search(re.escape(span.written), fact.text):
            return fact
    return None
