"""What is left of a section after units were taken out reads as if nothing had stood there."""

import pytest

from drafter.records.fact import FactList
from drafter.verification.facts.wordlists import load_words
from drafter.writing.references import Materials
from drafter.writing.rendering import render
from drafter.writing.shortening import Cut, Divided, compose, divide, dropped, with_dependents
from drafter.writing.units import read_clauses
from tests.builders import fact, table

WORDS = load_words()
TABLE = table(
    "工业投资=208.6亿元 同比28.2 期2022年1—11月 采用必报",
    "技改投资=80亿元 同比3.1 期2022年1—11月 采用可报",
    "工业税收=5.9亿元 同比9.2 期2022年1—11月 采用可报",
    "新增企业=12家 期2022年 采用备查",
    "专利数=30件 采用可报",
)
FACTS = FactList(
    (
        fact("举办对接会3场", 0, weight="必写"),
        fact("印发《办法》。", 1, weight="可写"),
        fact("坚持强工兴县", 2, weight="可写", kind="提法"),
    )
)
MATERIALS = Materials(TABLE, FACTS, 2022, "某局")
INVEST = "{{ 工业投资.时期 }}，工业投资{{ 工业投资.值 }}，{{ 工业投资.增长 }}"
RENEWAL = "其中技改投资{{ 技改投资.值 }}，{{ 技改投资.增长 }}"
TAX = "工业税收{{ 工业税收.值 }}，{{ 工业税收.增长 }}"
FIRMS = "全年新增企业{{ 新增企业.值 }}"
PATENTS = "专利{{ 专利数.值 }}"


def divided(template: str) -> Divided:
    return divide("s1", "achievements", template, MATERIALS, WORDS)


def groups(template: str) -> list[str]:
    section = divided(template)
    return ["|".join(section.clause(place).body for place in unit.places) for unit in section.units]


def without(template: str, *starts: str) -> str:
    """The text after the units that begin so were taken out."""
    section = divided(template)
    gone: Cut = frozenset()
    for number, unit in enumerate(section.units):
        text = "".join(section.clause(place).body for place in unit.places)
        if text.startswith(starts):
            gone = with_dependents({"s1": section}, ("s1", number), gone)
    assert gone
    return render(compose(section, gone, WORDS), MATERIALS).text


@pytest.mark.parametrize(
    "template",
    [
        f"{INVEST}，{RENEWAL}；{TAX}。\n一是抓项目。{FIRMS}。二是抓创新：{PATENTS}。",
        "他说：“稳中求进。”{{ F01.要点 }}{{ 据.F01 }}。{{ F02.要点 }}{{ 据.F02 }}又及",
        "括号（一，二；三）不断句，完。",
        "",
        "\n\n",
        "没有句号",
    ],
)
def test_nothing_is_lost_in_reading(template: str):
    paragraphs = read_clauses(template, MATERIALS)
    joined = "\n".join(
        "".join(one.head + "".join(c.body + c.mark for c in one.clauses) for one in paragraph)
        for paragraph in paragraphs
    )
    assert joined == template


def test_a_growth_belongs_to_the_figure_before_it():
    assert len(groups(f"{INVEST}。")) == 1


def test_a_part_can_go_without_its_whole_but_not_stay_without_it():
    sentence = f"{INVEST}，{RENEWAL}；{TAX}。"
    assert without(sentence, "其中") == (
        "1—11月，工业投资208.6亿元，增长28.2%；工业税收5.9亿元，增长9.2%。"
    )
    assert without(sentence, "{{ 工业投资.时期") == "1—11月，工业税收5.9亿元，增长9.2%。"


def test_the_period_moves_to_the_clause_that_relied_on_it():
    assert (
        without(f"{INVEST}。{TAX}。", "{{ 工业投资.时期") == "1—11月，工业税收5.9亿元，增长9.2%。"
    )


def test_a_period_that_was_already_said_is_not_said_twice():
    assert without(f"{INVEST}。{TAX}。{PATENTS}。", "工业税收") == (
        "1—11月，工业投资208.6亿元，增长28.2%。专利30件。"
    )


def test_the_last_clause_takes_the_full_stop():
    assert without(f"{INVEST}，{PATENTS}。", "专利") == "1—11月，工业投资208.6亿元，增长28.2%。"


def test_a_fact_that_brings_its_own_full_stop_leaves_none_behind():
    text = without(f"{PATENTS}。{{{{ F02.要点 }}}}{{{{ 据.F02 }}}}{TAX}。", "{{ F02")
    assert text.startswith("专利30件。")
    assert "办法" not in text
    assert "。。" not in text


def test_connectors_go_with_what_they_connect():
    assert without(f"{FIRMS}，同时专利数达{{{{ 专利数.值 }}}}。", "全年") == "专利数达30件。"


class TestNumbering:
    ITEMS = f"一是{FIRMS}。二是{{{{ F01.要点 }}}}{{{{ 据.F01 }}}}。三是{TAX}。"

    def test_items_are_counted_anew(self):
        assert without(self.ITEMS, "全年").startswith("一是举办对接会3场。二是")

    def test_a_single_item_has_no_number(self):
        assert without(self.ITEMS, "全年", "工业税收") == "举办对接会3场。"

    def test_the_count_before_the_items_follows(self):
        assert without(f"主要抓了三个方面。{self.ITEMS}", "工业税收").startswith("主要抓了两个方面")

    def test_a_headline_goes_when_nothing_is_left_under_it(self):
        items = f"一是加强管理{{{{ 据.沿用 }}}}。{FIRMS}。二是{TAX}。三是{PATENTS}。"
        assert "加强管理" not in without(items, "全年")

    def test_the_number_passes_on_within_its_item(self):
        items = f"一是{FIRMS}。{PATENTS}。二是{TAX}。"
        assert without(items, "全年").startswith("一是专利30件。二是")


class TestWeights:
    WHOLE = f"{INVEST}，{RENEWAL}。{FIRMS}。{{{{ F01.要点 }}}}{{{{ 据.F01 }}}}。"

    def test_only_what_is_wholly_of_the_weight_is_dropped(self):
        section = divided(self.WHOLE)
        left = compose(section, dropped([section], ("可报", "备查"), frozenset()), WORDS)
        text = render(left, MATERIALS).text
        assert text == "1—11月，工业投资208.6亿元，增长28.2%。举办对接会3场。"

    def test_policy_wording_is_never_dropped(self):
        section = divided("我局{{ F03.要点 }}{{ 据.F03 }}。")
        assert dropped([section], ("可写",), frozenset()) == frozenset()
