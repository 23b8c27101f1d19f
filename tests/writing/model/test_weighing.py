"""What stands against a model's sentences: more than stands against a finished draft."""

import pytest

from drafter.writing.model.weighing import received, weigh
from drafter.writing.references import Materials
from tests.builders import table
from tests.writing.model.scribe import INVESTMENT, PROJECT, RENEWAL, desk, plan, scribe


def objections(text: str, told: tuple[str, ...] = ("F01", "F02")) -> list[tuple[str, ...]]:
    judge, of = desk(scribe("")), plan(told=told)
    template, noted = received(text, of, judge)
    return [one.objections for one in weigh(template, of, judge, noted)]


GOOD = (
    INVESTMENT,
    RENEWAL,
    PROJECT,
    "工业投资完成208.6亿元，增长28.2%。",
    "加强企业服务，深入开展走访。" + INVESTMENT + RENEWAL,
)


@pytest.mark.parametrize("text", GOOD)
def test_what_rows_facts_and_routine_bear_stands(text: str):
    assert not any(objections(text))


BAD = {
    "工业投资完成{{ 工业投资.值 }}，增速全省第一。": "全省第一",
    "工业投资完成220亿元。": "220亿元",
    "技改投资完成208.6亿元。": "208.6亿元",
    "成功举办云岭泵阀博览会。": "举办",
    "安全培训{{ 安全培训人次.值 }}。": "不在本板块",
    "{{ 工业增加值.值 }}。": "工业增加值",
    "{{ 工业投资.占比 }}。": "占比",
    "工业投资完成{{ 工业投资.值 }}": "句号",
    "{{ F01.n2 }}。": "没有成句",
    "工业投资{{ 年份 }}年。": "2024年",
    "荣获全国先进单位称号。": "荣获",
    "加强企业服务{{ 据.沿用 }}。": "沿用",
    "{% for x in y %}工业投资完成{{ 工业投资.值 }}。{% endfor %}": "%",
}


@pytest.mark.parametrize(("text", "said"), BAD.items())
def test_what_nothing_bears_is_objected_to(text: str, said: str):
    found = "；".join(one for sentence in objections(text) for one in sentence)
    assert said in found


def test_each_objection_stands_with_its_sentence():
    found = objections(f"{INVESTMENT}技改投资完成90亿元。\n{PROJECT}")
    assert [bool(one) for one in found] == [False, True, False, False]


def test_a_wrong_figure_does_not_make_the_right_ones_look_inconsistent():
    found = objections(f"工业投资完成300亿元。{INVESTMENT}")
    assert [bool(one) for one in found] == [True, False]


def test_routine_without_rows_and_facts_is_let_through_to_a_third():
    assert any(objections(INVESTMENT + "加强企业服务，深入开展走访。" * 4))


def test_a_fact_that_is_not_the_sections_may_not_be_told():
    assert any(objections(PROJECT, told=("F02",)))


def test_a_row_that_is_nought_is_not_written():
    judge = desk(scribe(""), materials=Materials(table("工业投资=0亿元"), year=2024))
    found = weigh("工业投资完成{{ 工业投资.值 }}。", plan(rows=("r1",), told=()), judge)
    assert "为零" in "".join(found[0].objections)
