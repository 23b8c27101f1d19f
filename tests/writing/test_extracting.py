"""Figures of a past summary as rows of a table, for an officer to correct."""

from drafter.writing.extracting import extract_rows, without_formulas
from tests.writing.past import section, summary


def rows(text: str) -> list[tuple[str, str, str]]:
    found = extract_rows(summary(section("工业经济", text)))
    return [(row["指标名称"], row.get("本期", ""), row.get("同比(%)", "")) for row in found]


def test_growth_joins_the_figure_it_is_said_of():
    assert rows("工业投资完成208.6亿元，增长28.2%；工业技改投资103.2亿元，下降4.7%。") == [
        ("工业投资", "208.6", "28.2"),
        ("工业技改投资", "103.2", "-4.7"),
    ]


def test_a_count_takes_the_noun_behind_it():
    assert rows("新增9家企业。")[0][0] == "新增企业"


def test_a_figure_without_a_noun_takes_the_head_of_its_clause():
    assert [name for name, _, _ in rows("规上企业由250家增加到409家。")] == ["规上企业", "规上企业"]


def test_no_cell_is_taken_for_a_formula():
    assert without_formulas(["=1+1", "-4.7", "@x", "增长"]) == ["'=1+1", "-4.7", "'@x", "增长"]
