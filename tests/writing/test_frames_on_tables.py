"""Frames over whole tables: two judges agree on every figure, and no row is lost."""

from pathlib import Path

import pytest

from drafter.reading.tables import read_tables
from drafter.records.claim import Finding
from drafter.records.draft import Rendering, Span
from drafter.records.indicator import Indicator, IndicatorTable
from drafter.verification import verify
from drafter.writing.frames import groups, is_printable, paragraph, sentence
from drafter.writing.references import Materials, check_template
from drafter.writing.rendering import render

TABLES = Path(__file__).parents[2] / "knowledge_base" / "tables"
YEARS = (2021, 2022, 2023, 2024)


def told(table: IndicatorTable, year: int) -> list[Rendering]:
    """A paragraph for each theme of a table."""
    materials = Materials(table, year=year)
    themes: dict[str, list[Indicator]] = {}
    for row in table.rows:
        if row.id not in table.overruled:
            themes.setdefault(row.section, []).append(row)
    templates = [paragraph(rows, materials) for rows in themes.values()]
    assert [problem for one in templates for problem in check_template(one, materials)] == []
    return [render(one, materials) for one in templates]


def figures(rendering: Rendering) -> list[Span]:
    """What was inserted with a number in it; 持平 has none."""
    spans = [span for span in rendering.spans if span.field not in ("period", "status")]
    return [span for span in spans if rendering.text[span.start : span.end] != "持平"]


def share_of_agreement(table: IndicatorTable, renderings: list[Rendering]) -> float:
    """How many printed figures the verifier binds to the row they came from and supports."""
    agreed = total = 0
    for rendering in renderings:
        findings = verify(rendering.text, table).findings
        for span in figures(rendering):
            over = [one for one in findings if one.start < span.end and span.start < one.end]
            rows = {name for one in over for name in (one.indicator, *one.also)}
            derived = any(one.verdict == "derived" for one in over)
            total += 1
            agreed += (span.indicator in rows or derived) and not any(map(_is_open, over))
    return agreed / total


def _is_open(finding: Finding) -> bool:
    return finding.is_open


def every_row_stands(table: IndicatorTable, renderings: list[Rendering]) -> bool:
    spoken = {span.indicator for one in renderings for span in one.spans}
    text = "".join(one.text for one in renderings)
    rows = [row for row in table.rows if is_printable(row) and row.id not in table.overruled]
    return all(row.id in spoken or row.name in text for row in rows)


@pytest.mark.parametrize("year", YEARS)
def test_the_sample_bureau_is_told_whole_and_understood(year: int) -> None:
    table = read_tables([TABLES / f"{year}年指标表.xlsx"])
    renderings = told(table, year)
    assert every_row_stands(table, renderings)
    assert [span for one in renderings for span in one.spans if span.kind == "open"] == []
    assert share_of_agreement(table, renderings) >= 0.98


def test_a_real_table_is_told_whole_and_understood(corpus: Path) -> None:
    table = read_tables([corpus / "seeds" / "000_indicators.csv"])
    renderings = told(table, 2022)
    assert every_row_stands(table, renderings)
    assert share_of_agreement(table, renderings) >= 0.98


def test_no_zero_and_no_doubled_word_is_printed() -> None:
    table = read_tables([TABLES / "2024年指标表.xlsx"])
    text = "".join(one.text for one in told(table, 2024))
    for word in ("完成完成", "增长增长", "达达", "约约", "元元", "同比同比", "，，", "预计预计"):
        assert word not in text
    assert not [sentence_ for sentence_ in text.split("。") if sentence_.endswith("0起")]


def test_a_sentence_holds_four_rows_and_a_list_of_parts() -> None:
    table = read_tables([TABLES / "2024年指标表.xlsx"])
    materials = Materials(table, year=2024)
    for group in groups(table.rows):
        assert len([row for row in group if not row.parent]) <= 4
        assert sentence(group, materials).count("。") == 1
