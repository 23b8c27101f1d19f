"""Outlines and plans: sections in order, and what goes into each."""

import pytest

from drafter.errors import MaterialError
from drafter.writing.planning import (
    likeness,
    make_plan,
    outline_from_summary,
    outline_from_yaml,
    told_year,
)
from tests.writing.past import section, summary
from tests.writing.samples import fact, materials, row

PAST = summary(
    section(None, "今年以来，我局认真工作。现将2023年工作总结如下。", level=0),
    section(
        "2023年：迎难而上",
        level=1,
        marker="一、",
        children=(
            section("铸魂强基，党的建设走深走实", "开展主题党日活动12次，谈心谈话40人次。"),
            section("工业经济实现了新突破", "工业投资完成80亿元。", marker="（二）"),
        ),
    ),
    section(None, "2023年虽有成绩，但仍存在一些问题与不足：一是能力不强。", level=1),
)


def test_the_precedents_sections_come_in_order_with_their_kinds():
    outline = outline_from_summary(PAST, 2024)
    assert [one.kind for one in outline.sections] == [
        "lead",
        "part",
        "achievements",
        "achievements",
        "problems",
        "plan",
    ]


def test_the_documents_years_roll_in_title_and_headings():
    outline = outline_from_summary(PAST, 2024)
    assert outline.title == "云岭县科工局2024年工作总结及2025年工作思路"
    assert outline.sections[1].heading == "2024年：迎难而上"


def test_a_second_half_that_the_title_promises_is_added():
    added = outline_from_summary(PAST, 2024).sections[-1]
    assert (added.heading, added.kind, added.marker) == ("2025年工作思路", "plan", "一、")


def test_next_years_plan_is_one_section_whatever_headings_it_had():
    plan = section(
        "2024年工作思路",
        level=1,
        marker="二、",
        children=(section("打造升级版", "推动集群发展。"),),
    )
    outline = outline_from_summary(summary(plan), 2024)
    assert [(one.heading, len(one.source)) for one in outline.sections] == [("2025年工作思路", 1)]


def test_rows_go_by_their_section_column():
    given = materials(row("工业投资=9亿元", section="(二)工业经济"))
    outline = outline_from_summary(PAST, 2024)
    assert make_plan(outline, given.table).sections[3].indicators == ("工业投资",)


def test_a_section_value_like_no_heading_goes_where_its_rows_are_spoken_of():
    given = materials(
        row("主题党日活动次数=12次", section="党建"),
        row("谈心谈话人次=40人次", section="党建"),
        row("研讨次数=3次", section="党建"),
        facts=(fact("F01", "局机关支部获评五星支部", section="党建", kind="荣誉"),),
    )
    plan = make_plan(outline_from_summary(PAST, 2024), given.table, given.facts)
    assert len(plan.sections[2].indicators) == 3
    assert plan.sections[2].facts == ("F01",)


def test_facts_go_by_kind_before_section():
    given = materials(
        facts=(
            fact("F01", "坚持新思路", section="工业经济", kind="提法"),
            fact("F02", "投资不足", section="工业经济", kind="问题"),
            fact("F03", "建设厂房", section="工业经济", kind="打算"),
        )
    )
    plan = make_plan(outline_from_summary(PAST, 2024), given.table, given.facts)
    placed = {one.section.kind: one.facts for one in plan.sections if one.facts}
    assert placed == {"lead": ("F01",), "problems": ("F02",), "plan": ("F03",)}


def test_goal_rows_go_to_the_plan():
    given = materials(row("工业投资=85亿元", section="工业经济", status="目标"))
    plan = make_plan(outline_from_summary(PAST, 2024), given.table)
    assert plan.sections[-1].indicators == ("工业投资",)


def test_what_fits_nowhere_is_listed():
    given = materials(
        row("林地面积=9亩", section="林业"), facts=(fact("F01", "植树", section="林业"),)
    )
    plan = make_plan(outline_from_summary(PAST, 2024), given.table, given.facts)
    assert (plan.unplaced_indicators, plan.unplaced_facts) == (("林地面积",), ("F01",))


@pytest.mark.parametrize(
    ("theme", "heading", "fits"),
    [("(二)工业经济", "工业经济实现了新突破", True), ("党建", "科技创新迈上了新台阶", False)],
)
def test_a_theme_is_likened_to_a_heading_without_its_numbering(
    theme: str, heading: str, fits: bool
) -> None:
    assert (likeness(theme, heading) > 0.9) is fits


YAML = """
title: "{{ 单位 }}{{ 年份 }}年工作总结及{{ 下年 }}年打算"
sections:
  - {heading: "", level: 0, kind: lead, themes: [总述]}
  - {heading: 抓投资，工业稳健, level: 2, kind: achievements, themes: [工业经济]}
"""


def test_an_outline_is_read_from_yaml():
    outline = outline_from_yaml(YAML, year=2024, organisation="云岭县科工局")
    assert outline.title == "云岭县科工局2024年工作总结及2025年打算"
    assert outline.sections[1].themes == ("工业经济",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title: [", "YAML"),
        ("title: 甲", "sections"),
        ("sections: [{kind: 前言}]", "kind"),
        ("sections: [{heading: 甲, level: 9}]", "level"),
        ("sections: [{heading: 甲, colour: red}]", "colour"),
    ],
)
def test_a_bad_outline_is_refused_with_its_place(text: str, says: str):
    with pytest.raises(MaterialError, match=says):
        outline_from_yaml(text)


def test_a_report_named_after_one_year_may_tell_of_the_year_before():
    report = summary(
        section("2014年工作回顾", "全年地区生产总值完成274亿元。", level=1, marker="一、"),
        section("2015年工作安排", "重点抓好以下工作。", level=1, marker="二、"),
        year=2015,
    )
    outline = outline_from_summary(report, 2015)
    assert told_year(report) == 2014
    assert [one.heading for one in outline.sections] == ["2015年工作回顾", "2016年工作安排"]
    assert [one.kind for one in outline.sections] == ["achievements", "plan"]


def test_a_report_of_spring_tells_of_the_year_before_its_plan():
    told = summary(
        section("过去一年工作回顾", "一年来，工业投资增长8%。", level=1, marker="一、"),
        section("２０２３年工作安排", "力争增长9%。", level=1, marker="二、"),
        year=2023,
    )
    assert told_year(told) == 2022
    outline = outline_from_summary(told, 2023)
    assert [one.heading for one in outline.sections] == ["过去一年工作回顾", "2024年工作安排"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“十四五”经济社会发展的主要目标和任务", id="a plan of five years"),
        pytest.param("２０２４年主要工作任务", id="next year in full-width digits"),
    ],
)
def test_goals_are_a_plan_whatever_they_are_called(text: str):
    told = summary(
        section("2023年工作回顾", "工业投资增长8%。", level=1, marker="一、"),
        section(text, "抓好两个大项目。", level=1, marker="二、"),
    )
    assert outline_from_summary(told).sections[1].kind == "plan"
