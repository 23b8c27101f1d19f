"""A bureau without a past summary gets a section for each of its 板块, and one for the rest."""

from drafter.records.fact import FactList
from drafter.writing.bare_outline import bare_outline
from drafter.writing.planning import make_plan
from tests.builders import facts, table


def sections(*rows: str, told: FactList | None = None) -> dict[str, tuple[str, ...]]:
    """Heading -> names of what was put there."""
    rows_of = table(*rows)
    outline = bare_outline(rows_of, told, year=2024, organisation="某局")
    plan = make_plan(outline, rows_of, told)
    assert not plan.unplaced_indicators
    assert not plan.unplaced_facts
    names = {row.id: row.name for row in rows_of.rows}
    names |= {fact.id: fact.text for fact in (told or FactList()).facts}
    return {
        one.section.heading: tuple(
            names[identifier] for identifier in (*one.indicators, *one.facts)
        )
        for one in plan.sections
        if one.indicators or one.facts
    }


def test_rows_without_a_section_are_told_together():
    assert sections("工业投资=208.6亿元", "新增企业数=12家") == {
        "主要指标完成情况": ("工业投资", "新增企业数")
    }


def test_rows_with_a_section_stand_under_it_and_the_others_behind():
    assert sections("工业投资=208.6亿元 板块工业", "培训人数=300人", "用水量=5吨 板块水务") == {
        "工业": ("工业投资",),
        "水务": ("用水量",),
        "其他工作": ("培训人数",),
    }


def test_facts_make_sections_too():
    told = facts("开展主题党日活动", section="党建")
    assert sections("工业投资=208.6亿元 板块工业", told=told)["党建"] == ("开展主题党日活动",)


def test_goals_alone_need_no_section_of_results():
    found = sections("工业投资=208.6亿元 板块工业", "工业投资=220亿元 状态目标 期2025年")
    assert found == {"工业": ("工业投资",), "2025年工作打算": ("工业投资",)}
