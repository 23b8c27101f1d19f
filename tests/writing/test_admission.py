"""Every clause that another hand wrote must be borne by a row, a fact, or routine."""

import pytest

from drafter.records.outline import OutlineSection, SectionKind, SectionPlan
from drafter.verification.facts.lexicon import load_lexicon
from drafter.writing.admission import unfounded
from drafter.writing.references import Materials
from drafter.writing.rendering import render
from tests.builders import facts, table

ROWS = table(
    "工业投资=208.6亿元 同比28.2 全市第5",
    "“泵阀贷”授信企业数=52家",
    "新增规模工业企业数=11家 期2025年 状态目标",
)
FACTS = facts("青杉铜箔二期项目于5月开工建设，总投资12亿元", "对重点企业实行月度运行会商")
MATERIALS = Materials(ROWS, FACTS, 2024, "云岭县科技和工业信息化局")


def objected(
    template: str, kind: SectionKind = "achievements", told: tuple[str, ...] = ("F01", "F02")
) -> list[str]:
    """The clauses of a template that nobody vouches for."""
    rows = tuple(row.id for row in ROWS.rows)
    plan = SectionPlan(OutlineSection("s1", "工业经济", 2, kind), rows, told)
    rendered = render(template, MATERIALS)
    return [one.text for one in unfounded(rendered, plan, MATERIALS, load_lexicon())]


BORNE = (
    "工业投资完成{{ 工业投资.值 }}，{{ 工业投资.增长 }}，排{{ 工业投资.位次 }}。",
    "“泵阀贷”授信企业{{ 泵阀贷授信企业数.值 }}。",
    "{{ F01.要点 }}。",
    "总投资{{ F01.n2 }}的青杉铜箔二期项目{{ F01.n1 }}开工建设{{ 据.F01 }}。",
    "坚持对重点企业实行月度会商{{ 据.F02 }}。",
    "对重点企业实行月度运行会商。",
    "加强企业服务，深入开展走访。",
    "一是加强运行监测。二是强化企业服务。",
)


@pytest.mark.parametrize("template", BORNE)
def test_what_rows_facts_or_routine_bear_is_admitted(template: str):
    assert objected(template) == []


INVENTED = {
    "成功举办云岭泵阀博览会。": "成功举办云岭泵阀博览会",
    "工业投资完成{{ 工业投资.值 }}，松涛电子项目建成投产。": "松涛电子项目建成投产",
    "工业投资完成{{ 工业投资.值 }}，得到市领导高度肯定。": "得到市领导高度肯定",
    "企业满意度不断提升。": "企业满意度不断提升",
    "深入实施“强链工程”。": "深入实施“强链工程”",
    "青杉铜箔二期项目开工建设，王铁山副县长出席仪式{{ 据.F01 }}。": "王铁山副县长出席仪式",
    "在松涛电子带动下，工业投资完成{{ 工业投资.值 }}。": "在松涛电子带动下",
    "松涛电子工业投资完成{{ 工业投资.值 }}。": "松涛电子工业投资完成208.6亿元",
    "加强企业服务，破解融资难题，惠及企业众多。": "惠及企业众多",
    "荣获全省先进单位称号。": "荣获全省先进单位称号",
    "力争工业投资再上新台阶。": "力争工业投资再上新台阶",
}


@pytest.mark.parametrize("template", INVENTED)
def test_what_nobody_bears_is_named_clause_by_clause(template: str):
    assert INVENTED[template] in objected(template)


def test_a_fact_of_another_section_vouches_for_nothing():
    assert objected("{{ 年份 }}年，对重点企业实行月度运行会商。", told=("F01",))


def test_goals_may_be_told_in_the_plan_alone():
    goal = "力争新增规模工业企业{{ 新增规模工业企业数.值 }}。"
    assert objected(goal, "plan") == []
    assert objected(goal) != []


def test_a_clause_is_pointed_at_in_the_text_with_what_is_unknown():
    rows = tuple(row.id for row in ROWS.rows)
    plan = SectionPlan(OutlineSection("s1", "工业经济", 2, "achievements"), rows, ())
    rendered = render("工业投资完成{{ 工业投资.值 }}，指导松涛电子技术改造。", MATERIALS)
    (one,) = unfounded(rendered, plan, MATERIALS, load_lexicon())
    assert rendered.text[one.start : one.end] == one.text == "指导松涛电子技术改造"
    assert "松涛" in one.objection


def test_a_date_that_is_the_rows_own_period_is_no_event():
    rows = table("从业人员=4.6万人 期2024年6月")
    given = Materials(rows, year=2024)
    plan = SectionPlan(OutlineSection("s1", "住建", 2, "achievements"), ("r1",), ())
    rendered = render("{{ 从业人员.时期 }}从业人员{{ 从业人员.值 }}。", given)
    assert unfounded(rendered, plan, given, load_lexicon()) == ()
    typed = render("5月从业人员{{ 从业人员.值 }}。", given)
    assert [one.objection for one in unfounded(typed, plan, given, load_lexicon())]
