"""Which lines are headings, how deep, and where they end."""

import pytest

from tests.reading.builders import BODY, outline, paragraphs, summary

TITLE = "云岭县科工局2023年工作总结\n"


def read(*lines: str):
    return summary(TITLE + "\n".join(lines))


def test_the_four_official_levels():
    text = read(
        "一、主要工作",
        "（一）党建工作",
        "1.抓学习",
        BODY,
        "（1）抓研讨",
        BODY,
        "二、存在的问题",
        BODY,
    )
    assert outline(text) == [
        "1 一、主要工作",
        "2 （一）党建工作",
        "3 1.抓学习",
        "4 （1）抓研讨",
        "1 二、存在的问题",
    ]


@pytest.mark.parametrize(
    ("line", "heading", "rest"),
    [
        (f"（一）党建工作呈现新气象。{BODY}", "2 （一）党建工作呈现新气象→", BODY),
        (f"(一)党建工作呈现新气象。一是{BODY}", "2 (一)党建工作呈现新气象→", f"一是{BODY}"),
        (f"（一）抓党建，强基础：{BODY}", None, None),
        (f"（一）党建工作：{BODY}", "2 （一）党建工作→", BODY),
        (f"（一）重点工作 {BODY}", "2 （一）重点工作", BODY),
        (f"1、精准招商。{BODY}", "3 1、精准招商→", BODY),
        (f"“快”字为先。{BODY}", None, None),
        (f"（一）“快”字为先：抓运行调度。{BODY}", "2 （一）“快”字为先：抓运行调度→", BODY),
    ],
)
def test_a_run_in_heading_ends_where_its_sentence_does(
    line: str, heading: str | None, rest: str | None
):
    text = read("一、主要工作", line)
    if heading is None:
        assert len(outline(text)) <= 2
    else:
        assert outline(text)[1:] == [heading]
        assert paragraphs(text) == [rest]


@pytest.mark.parametrize(
    "line",
    [
        f"一是高度重视巡察整改。{BODY}",
        f"——综合实力显著增强。{BODY}",
        "1.新建5G基站175个；",
        "2.完成工业投资12亿元，增长8%。",
        "一、今年以来，我局认真贯彻上级部署，全面落实各项任务，统筹推进各项重点工作，主要指标持续向好，成效较为明显。",
        f"一、二、三产业协调发展。{BODY}",
        "（1）对照市级考核细则，逐项分解任务到股室到人，每月通报进展，每季现场督查一次。",
    ],
)
def test_what_enumerates_or_reports_is_a_paragraph(line: str):
    text = read("一、主要工作", line, BODY)
    assert outline(text) == ["1 一、主要工作"]
    assert paragraphs(text)[0] == line


def test_headings_without_enumerator_divide_a_text():
    text = read(BODY, "工作开展情况", BODY, BODY, "存在的问题和不足", BODY, "2024年工作打算", BODY)
    assert outline(text) == ["1 工作开展情况", "1 存在的问题和不足", "1 2024年工作打算"]


def test_two_levels_without_enumerators():
    text = read("主要工作成效", "工业经济", BODY, "科技创新", BODY, "下一步打算", BODY)
    assert outline(text) == ["1 主要工作成效", "2 工业经济", "2 科技创新", "1 下一步打算"]


def test_headings_without_enumerator_at_the_end_of_a_count_are_of_one_level():
    text = read("一、主要工作", BODY, "运行调度", BODY, "企业培育", BODY, "下一步打算", BODY)
    assert outline(text) == ["1 一、主要工作", "2 运行调度", "2 企业培育", "1 下一步打算"]


def test_what_stands_under_a_heading_without_enumerator_moves_one_level_down():
    text = read(
        "2023年工作回顾",
        BODY,
        "一、综合实力跨越提升",
        BODY,
        "（一）工业经济",
        BODY,
        "2024年工作安排",
        BODY,
        "一、抓项目",
        BODY,
    )
    assert outline(text) == [
        "1 2023年工作回顾",
        "2 一、综合实力跨越提升",
        "3 （一）工业经济",
        "1 2024年工作安排",
        "2 一、抓项目",
    ]


def test_a_heading_without_enumerator_inside_a_count_is_below_it():
    text = read(
        "一、主要工作", "（一）工业经济", "运行调度", BODY, "企业培育", BODY, "（二）科技创新", BODY
    )
    assert outline(text) == [
        "1 一、主要工作",
        "2 （一）工业经济",
        "3 运行调度",
        "3 企业培育",
        "2 （二）科技创新",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            ["云岭阀门有限公司", "青石竹业有限公司", "北坡铸造有限公司"], id="a list of names"
        ),
        pytest.param(["各位代表："], id="a salutation"),
        pytest.param(["新增规模企业6家"], id="an amount"),
        pytest.param(["主办单位：县科工局"], id="a label"),
    ],
)
def test_short_lines_that_head_nothing(lines: list[str]):
    assert outline(read("一、主要工作", BODY, *lines, BODY)) == ["1 一、主要工作"]


