"""Which figures of a draft have a series of years."""

from dataclasses import replace

from drafter.records.draft import Draft
from drafter.records.indicator import Conflict, IndicatorTable
from drafter.trends import series_of
from tests.builders import table
from tests.exporting.drafts import a_draft, a_section, spanned


def a_year(year: int, *rows: str) -> IndicatorTable:
    return table(*(f"{row} 期{year}年1—11月" for row in rows))


def drafted(now: IndicatorTable, kind: str = "achievements") -> Draft:
    section = a_section("（一）工业经济稳中有进 / " + "".join(f"{row.name}。" for row in now.rows))
    for row in now.rows:
        section = spanned(section, row.name, "cell", indicator=row.id, field="值")
    return a_draft(replace(section, kind=kind))


def points(
    now: IndicatorTable, past: dict[int, IndicatorTable], kind: str = "achievements"
) -> dict[str, list[tuple[int, str]]]:
    return {
        one.name: [(year, str(value)) for year, value in one.points]
        for section in series_of(drafted(now, kind), now, past)
        for one in section.series
    }


PAST = {2022: a_year(2022, "工业投资=51.2亿元"), 2023: a_year(2023, "工业投资=60亿元")}


def test_the_same_figure_of_past_years_makes_a_series():
    now = a_year(2024, "工业投资=79.8亿元")
    assert points(now, PAST) == {"工业投资": [(2022, "51.2"), (2023, "60"), (2024, "79.8")]}


def test_two_years_are_no_series():
    assert points(a_year(2024, "工业投资=79.8亿元"), {2023: PAST[2023]}) == {}


def test_last_years_column_stands_in_for_a_table_that_is_missing():
    now = a_year(2024, "工业投资=79.8亿元 上年60.1")
    assert points(now, {2022: PAST[2022]})["工业投资"][1] == (2023, "60.1")


def test_other_months_units_or_bases_make_no_series():
    now = a_year(2024, "工业投资=79.8亿元")
    for other in ("工业投资=612000万元", "工业投资=60亿元 口径新口径"):
        assert points(now, {2022: PAST[2022], 2023: a_year(2023, other)}) == {}
    whole = table("工业投资=60亿元 期2023年")
    assert points(now, {2022: PAST[2022], 2023: whole}) == {}


def test_a_former_name_given_as_alias_counts():
    now = a_year(2024, "工业投资=79.8亿元 别名工业固投")
    past = {2022: PAST[2022], 2023: a_year(2023, "工业固投=60亿元")}
    assert len(points(now, past)["工业投资"]) == 3


def test_only_sections_on_results_have_charts():
    assert points(a_year(2024, "工业投资=79.8亿元"), PAST, kind="lead") == {}
    assert points(a_year(2024, "工业投资=79.8亿元"), PAST, kind="plan") == {}


def test_what_must_be_told_comes_first_and_four_are_the_most():
    names = [f"指标{number}" for number in "甲乙丙丁戊"]
    now = a_year(2024, *(f"{name}=1亿元" for name in names[:-1]), f"{names[-1]}=1亿元 采用必报")
    past = {year: a_year(year, *(f"{name}=1亿元" for name in names)) for year in (2022, 2023)}
    assert list(points(now, past)) == ["指标戊", "指标甲", "指标乙", "指标丙"]


def test_a_row_that_lost_a_conflict_is_no_year_of_a_series():
    now = a_year(2024, "工业投资=79.8亿元")
    lost = a_year(2023, "工业投资=60亿元")
    cells = (lost.rows[0].row, lost.rows[0].row)
    conflict = Conflict("R9", lost.rows[0].id, "value", cells, "核定优先于快报")
    past = {2022: PAST[2022], 2023: replace(lost, conflicts=(conflict,))}
    assert points(now, past) == {}
