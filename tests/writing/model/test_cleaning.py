"""A model's answer without what is no text of the section; references go through untouched."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.writing.model.cleaning import LONGEST, cleaned
from tests.writing.model.scribe import INVESTMENT, PROJECT, WHOLE

SAID = INVESTMENT + PROJECT


@pytest.mark.parametrize(
    "text", [SAID, WHOLE, f"{INVESTMENT}\n{PROJECT}", "一是加强监测。二是强化服务。"]
)
def test_a_section_is_left_as_it_is(text: str):
    assert cleaned(text).text == text
    assert cleaned(text).removed == ()


WRAPPED = {
    "思考过程": f"<think>先想一想9999亿元</think>{SAID}",
    "代码围栏": f"```markdown\n{SAID}\n```",
    "JSON 包装": json.dumps({"content": SAID}),
    "开头的客套话": f"好的，以下是根据要求撰写的内容：\n\n{SAID}",
    "结尾的说明": f"{SAID}\n\n希望以上内容对您有所帮助。",
    "HTML 标记": f"<p><b>{SAID}</b></p><script>alert(1)</script>",
    "Markdown 标记": f"- **{SAID}**\n---",
    "不可见字符": "\x00\x07\x1b\u202e" + SAID + "\u200b\ufeff\U000e0041",
    "留空待填的句子": f"{SAID}荣获【请补：称号】。",
    "没有写完的末句": f"{SAID}下一步，我们将继续",
    "重复的句子": SAID + INVESTMENT,
}


@pytest.mark.parametrize(("name", "raw"), WRAPPED.items())
def test_what_is_no_text_of_the_section_goes_and_is_named(name: str, raw: str):
    found = cleaned(raw)
    assert found.text == SAID
    assert name in found.removed
    assert not found.refusal


MORE = {
    "想完了</think>" + SAID: SAID,
    f"{SAID}<think>后想": SAID,
    f"# 工业经济\n{SAID}": f"工业经济\n{SAID}",
    f"1. {INVESTMENT}\n2. {PROJECT}": f"{INVESTMENT}\n{PROJECT}",
    f"正文：{SAID}": SAID,
    f"{SAID}（全文约120字）": SAID,
    f"{SAID}\n如需修改，请告诉我。\n": SAID,
    "加强服务,深入走访;组织活动(3次).": "加强服务，深入走访；组织活动（3次）。",
    "全县 工业 增长 8.7% ，位居前列。": "全县工业增长8.7%，位居前列。",
    "增长1,234.5万元,创造价值。": "增长1,234.5万元，创造价值。",
    "某某企业投产。" + SAID: SAID,
    "完成____亿元。" + SAID: SAID,
    "甲&nbsp;乙&amp;丙。": "甲乙&丙。",
    f'好的：\n{{"content": "{SAID}"}}': SAID,
    f"&lt;think&gt;想&lt;/think&gt;{SAID}": SAID,
    f"> {SAID}": SAID,
    "〔往年事项〕，" + "增长〔数〕。" + SAID: SAID,
}


@pytest.mark.parametrize(("raw", "text"), MORE.items())
def test_habits_of_models(raw: str, text: str):
    assert cleaned(raw).text == text


KEPT = (
    "印发《青禾县耕地保护管理办法》（青政发〔2024〕3号）。",
    "当然，也要看到不足。",
    "以下简称县工信局的改革全面完成。",
    "已为企业解决问题12个。",
    "感谢信5封寄到局里。",
)


@pytest.mark.parametrize("sentence", KEPT)
def test_sentences_that_look_like_talk_stay(sentence: str):
    for text in (sentence + SAID, SAID + sentence, f"{sentence}\n{SAID}", f"{SAID}\n{sentence}"):
        assert cleaned(text).text == text


USELESS = {
    "": "没有给出正文",
    " \n\t　": "没有给出正文",
    "<think>只想不写": "没有给出正文",
    "很抱歉，我无法完成这个请求。": "推辞",
    "作为AI语言模型，我不能撰写。": "推辞",
    "I'm sorry, but I can't help with that request.": "推辞",
    "Industrial investment grew steadily this year.": "不是中文",
    "工業經濟運行總體平穩，產業發展質量穩步提升。": "繁体",
    "各项工作有序推进。" * 400: "重复",
    "长" * (LONGEST + 1): "过长",
}


@pytest.mark.parametrize(("raw", "why"), USELESS.items())
def test_an_answer_of_no_use_says_why(raw: str, why: str):
    assert why in cleaned(raw).refusal


def test_references_go_through_whatever_stands_in_them():
    raw = 'GDP {{ 工业投资.值("亿元") }},{{ 占比(甲, 乙) }} 。｛｛ 甲.值 ｝｝。'
    assert (
        cleaned(raw).text == 'GDP {{ 工业投资.值("亿元") }}，{{ 占比(甲, 乙) }}。｛｛ 甲.值 ｝｝。'
    )


def test_names_of_companies_in_latin_letters_are_chinese_text():
    assert not cleaned("引进ABC、XYZ两家企业，建成MES和ERP系统。" + SAID).refusal


_BITS = st.sampled_from(
    [
        "<think>",
        "</think>",
        "```",
        "\n",
        "。",
        "{{ 甲.值 }}",
        "好的，",
        "：",
        "- ",
        "**",
        "<p>",
        "工业",
        "&lt;",
        "【",
        "】",
        "12",
        ",",
        " ",
    ]
)


@given(st.lists(_BITS | st.text(max_size=3), max_size=25))
def test_nothing_raises_and_nothing_grows(bits: list[str]):
    raw = "".join(bits)
    found = cleaned(raw)
    assert len(found.text) <= len(raw) + 8 * raw.count("&")
    assert not set(found.text) & set("\x00\x1b\u202e\u200b")
    assert cleaned(found.text).text == found.text


@pytest.mark.parametrize(
    "bit", ["<think>", "</think>", "<script>", "```\n", "{{", "(", "**", "&lt;", "【", "好的，"]
)
def test_marks_without_end_are_no_trap(bit: str):
    cleaned(bit * (90_000 // len(bit)))
