"""Headings roll their years, keep only what this year bears out, and are counted anew."""

import pytest

from drafter.records.indicator import Indicator
from drafter.records.outline import OutlineSection
from drafter.verification.facts.wordlists import load_words
from drafter.writing.headings import (
    enumerated,
    known_heading,
    part_heading,
    rolled,
    section_heading,
    without_motto,
)
from tests.writing.samples import row

RISING = [row("工业投资=9亿元", yoy="8", weight="必报")]
FALLING = [row("工业投资=9亿元", yoy="-8", weight="必报")]


@pytest.mark.parametrize(
    ("text", "rows", "printed"),
    [
        ("工业经济实现了新突破", RISING, "工业经济实现了新突破"),
        ("工业经济实现了新突破", FALLING, "工业经济经受了新考验"),
        ("攻坚克难，工业经济稳中有进", FALLING, "攻坚克难，工业经济承压前行"),
        ("科技创新加速集聚", FALLING, "科技创新加速集聚"),
        ("“快”字为先，项目建设有序推进", RISING, "项目建设有序推进"),
        ("“两员”服务展现新风采", RISING, "“两员”服务展现新风采"),
    ],
)
def test_a_judgement_in_a_heading_stays_while_it_holds(
    text: str, rows: list[Indicator], printed: str
) -> None:
    assert section_heading(text, rows, load_words(), "").text == printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("林下种植再创佳绩", "林下种植"),
        ("村道养护水平显著提高", "村道养护"),
        ("库区移民增收进一步加快，后扶项目成效凸显", "库区移民增收"),
        ("矿山复绿取得新成效", "矿山复绿取得新进展"),
        ("再创佳绩", "再创佳绩"),
        ("“绿满库区”行动推进，林下种植再创佳绩", "林下种植"),
    ],
)
def test_a_heading_that_nothing_bears_out_keeps_its_theme(text: str, printed: str):
    heading = section_heading(text, (), load_words(), "")
    assert (heading.text, bool(heading.reason)) == (printed, True)


@pytest.mark.parametrize("text", ["安全生产落实了新部署", "信息化建设收获满满", "重点工程提速"])
def test_words_of_any_year_are_no_matters_of_one(text: str):
    assert section_heading(text, (), load_words(), "").text == text


def test_a_substitute_says_why():
    assert "突破" in section_heading("工业经济实现了新突破", FALLING, load_words(), "").reason


def test_a_part_loses_its_slogan():
    assert part_heading("2024年：迎难而上、喜结硕果").text == "2024年工作情况"
    assert part_heading("2024年主要工作").text == "2024年主要工作"


def test_only_the_documents_own_years_roll():
    text = "2023年工作总结及2024年工作思路（2021年起）"
    assert rolled(text, 2023, 2024) == "2024年工作总结及2025年工作思路（2021年起）"


def test_enumerators_run_without_gap_and_begin_again_below():
    sections = [
        OutlineSection(f"s{at}", "题", level, "achievements", marker)
        for at, (level, marker) in enumerate(
            [(1, "一、"), (2, "(一)"), (2, "(三)"), (1, "三、"), (2, "（一）"), (3, "1、"), (1, "")]
        )
    ]
    assert enumerated(sections, ["题"] * 7) == (
        "一、题",
        "（一）题",
        "（二）题",
        "二、题",
        "（一）题",
        "1.题",
        "题",
    )


def test_a_section_without_heading_gets_no_number():
    sections = [OutlineSection("s1", "", 1, "problems", "")]
    assert enumerated(sections, [""]) == ("",)


KNOWN = (
    "攻坚克难，工业经济稳中有进",
    "聚链成群，产业集群量质齐升",
    "民生福祉持续增进",
    "强化政治引领，党的建设走深走实",
    "2025年工作安排",
    "“十四五”规划扎实推进",
    "稳在全局、抓实项目",
    "过去五年工作回顾",
    "三、四季度工作安排",
)


@pytest.mark.parametrize("text", KNOWN)
def test_figures_of_speech_of_any_year_stay(text: str):
    assert known_heading(text, load_words(), "", instead="重点工作").text == text


STRANGE = {
    "鹭洲突围，工业经济稳中有进": "工业经济稳中有进",
    "攻坚克难，擦亮苍梧品牌": "攻坚克难",
    "打造瑶圃之城": "重点工作",
    "局长钟蓼川领衔，项目建设提速": "项目建设提速",
    "云台攻坚": "重点工作",
    "聚焦能力提升，扎实开展作风建设年": "聚焦能力提升",
    "深入实施“强链”行动，产业集群量质齐升": "产业集群量质齐升",
    "四个意识有新进展": "重点工作",
    "强省会，工业经济承压前行": "工业经济承压前行",
    "省级文明窗口": "重点工作",
    "攻坚克难，质量提升行动有序推进": "攻坚克难",
    "坚持工业立县，项目建设提速": "项目建设提速",
}


@pytest.mark.parametrize("text", STRANGE)
def test_a_word_of_last_year_takes_its_part_of_the_heading_along(text: str):
    heading = known_heading(text, load_words(), "", instead="重点工作")
    assert heading.text == STRANGE[text]
    assert "不见于今年的材料" in heading.reason


def test_names_of_this_years_rows_and_of_older_headings_are_known():
    for licence in ("瑶圃园区工业产值", "做强瑶圃园区，增添发展后劲"):
        text = "瑶圃园区提质增效"
        assert known_heading(text, load_words(), licence, instead="重点工作").text == text


def test_two_reasons_are_both_told():
    first = known_heading("鹭洲突围，工业经济实现新突破", load_words(), "", instead="")
    both = first.then(section_heading(first.text, FALLING, load_words(), ""))
    assert "鹭洲" in both.reason
    assert "突破" in both.reason


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("奋楫鹭洲——某县某局2024年工作总结", "某县某局2024年工作总结"),
        ("某县某局2024年工作总结：鹭洲攻坚年", "某县某局2024年工作总结"),
        ("某县某局2024年工作总结及2025年工作安排", "某县某局2024年工作总结及2025年工作安排"),
    ],
)
def test_the_motto_of_a_year_leaves_the_title(title: str, kept: str):
    assert without_motto(title) == kept