def test_numbering_starts_anew_in_each_part():
    text = read(
        "一、主要工作", "（一）工业", BODY, "（二）科技", BODY, "二、打算", "（一）工业", BODY
    )
    assert outline(text)[3:] == ["1 二、打算", "2 （一）工业"]


def test_parts_stand_above_the_first_level():
    text = read(
        "第一部分 2023年工作总结", "一、工业经济", BODY, "第二部分 2024年工作思路", "一、重点", BODY
    )
    assert outline(text) == [
        "1 第一部分2023年工作总结",
        "2 一、工业经济",
        "1 第二部分2024年工作思路",
        "2 一、重点",
    ]


def test_counted_sentences_without_text_below_are_items_of_a_list():
    items = [
        "（一）抓运行，力争增长8%；",
        "（二）抓创新，力争突破50家；",
        "（三）抓安全，不出事故。",
    ]
    text = read("一、工作打算", *items)
    assert outline(text) == ["1 一、工作打算"]
    assert paragraphs(text) == items


def test_a_heading_may_end_as_a_sentence_where_text_follows():
    text = read("一、坚持党建引领，筑牢思想根基。", BODY, "（一）抓学习。", BODY)
    assert outline(text) == ["1 一、坚持党建引领，筑牢思想根基", "2 （一）抓学习"]


def test_signs_before_headings_are_their_markers():
    text = read(BODY, "◆工业经济", BODY, "◆ 科技创新", BODY)
    assert outline(text) == ["1 ◆工业经济", "1 ◆科技创新"]


def test_an_annex_begins_a_section():
    text = read("一、主要工作", BODY, "附件", "2024年10件民生实事", "一、稳定就业", BODY)
    assert outline(text) == ["1 一、主要工作", "1 附件", "1 2024年10件民生实事", "2 一、稳定就业"]


def test_a_caption_is_no_heading():
    assert outline(read("一、主要工作", BODY, "表1 主要指标完成情况", BODY)) == ["1 一、主要工作"]


def test_a_list_in_one_line_is_no_heading():
    text = read("一、存在的问题", "1、总量偏小；2、人才不足；3、服务不够。")
    assert outline(text) == ["1 一、存在的问题"]


def test_entries_of_a_glossary_are_no_headings():
    text = read("一、主要工作", BODY, "名词解释", f"1.链主企业：{BODY}", f"2.揭榜挂帅：{BODY}")
    assert outline(text) == ["1 一、主要工作", "1 名词解释"]


# --- headings inside a paragraph --------------------------------------------------------------


def test_headings_that_lost_their_line_breaks_are_found_in_sequence():
    text = read(
        f"{BODY} 一、主要工作情况 (一)亮点工作。 1、创客空间开园。{BODY}{BODY} 2、设计大赛落幕。{BODY}{BODY}"
        f" (二)重点工作 1、精准招商。{BODY}{BODY}"
    )
    assert outline(text) == [
        "1 一、主要工作情况",
        "2 (一)亮点工作",
        "3 1、创客空间开园→",
        "3 2、设计大赛落幕→",
        "2 (二)重点工作",
        "3 1、精准招商→",
    ]


def test_a_heading_whose_sentence_before_was_lost_is_found_by_its_number():
    text = read(f"1、招商工作。{BODY}{BODY} 2、科技工作。{BODY}五是为企业3、商贸工作。{BODY}{BODY}")
    assert outline(text) == ["3 1、招商工作→", "3 2、科技工作→", "3 3、商贸工作→"]


@pytest.mark.parametrize(
    "line",
    [
        f"{BODY}重点抓好三件事：1、抓项目；2、抓服务；3、抓安全。{BODY}",
        f"{BODY}主要做法。1、抓项目。2、抓服务。3、抓安全。",
        f"{BODY}完成投资3.5亿元。增长1、2个百分点。{BODY}{BODY}",
        f"{BODY}二是狠抓培育。{BODY}三是狠抓服务。{BODY}",
    ],
)
def test_a_list_inside_a_paragraph_stays_there(line: str):
    text = read("一、主要工作", line)
    assert outline(text) == ["1 一、主要工作"]
    assert paragraphs(text) == [line]
