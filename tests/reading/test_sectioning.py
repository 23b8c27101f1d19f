"""The tree over the blocks."""

import pytest

from tests.reading.builders import BODY, summary

TITLE = "云岭县科工局2023年工作总结\n"


def tree(*lines: str):
    """`0 -` the lead, `1 主要工作/2 工业经济` a heading with its path, with paragraph counts."""
    read = summary(TITLE + "\n".join(lines))
    return [
        f"{section.level} {'/'.join(section.path) or '-'} {len(section.paragraphs)}"
        for section in read.walk()
    ]


def test_lead_sections_and_their_children():
    assert tree(
        BODY, "一、主要工作", f"（一）工业。{BODY}", f"（二）科技。{BODY}", "二、打算", BODY
    ) == [
        "0 - 1",
        "1 主要工作 0",
        "2 主要工作/工业 1",
        "2 主要工作/科技 1",
        "1 打算 1",
    ]


@pytest.mark.parametrize(
    "closing",
    [
        "2023年我局虽然取得了一些成绩，但仍存在不少的问题与不足：一是干部学习不够主动。二是服务还不到位。",
        "在肯定成绩的同时，我们也清醒地看到，工业总量偏小、链条不长。",
        "下一步，我局将围绕全县中心工作，狠抓运行调度。",
        "虽然取得了一定成绩，但与上级要求相比还有差距，主要是总量偏小。",
        "2024年，我局将围绕产业倍增，狠抓项目建设。",
        "各位代表！过去一年的成绩来之不易，凝聚着全县人民的心血。",
        "一年来，我们还扎实抓好了信访、保密等工作。",
    ],
)
def test_a_closing_paragraph_becomes_a_section_of_its_own(closing: str):
    sections = tree("一、主要工作", f"（一）工业。{BODY}", f"（二）科技。{BODY}", closing)
    assert sections[-2:] == ["2 主要工作/科技 1", "1 - 1"]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            [
                "一、主要工作",
                f"（一）工业。{BODY}",
                "下一步，我局将继续抓好调度。",
                f"（二）科技。{BODY}",
            ],
            id="the count goes on",
        ),
        pytest.param(
            ["一、存在的问题", f"（一）工业。{BODY}", "我们还存在工业总量偏小等问题。"],
            id="the heading says so already",
        ),
        pytest.param(
            ["一、2024年工作打算", f"（一）工业。{BODY}", "2024年，我局将抓好调度。"],
            id="a plan below plans",
        ),
        pytest.param(
            ["一、主要工作", f"（一）工业。{BODY}", "全年新增规模企业6家，排全市第二。"],
            id="no turn",
        ),
        pytest.param(
            ["一、主要工作", BODY, "工作中还存在一些问题和不足。"], id="no sections below"
        ),
    ],
)
def test_other_paragraphs_stay_where_they_are(lines: list[str]):
    assert "1 - 1" not in tree(*lines)


def test_a_closing_paragraph_behind_run_in_headings_of_the_first_level():
    sections = tree(f"一、党建。{BODY}", f"二、工业。{BODY}", "工作中仍存在一些问题和不足。")
    assert sections == ["1 党建 1", "1 工业 1", "1 - 1"]


@pytest.mark.parametrize(
    "second",
    [
        "针对企业存在的用工困难，我局牵头举办招聘会6场。",
        "面对企业面临的融资困难，我局组织银企对接4次。",
        "2023年，全县主要工业产品产量稳步增长。",
    ],
)
def test_a_second_paragraph_of_the_last_section_stays_in_it(second: str):
    assert tree("一、主要工作", f"（一）工业。{BODY}", f"（二）服务。{BODY}", second)[-1] == (
        "2 主要工作/服务 2"
    )


def test_a_closing_section_keeps_its_own_list():
    sections = tree(
        "一、主要工作",
        f"（一）工业。{BODY}",
        f"（二）科技。{BODY}",
        "工作中还存在以下问题和不足。",
        f"1.总量偏小。{BODY}",
        "二、打算",
        BODY,
    )
    assert sections[-3:] == ["1 - 1", "3 总量偏小 1", "1 打算 1"]


def test_sections_follow_the_order_of_the_text():
    read = summary(TITLE + f"一、工作\n{BODY}\n（一）甲项\n{BODY}\n二、打算\n{BODY}")
    starts = [section.heading.offsets[0] for section in read.walk() if section.heading]
    assert starts == sorted(starts)
