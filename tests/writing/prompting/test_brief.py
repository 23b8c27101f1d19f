"""What a model is told of a section, and what it never sees."""

from dataclasses import replace

from drafter.records.fact import FactList
from drafter.records.indicator import IndicatorTable
from drafter.records.outline import Outline, OutlineSection, SectionPlan
from drafter.records.passage import Passage
from drafter.verification.facts.wordlists import load_words
from drafter.writing.prompting.brief import Brief, section_brief
from drafter.writing.references import Materials
from drafter.writing.rendering import render
from tests.builders import facts, table
from tests.writing.past import block

ROWS = table(
    "工业投资=208.6亿元 同比28.2 全市第5 上年162.7 期2024年1—11月 采用必报",
    "技改投资=79.8亿元 同比-5.7 属工业投资",
    "专利奖=0项",
    "备用数=7个 采用备查",
)
FACTS = facts("青杉铜箔项目于5月开工，总投资12亿元", kind="项目", weight="亮点", stage="开工")


def brief(
    past: tuple[str, ...] = (),
    passages: tuple[Passage, ...] = (),
    rows: IndicatorTable = ROWS,
    told: FactList = FACTS,
) -> Brief:
    section = OutlineSection(
        "s01", "工业经济稳中有进", 2, "achievements", source=tuple(block(text) for text in past)
    )
    plan = SectionPlan(
        section,
        tuple(row.id for row in rows.rows),
        tuple(fact.id for fact in told.facts),
        passages,
    )
    outline = Outline("某局2024年工作总结", (section,))
    return section_brief(plan, outline, Materials(rows, told, 2024, "某县某局"), load_words())


def test_every_offered_reference_prints_what_the_brief_says():
    made = brief()
    materials = Materials(ROWS, FACTS, 2024)
    offered = [one for row in made.rows for one in row.offered]
    assert {render(one.reference, materials).text for one in offered} == {
        one.prints for one in offered
    }
    assert "增长28.2%" in {one.prints for one in offered}


def test_falls_zeros_and_duties_are_said_beside_the_row():
    notes = {row.name: "；".join(row.notes) for row in brief().rows}
    assert "必报" in notes["工业投资"]
    assert "下降，不得说成增长或成绩" in notes["技改投资"]
    assert "其中于“工业投资”" in notes["技改投资"]
    assert "今年为零" in notes["专利奖"]


def test_rows_kept_back_are_not_told():
    assert "备用数" not in {row.name for row in brief().rows}


def test_a_fact_comes_with_its_figures_stage_and_tie():
    (fact,) = brief().facts
    assert fact.tie == "{{ 据.F01 }}"
    assert "阶段：开工" in fact.notes
    assert ("{{ F01.n2 }}", "12亿元") in {(one.reference, one.prints) for one in fact.offered}


def test_internal_and_masked_facts_are_not_told():
    for disclosure in ("内部", "脱敏"):
        (one,) = FACTS.facts
        assert brief(told=FactList((replace(one, disclosure=disclosure),))).facts == ()


def test_past_text_shows_its_words_without_figures_and_matters_of_its_year():
    (shown,) = brief(
        ("工业投资完成162.7亿元，增长9.1%。承办“云岭杯”创新大赛。强化企业服务，深入开展走访。",)
    ).past
    assert "工业投资完成〔数〕" in shown
    assert "162.7" not in shown
    assert "云岭杯" not in shown


def test_matters_in_a_row_are_hidden_as_one():
    (shown,) = brief(("工业投资完成162.7亿元，承办“云岭杯”大赛，荣获“优胜单位”称号。",)).past
    assert shown == "工业投资完成〔数〕，〔往年事项〕。"


def test_a_paragraph_of_nothing_but_old_matters_is_not_shown():
    assert brief(("获评全省“园丁杯”先进单位。",)).past == ()


def test_passages_of_older_years_follow_the_precedent():
    older = Passage("p1", "", "工业投资完成150亿元。", "某局", 2021, "工业", ("工业",), "2021.txt")
    assert brief(("技改投资完成84.6亿元。",), (older,)).past == (
        "技改投资完成〔数〕。",
        "工业投资完成〔数〕。",
    )


def test_the_length_follows_last_years_but_not_beyond_the_material():
    short, long = brief(("工业投资" * 30,)), brief(("工业投资" * 3_000,))
    assert short.target == 120
    assert long.target < 600
