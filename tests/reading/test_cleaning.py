"""What no author wrote is taken out, and reported with its place."""

import pytest

from drafter.reading.cleaning import clean, unpaired
from tests.reading.builders import BODY, kinds, paragraphs, source, summary


def cleaned(text: str):
    lines, notes = clean(source(text))
    return [line.text for line in lines], [(n.kind, n.text, n.replacement) for n in notes]


@pytest.mark.parametrize(
    ("text", "clean_text", "kind", "removed"),
    [
        ("增长\u200b8.7%。", "增长8.7%。", "零宽字符", "\u200b"),
        ("完成\u202e任务。", "完成任务。", "双向控制符", "\u202e"),
        ("完成\x07任务。", "完成任务。", "控制字符", "\x07"),
        ("完成<br/>任务。", "完成任务。", "网页标签", "<br/>"),
    ],
)
def test_characters_nobody_sees_are_taken_out_and_reported(
    text: str, clean_text: str, kind: str, removed: str
):
    assert cleaned(text) == ([clean_text], [(kind, removed, "")])


@pytest.mark.parametrize(
    ("written", "sign"),
    [("X9642;", "▪"), ("&#9642;", "▪"), ("&ldquo;", "“"), ("ldquo;", "“"), ("&amp;", "&")],
)
def test_whole_and_broken_entities_become_the_signs_they_stand_for(written: str, sign: str):
    assert cleaned(f"招商{written}引才。") == ([f"招商{sign}引才。"], [("残缺实体", written, sign)])


def test_a_model_number_before_a_semicolon_is_no_entity():
    assert cleaned("新购设备GX9642;已投产。") == (["新购设备GX9642;已投产。"], [])


def piece(number: int, text: str):
    return f"{number}、{text}"


LONG = "全县规模工业增加值保持平稳增长，新建项目陆续投产，帮扶企业解决了用工、用地、用电和融资等一批困难问题，企业生产经营总体稳定，为完成全年目标任务打下了坚实的基础，各项"


def test_counters_of_page_pieces_are_taken_out_and_sentences_joined():
    text = "\n".join(piece(k, LONG) for k in (1, 2, 3)) + "\n4、工作稳步推进。"
    lines, notes = cleaned(text)
    assert lines == [LONG * 3 + "工作稳步推进。"]
    assert [note[:2] for note in notes] == [("分段标记", f"{k}、") for k in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    "items",
    [
        pytest.param(["加强领导", "压实责任", "严格考核"], id="short items without marks"),
        pytest.param([LONG + "工作完成。"] * 3, id="long items that end as sentences"),
        pytest.param([LONG, LONG], id="two are no sequence"),
    ],
)
def test_a_numbered_list_is_not_taken_for_page_pieces(items: list[str]):
    text = "\n".join(piece(k, item) for k, item in enumerate(items, start=1))
    assert cleaned(text)[1] == []


@pytest.mark.parametrize(
    "line",
    [
        "本文版权归原作者所有，仅供学习交流。",
        "如需全文请联系作者：网络整理",
        "更多范文请关注微信公众号",
        "来源：云岭日报",
        "发布时间：2023-01-05  浏览次数：12",
        "责任编辑：小林",
        "第 3 页 共 12 页",
        "— 5 —",
    ],
)
def test_lines_of_the_site_and_page_numbers_are_taken_out(line: str):
    lines, notes = cleaned(f"县局工作总结\n{BODY}\n{line}")
    assert lines == ["县局工作总结", BODY]
    assert [note[1] for note in notes] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "开展软件版权保护宣传3次。",
        "全县公共场所实现扫码支付。",
        "收集整理企业相关资料120份。",
        "网络安全工作扎实推进。",
        "12",
    ],
)
def test_sentences_of_the_bureau_are_not_taken_for_the_sites(line: str):
    assert cleaned(f"{BODY}\n{line}")[0] == [BODY, line]


def test_the_sites_sentence_behind_the_last_one_is_cut_off():
    lines, notes = cleaned(f"{BODY * 3}本文来源于网络，仅供参考。")
    assert lines == [BODY * 3]
    assert notes == [("网站样板", "本文来源于网络，仅供参考。", "")]


def test_notes_point_at_the_files_own_text():
    text = "县局总结\n增长\u200b8%。\n来源：云岭日报\n"
    _, notes = clean(source(text))
    assert [text[note.start : note.end] for note in notes] == ["\u200b", "来源：云岭日报"]


def test_unpaired_quotation_marks_are_noted_and_left_alone():
    lines, _ = clean(source("开展“走出去活动。落实《方案》（试行。"))
    notes = list(unpaired(lines))
    assert [(note.text, note.replacement) for note in notes] == [("“", "“"), ("（", "（")]


def test_half_width_brackets_and_enumerators_pair_as_they_may():
    lines, _ = clean(source("(一）党建工作。\n1)抓学习。\n方案（试行)已印发。"))
    assert list(unpaired(lines)) == []


def test_nothing_is_reported_for_a_clean_text():
    read = summary(f"县科工局2023年工作总结\n{BODY}\n一、主要工作\n　　{BODY}\n")
    assert kinds(read) == []
    assert paragraphs(read) == [BODY, BODY]
