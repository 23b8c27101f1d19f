"""Lines that only layout broke are joined, and each join is reported."""

import pytest

from drafter.reading.cleaning import clean
from drafter.reading.wrapping import ends_properly, join_lines
from tests.reading.builders import BODY, kinds, outline, paragraphs, source, summary


def joined(text: str):
    lines, _ = clean(source(text))
    result, notes = join_lines(lines)
    return [line.text for line in result], len(notes)


def test_a_sentence_broken_around_a_number_is_one_again():
    before = f"{BODY}农村公路硬化完成"
    assert joined(f"{before}\n61公里 ，改造县道8公里\n。困难群众全部脱贫。") == (
        [f"{before}61公里 ，改造县道8公里。困难群众全部脱贫。"],
        2,
    )


def test_a_figure_with_a_space_behind_its_point_is_no_enumerator():
    before = f"{BODY}全县新增校园面积"
    assert joined(f"{before}\n19. 3万平方米。")[0] == [f"{before}19. 3万平方米。"]


WRAPPED = """　　今年以来，在县委、县政府的坚强领导下，我局紧紧围绕年初确定的目
标任务，以项目建设为抓手，以优化服务为保障，全县工业经济保持平稳较
快增长，各项工作取得了新的成效。现将有关情况汇报如下。
　　一、主要工作开展情况
　　（一）工业经济平稳运行。1—11月，全县规模工业增加值增长7.5%，排
全市第三位；工业投资完成52.3亿元，增长12.1%。新增规模企业
6家。
　　（二）科技创新步伐加快。全年认定高新技术企业9家，完成技术合同交易
1.2亿元，同比增长35%，科技型中小企业入库58家，超额完成市定任务，全
社会研发投入稳步增长。
　　二、存在的主要问题
　　一是总量偏小。二是链条不长，配套能力不强，上下游企业协作程度不高，
产业集聚效应还没有充分发挥出来。
"""


def test_a_text_of_fixed_width_gets_its_paragraphs_back():
    read = summary(WRAPPED)
    assert outline(read) == [
        "1 一、主要工作开展情况",
        "2 （一）工业经济平稳运行→",
        "2 （二）科技创新步伐加快→",
        "1 二、存在的主要问题",
    ]
    assert len(paragraphs(read)) == 4
    assert "新增规模企业6家。" in paragraphs(read)[1]
    assert set(kinds(read)) == {"断行"}
    assert read.quality.score == 1.0


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            f"一、主要工作\n{BODY}\n二、存在的问题\n{BODY}", id="headings end without mark"
        ),
        pytest.param(f"{BODY}\n\n{BODY}", id="whole paragraphs"),
        pytest.param(f"{BODY}\n主要成效\n{BODY}", id="a heading without enumerator"),
        pytest.param(f"{BODY}具体做法是\n1.抓学习。\n2.抓整改。", id="a list"),
        pytest.param(
            "——2023年1月6日在云岭县第十八届人民代表大会第三次会议上的报告和说明以及附件一并印发\n各位代表：",
            id="a date line",
        ),
    ],
)
def test_lines_that_end_are_not_joined(text: str):
    assert joined(text)[1] == 0


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("完成任务。", True),
        ("“快”字为先。”", True),
        ("（下同）", True),
        ("如下：", True),
        ("完成投资", False),
        ("出台《方案》", False),
    ],
)
def test_what_counts_as_an_end(text: str, ends: bool):
    assert ends_properly(text) is ends
