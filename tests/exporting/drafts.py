"""Drafts for the tests of the Word copies, in a word or two.

`a_draft("一、工作开展情况", "（一）抓工业。| 规模工业增加值增长8.7%。")`: each piece is a section;
`heading | text` is run in, `heading / text` is not, a piece without a heading is a lead.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from drafter.records.claim import Finding, Verdict
from drafter.records.draft import Draft, DraftSection, Question, Span, SpanKind
from drafter.records.fact import Fact, FactList
from drafter.records.indicator import Cell, Figure, Indicator, IndicatorTable
from drafter.records.quantity import Number

ORGANISATION = "云岭县科技和工业信息化局"
TITLE = f"{ORGANISATION}2024年工作总结及2025年工作思路"
FILE = "2024年指标表.xlsx"


def level_of(heading: str) -> int:
    """The level that an enumerator stands for."""
    if heading.startswith("（"):
        return 2 if heading[1] in "一二三四五六七八九十" else 4
    return 3 if heading[:1].isdigit() else 1


def a_section(notation: str, number: int = 0) -> DraftSection:
    """A section from `heading / text`, `heading | text` (run in) or text alone."""
    heading, text, run_in = "", notation, False
    if "|" in notation:
        heading, text = notation.split("|", 1)
        run_in = True
    elif "/" in notation:
        heading, text = notation.split("/", 1)
    elif notation[:1] == "（" or notation[1:2] in ("、", "."):
        heading, text = notation, ""
    heading, text = heading.strip(), text.strip(" ")
    return DraftSection(
        id=f"s{number}",
        heading=heading,
        level=level_of(heading) if heading else 0,
        template=text,
        text=text,
        run_in=run_in,
    )


def a_draft(*sections: str | DraftSection, **changes: Any) -> Draft:
    """A draft of the invented bureau; `changes` replace fields of it."""
    draft = Draft(
        title=TITLE,
        year=2024,
        organisation=ORGANISATION,
        sections=tuple(
            a_section(section, number) if isinstance(section, str) else section
            for number, section in enumerate(sections)
        ),
        date="2024年12月31日",
    )
    return replace(draft, **changes)


def place(section: DraftSection, words: str) -> tuple[int, int]:
    """Where words stand in a section."""
    start = section.text.index(words)
    return start, start + len(words)


def found(
    section: DraftSection, words: str, verdict: Verdict = "supported", **more: Any
) -> DraftSection:
    """The section with a finding on some words."""
    start, end = place(section, words)
    values = {"message": "", **more}
    finding = Finding(start=start, end=end, text=words, verdict=verdict, **values)
    return replace(section, findings=(*section.findings, finding))


def spanned(
    section: DraftSection, words: str, kind: SpanKind = "carried", **more: Any
) -> DraftSection:
    """The section with a span over some words."""
    start, end = place(section, words)
    return replace(section, spans=(*section.spans, Span(start=start, end=end, kind=kind, **more)))


def asked(section: DraftSection, text: str, after: str = "", **more: Any) -> Question:
    """A question to a 股室 that stands after some words of a section."""
    end = place(section, after)[1] if after else 0
    return Question(section=section.id, text=text, after=end, **more)


def a_cell(address: str, value: str, sheet: str | None = "指标") -> Cell:
    """A cell of the sample table."""
    return Cell(FILE, sheet, address, value)


def a_row(name: str, row: int, *, unit: str = "", **figures: str) -> Indicator:
    """A row of the sample table: `a_row("技改投资", 7, unit="亿元", value="2.6")`."""
    columns = {"value": "D", "yoy": "E", "rank": "F", "target": "G"}
    filled: dict[str, Any] = {
        field: Figure(Number(Decimal(value)), a_cell(f"{columns[field]}{row}", value))
        for field, value in figures.items()
    }
    return Indicator(
        id=f"R{row}",
        ref=name,
        name=name,
        unit=unit,
        row=a_cell(f"A{row}", name),
        period_written="2024年",
        **filled,
    )


def a_table(*rows: Indicator) -> IndicatorTable:
    """A table of rows."""
    return IndicatorTable(rows=rows, files=(FILE,))


def a_fact(identifier: str, text: str, **more: Any) -> Fact:
    """A fact of the sample list."""
    cell = Cell("2024年素材表.xlsx", "素材", "C5", text)
    return Fact(id=identifier, text=text, cell=cell, **more)


def facts(*listed: Fact) -> FactList:
    """A fact list."""
    return FactList(listed)
