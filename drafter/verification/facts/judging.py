"""Verdicts on fact points: held against facts, rows, standing names and conditions on rows.

A point is supported by a source that says it, contradicted by one that says otherwise of the same
thing, else unsupported. Without a fact list only judgements can be told, by the rows alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from drafter.numerals.segments import sentences
from drafter.records.claim import Finding
from drafter.records.fact import FactList
from drafter.records.indicator import Indicator, IndicatorTable
from drafter.records.mention import Mention
from drafter.verification.facts.condition_judging import judge_condition, judge_quantifier
from drafter.verification.facts.doing_judging import judge_date, judge_doing
from drafter.verification.facts.lexicon import Lexicon, fold
from drafter.verification.facts.name_judging import judge_list, judge_name, judge_person
from drafter.verification.facts.points import FactPoint, census, judgements_in
from drafter.verification.facts.sources import pairs_of, sources_of
from drafter.verification.facts.surroundings import Surroundings
from drafter.verification.facts.wordings import covered, judge_wordings

BLOCKING = frozenset({"honour", "title", "document", "person", "meeting", "wording"})
"""Kinds of points that stand against a clean copy while open, unless settings say otherwise."""


def judge_facts(
    text: str,
    mentions: Sequence[Mention],
    numbers: Sequence[Finding],
    table: IndicatorTable,
    facts: FactList,
    lexicon: Lexicon,
    blocking: frozenset[str] = BLOCKING,
) -> list[Finding]:
    """Findings on all fact points of a text, against facts and rows.

    Args:
        text: The text; offsets are its code points.
        mentions: Its numerals.
        numbers: Findings on them, in order of place.
        table: The rows.
        facts: The fact list.
        lexicon: The lists.
        blocking: Kinds of points that fail the text while open.
    """
    points = census(text, lexicon)
    around = _surroundings(text, mentions, numbers, table, facts, lexicon, points)
    found = [_weighed(one, blocking) for one in judge_wordings(around)]
    wordings = tuple(found)
    for point in around.points:
        judged = [_weighed(one, blocking) for one in _judge(point, around)]
        if point.kind == "quoted" and covered(point, wordings):
            judged = [one for one in judged if one.verdict == "contradicted"]
        found += judged
    return found


def judge_conditions(
    text: str,
    mentions: Sequence[Mention],
    numbers: Sequence[Finding],
    table: IndicatorTable,
    lexicon: Lexicon,
) -> list[Finding]:
    """Judging words that the rows alone refute; they never fail a text."""
    points = judgements_in(text, lexicon)
    if not points:
        return []
    around = _surroundings(text, mentions, numbers, table, _NO_FACTS, lexicon, points)
    found = [
        judge_condition(one, around)
        for one in points
        if one.line.is_heading or around.rows_in(*one.clause)
    ]
    return [
        replace(one, blocking=False)
        for one in found
        if one is not None and one.verdict == "contradicted"
    ]


_NO_FACTS = FactList()
_NO_ROWS = IndicatorTable(())


def _surroundings(
    text: str,
    mentions: Sequence[Mention],
    numbers: Sequence[Finding],
    table: IndicatorTable,
    facts: FactList,
    lexicon: Lexicon,
    points: Sequence[FactPoint],
) -> Surroundings:
    around = Surroundings(
        text=text,
        mentions=mentions,
        numbers=numbers,
        table=table,
        sources=sources_of(table if facts.facts else _NO_ROWS, facts, lexicon),
        lexicon=lexicon,
        sentences=sentences(text),
        points=points,
    )
    return replace(around, section_rows=_section_rows(around))


def _section_rows(around: Surroundings) -> dict[str, tuple[Indicator, ...]]:
    """For each heading above a judgement: the rows of that section by name, else those it prints."""
    headings = {point.line.heading for point in around.points if point.judgement}
    if not headings:
        return {}
    by_section: dict[str, list[Indicator]] = defaultdict(list)
    for row in around.table.rows:
        by_section[row.section].append(row)
    found = {}
    for heading in headings:
        said = set(pairs_of(fold(heading)))
        rows = [
            row
            for section, rows in by_section.items()
            if section and set(pairs_of(fold(section))) <= said
            for row in rows
        ]
        found[heading] = tuple(rows)
    return found


def _judge(point: FactPoint, around: Surroundings) -> Iterator[Finding]:
    if point.kind in ("honour", "event"):
        finding = judge_doing(point, around)
        yield finding
        yield from judge_date(point, finding, around)
    elif point.kind == "person":
        finding = judge_person(point, around)
        yield finding
        yield from judge_date(point, finding, around)
    elif point.kind == "list":
        yield judge_list(point, around)
    elif point.kind == "quantifier":
        yield judge_quantifier(point, around)
    elif point.kind == "judgement":
        told = judge_condition(point, around)
        if told is not None:
            yield told
    else:
        yield judge_name(point, around)


def _weighed(finding: Finding, blocking: frozenset[str]) -> Finding:
    return replace(finding, blocking=finding.field in blocking)
