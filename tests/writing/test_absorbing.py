"""Words that a reference prints do not stand beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.writing.absorbing import absorb
from drafter.writing.rendering import render
from tests.writing.samples import materials, row

MATERIALS = materials(
    row("投资=208.6亿元", yoy="-4.7", rank="5", rank_scope="全市", change="-3"),
    row("研发=13.4亿元", status="预计"),
    row("占比数=3.4%", approx="约"),
    row("高企数=36家", approx="突破"),
    row("项目数=32项", completion="125"),
    row("收入=5亿元", approx="达到"),
)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("投资同比增长{{ 投资.增长 }}", "投资同比下降4.7%"),
        ("投资增长{{ 投资.增速 }}", "投资下降4.7%"),
        ("投资增长了{{ 投资.增长 }}%。", "投资下降4.7%。"),
        ("投资增速{{ 投资.增速 }}", "投资增速-4.7%"),
        ("投资增幅达{{ 投资.增长 }}", "投资下降4.7%"),
        ("完成{{ 投资.值 }}亿元，", "完成208.6亿元，"),
        ("完成{{ 投资.值 }}万元，", "完成2086000万元，"),
        ("排全市第{{ 投资.位次 }}位", "排全市第五"),
        ("较上年减少{{ 投资.增减 }}", "较上年减少3亿元"),
        ("研发投入预计完成{{ 研发.值 }}", "研发投入预计完成13.4亿元"),
        ("投资预计完成{{ 投资.值 }}", "投资完成208.6亿元"),
        ("投资预计同比增长{{ 投资.增速 }}", "投资同比下降4.7%"),
        ("收入完成{{ 收入.值 }}", "收入达到5亿元"),
        ("比重约为{{ 占比数.值 }}左右", "比重为约3.4%"),
        ("比重约{{ 占比数.值 }}", "比重约3.4%"),
        ("高企已突破{{ 高企数.值 }}", "高企突破36家"),
        ("投资首次突破{{ 投资.值 }}", "投资达到208.6亿元"),
        ("申报{{ 项目数.值 }}项目", "申报32项项目"),
        ("申报{{ 项目数.值 }}项，", "申报32项，"),
        ("申报{{ 项目数.值 }}多项，", "申报32项，"),
        ("完成任务的{{ 项目数.完成率 }}%", "完成任务的125%"),
        ("共{{ 高企数.值 }}家企业", "共突破36家企业"),
    ],
)
def test_a_typed_word_gives_way_to_the_phrase(typed: str, said: str) -> None:
    assert said == render(absorb(typed, MATERIALS), MATERIALS).text


def test_a_template_without_such_words_stays_to_the_character() -> None:
    typed = "投资完成{{投资.值}}，{{ 投资.增长 }}，其余不变 {{ 年份 }}年增长。\n"
    assert typed == absorb(typed, MATERIALS)


def test_a_template_with_problems_is_left_to_the_check() -> None:
    assert "增长{{ x" == absorb("增长{{ x", MATERIALS)  # noqa: SIM300


WORDS = st.sampled_from(
    [
        "增长",
        "约",
        "预计",
        "完成",
        "亿元",
        "家",
        "左右",
        "第",
        "位",
        "突破",
        "，",
        "。",
        "减少",
        "多",
        "近",
        "全市",
        "甲",
    ]
)


@given(
    st.lists(WORDS),
    st.lists(WORDS),
    st.sampled_from(["值", "增长", "增速", "位次", "增减", "完成率"]),
)
def test_absorbing_twice_is_absorbing_once(before: list[str], after: list[str], field: str) -> None:
    once = absorb("".join(before) + f"{{{{ 投资.{field} }}}}" + "".join(after), MATERIALS)
    assert absorb(once, MATERIALS) == once


def test_a_hostile_template_is_done_with_soon() -> None:
    absorb("增长" * 40_000 + "{{ 投资.增长 }}", MATERIALS)
