"""Five yearly reports of one county, each judged against the indicators published with it.

The tables hold few rows, the reports speak of hundreds of figures: nearly all of them have no row.
So this measures what the bureaus' texts cannot: that a figure of another indicator, year or plan
is neither accused nor proved by a row of like name.
"""

import csv
import re
from pathlib import Path

import pytest

from drafter.reading.tables import read_tables
from drafter.reading.texts import read_text
from drafter.records.claim import Finding
from drafter.verification import verify

YEARS = ("2012", "2013", "2014", "2015", "2016")
HEADS = ("指标名称", "本期", "单位", "同比(%)", "统计期")


def rows_of(corpus: Path, year: str) -> dict[str, dict[str, str]]:
    """Name -> the fullest row of a report's year (the year before is what it reports on)."""
    found: dict[str, dict[str, str]] = {}
    with (corpus / "county" / "indicators.csv").open(encoding="utf-8-sig") as stream:
        for row in csv.DictReader(stream):
            if row["report_year"] == year:
                known = found.setdefault(row["indicator"], row)
                known["growth_pct"] = known["growth_pct"] or row["growth_pct"]
    return found


def judged(corpus: Path, year: str, folder: Path, *, dated: bool) -> tuple[str, list[Finding]]:
    """The report's text and the findings on its figures; `dated` rows say their year."""
    path = folder / f"{year}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADS)
        for row in rows_of(corpus, year).values():
            period = f"{row['data_year']}年" if dated else ""
            writer.writerow(
                (row["indicator"], row["value"], row["unit"], row["growth_pct"], period)
            )
    (report,) = (corpus / "county").glob(f"*_{year}.txt")
    text = read_text(report)
    findings = [one for one in verify(text, read_tables([path])).findings if one.field != "period"]
    return text, findings


def told(text: str, finding: Finding) -> str:
    return f"{text[max(0, finding.start - 20) : finding.end]} | {finding.message}"


@pytest.mark.parametrize("dated", [True, False], ids=["dated rows", "rows without a year"])
@pytest.mark.parametrize("year", YEARS)
def test_no_figure_of_a_report_is_accused(corpus: Path, tmp_path: Path, year: str, dated: bool):
    text, findings = judged(corpus, year, tmp_path, dated=dated)
    assert [told(text, one) for one in findings if one.verdict == "contradicted"] == []


@pytest.mark.parametrize("dated", [True, False], ids=["dated rows", "rows without a year"])
@pytest.mark.parametrize("year", YEARS)
def test_no_goal_of_the_plan_is_proved_by_a_result(
    corpus: Path, tmp_path: Path, year: str, dated: bool
):
    text, findings = judged(corpus, year, tmp_path, dated=dated)
    plan = re.search(r"^[\s　]*二、", text, re.MULTILINE)
    assert plan is not None
    goals = [one for one in findings if one.start > plan.start() and not one.is_open]
    proved = [one for one in goals if one.rule not in ("N27", "N28")]  # counts of what is listed
    assert [told(text, one) for one in proved] == []


@pytest.mark.parametrize("year", YEARS)
def test_every_row_of_the_table_is_found_in_its_report(corpus: Path, tmp_path: Path, year: str):
    _, findings = judged(corpus, year, tmp_path, dated=True)
    proved = {one.indicator_name for one in findings if not one.is_open}
    assert set(rows_of(corpus, year)) - proved == set()
