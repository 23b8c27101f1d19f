"""Titles broken into lines."""

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.exporting.titles import break_title, measure


@pytest.mark.parametrize(
    ("title", "organisation", "lines"),
    [
        ("县科工局2024年工作总结", "", ("县科工局2024年工作总结",)),
        (
            "云岭县科技和工业信息化局2024年工作总结及2025年工作思路",
            "云岭县科技和工业信息化局",
            ("云岭县科技和工业信息化局", "2024年工作总结及2025年工作思路"),
        ),
        (
            "云岭县商务局2024年工作总结暨2025年重点工作安排",
            "云岭县商务局",
            ("云岭县商务局2024年工作总结", "暨2025年重点工作安排"),
        ),
        (
            "云岭县住房和城乡建设局关于2024年工作情况和2025年工作计划的报告",
            "云岭县住房和城乡建设局",
            ("云岭县住房和城乡建设局", "关于2024年工作情况和2025年工作计划的报告"),
        ),
    ],
)
def test_words_stay_whole(title: str, organisation: str, lines: tuple[str, ...]):
    assert break_title(title, 20, organisation) == lines


def test_a_title_of_three_lines_is_no_hourglass():
    title = "云岭县自然资源和规划局关于学习贯彻“十四五”规划中期评估精神情况暨2024年度工作总结和2025年工作打算的汇报"
    widths = [measure(line) for line in break_title(title, 20, "云岭县自然资源和规划局")]
    assert len(widths) == 3
    assert not (widths[1] < widths[0] and widths[1] < widths[2])


def test_a_line_break_of_the_author_stays():
    assert break_title("云岭县\n2024年工作总结", 20) == ("云岭县", "2024年工作总结")


def test_a_title_beyond_four_lines_is_left_to_word():
    assert break_title("工作" * 60, 20) == ("工作" * 60,)


@given(
    st.text(
        st.sampled_from("云岭县局科技和及2025年工作总结的、“”《》（）思路"), min_size=1, max_size=90
    )
)
def test_nothing_is_lost_and_no_figure_or_bracket_is_cut(title: str):
    lines = break_title(title, 20, "云岭县局")
    assert "".join(lines) == title
    for first, second in pairwise(lines):
        assert measure(first) <= 20
        assert not (first[-1].isdigit() and second[0].isdigit())
        assert second[0] not in "的、”》）"
        assert first[-1] not in "“《（"


def test_a_title_of_four_lines_is_broken_in_a_blink():
    title = "云岭县科技和工业信息化局2024年深入学习贯彻党的二十大精神推进科技创新和产业创新深度融合加快建设现代化产业体系工作总结及下一步工作打算"
    started = process_time()
    lines = break_title(title, 20, "云岭县科技和工业信息化局")
    assert process_time() - started < 0.3
    assert len(lines) == 4
    assert max(map(measure, lines)) <= 20
