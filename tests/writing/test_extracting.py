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


def test_what_a_plan_names_is_a_goal():
    told = summary(
        section("2023年工作情况", "新增企业9家。"),
        section("2024年工作打算", "新增企业12家。"),
    )
    assert [(row["本期"], row.get("状态", "")) for row in extract_rows(told)] == [
        ("9", ""),
        ("12", "目标"),
    ]


def test_a_figure_of_several_years_says_so_in_its_name():
    assert rows("五年来建成公租房200户，发放补贴496万元。") == [
        ("五年来建成公租房", "200", ""),
        ("几年累计发放补贴", "496", ""),
    ]


def test_a_mean_over_years_is_no_growth_of_the_year():
    found = rows("工业投资完成208亿元，年均增长12.1%。")
    assert found == [("工业投资", "208", ""), ("工业投资年均", "12.1", "")]


def test_what_is_measured_by_an_older_year_stays_out():
    text = "工业投资由2018年的80亿元增加到208亿元，比2018年增长160%。"
    assert [row for row in rows(text) if row[1:] != ("208", "")] == []


def test_growth_against_the_year_before_stays():
    assert rows("工业投资208亿元，比2022年增长9%。") == [("工业投资", "208", "9")]


def test_a_rate_per_mille_keeps_its_unit():
    found = extract_rows(summary(section("人口", "人口自然增长率3.26‰。")))
    assert [(row["本期"], row["单位"]) for row in found] == [("3.26", "‰")]


def test_under_a_heading_of_several_years_sums_are_of_several_years():
    told = summary(section("“十四五”时期工作回顾", "流转林地9万亩。矿山企业达到12家。"))
    names = [row["指标名称"] for row in extract_rows(told)]
    assert names == ["几年累计流转林地", "矿山企业"]


def test_a_rate_that_is_reached_is_a_level():
    assert rows("林木覆盖率提高到46%。") == [("林木覆盖率", "46", "")]


def test_an_older_year_named_before_is_no_period_of_a_figure():
    told = summary(section("林业", "2021年以来，林区面积由7万亩扩大到9万亩，林场企业达到12家。"))
    assert [
        row.get("统计期", "") for row in extract_rows(told) if row.get("本期") in ("9", "12")
    ] == ["", ""]


def test_what_was_reached_since_some_year_is_no_sum():
    found = rows("五年来，林区面积扩大到9万亩。")
    assert found == [("林区面积", "9", "")]


def test_a_respective_growth_goes_to_its_own_figure():
    assert rows("接待游客19万人次，旅游收入7亿元，分别增长15.4%、23.5%。") == [
        ("接待游客", "19", "15.4"),
        ("旅游收入", "7", "23.5"),
    ]


def test_a_quoted_word_of_a_name_keeps_both_quotes():
    assert rows("“三公”经费支出压缩48.2%。")[0][0].count("“") == 1
    assert [name for name, _, _ in rows("“一户一表”改造76户。")] == ["“一户一表”改造"]
