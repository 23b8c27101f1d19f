"""A draft found again in an edited copy: title, sections, signature.

A copy is a text, a line a paragraph; `#` before a line is a heading by its style.
"""

from dataclasses import replace

from drafter.records.draft import Draft
from drafter.records.returned import Returned, ReturnedParagraph
from drafter.writing.recognising import Found, recognise
from tests.exporting.drafts import ORGANISATION, TITLE, a_draft

LEAD = "2024年，全局上下围绕中心工作稳步推进。现将有关情况总结如下。"
INDUSTRY = "规模工业增加值增长8.7%，排全市第二。技改投资完成208.6亿元。"
CLOSING = "以上总结，如有不妥之处请批评指正。"


def the_draft() -> Draft:
    return a_draft(
        LEAD,
        "一、2024年工作开展情况",
        f"（一）工业经济稳中有进 / {INDUSTRY}",
        "（二）信息化水平不断提升 / 建成5G基站120个。",
        "二、存在的问题 / 一是总量不大。",
        CLOSING,
    )


def a_copy(text: str) -> Returned:
    return Returned(
        tuple(
            ReturnedParagraph(line.lstrip("#"), line.count("#") if line.startswith("#") else 0)
            for line in text.split("\n")
        )
    )


def whole(draft: Draft, **changed: str) -> str:
    """The copy as it went out; `changed` puts words in the place of others."""
    lines = [draft.title, ""]
    for one in draft.sections:
        lines += [said for said in (one.heading, one.text) if said]
    text = "\n".join([*lines, "", draft.organisation, draft.date])
    for old, new in changed.items():
        text = text.replace(old, new)
    return text


def edited(old: str, new: str) -> Found:
    assert old in whole(the_draft())
    return recognise(the_draft(), a_copy(whole(the_draft()).replace(old, new)))


def outline(found: Found) -> list[tuple[str, str]]:
    return [(one.id, one.text) for one in found.sections]


def test_a_copy_that_nobody_touched_is_the_draft():
    found = recognise(the_draft(), a_copy(whole(the_draft())))
    assert outline(found) == [(one.id, one.text) for one in the_draft().sections]
    assert [one.heading for one in found.sections] == [one.heading for one in the_draft().sections]
    assert (found.title, found.organisation, found.date) == (TITLE, ORGANISATION, "2024年12月31日")
    assert found.gone == ()


def test_a_title_may_be_broken_into_lines_or_paragraphs():
    for broken in (f"{ORGANISATION}\n2024年工作总结及\n2025年工作思路", f"{TITLE[:9]} {TITLE[9:]}"):
        assert edited(TITLE, broken).title == TITLE


def test_another_title_is_taken_whole():
    assert edited(TITLE, f"{ORGANISATION}2024年工作报告").title == f"{ORGANISATION}2024年工作报告"


def test_a_heading_counted_anew_is_the_same_section():
    found = edited("（二）信息化水平不断提升", "（三）信息化水平不断提升")
    assert [one.heading for one in found.sections if one.id == "s3"] == ["（三）信息化水平不断提升"]


def test_a_reworded_heading_is_known_by_its_words():
    found = edited("（二）信息化水平不断提升", "（二）信息化建设提档升级")
    assert outline(found) == [(one.id, one.text) for one in the_draft().sections]


def test_a_heading_with_other_words_is_known_by_the_text_below():
    found = edited("（二）信息化水平不断提升", "（二）数字赋能跑出加速度")
    assert ("s3", "建成5G基站120个。") in outline(found)


def test_sections_may_change_places():
    first = f"（一）工业经济稳中有进\n{INDUSTRY}"
    second = "（二）信息化水平不断提升\n建成5G基站120个。"
    found = edited(f"{first}\n{second}", f"{second}\n{first}")
    assert [one.id for one in found.sections] == ["s0", "s1", "s3", "s2", "s4", "s5"]


def test_a_new_heading_opens_a_new_section():
    found = edited("二、存在的问题", "（三）安全生产形势平稳\n检查企业45家次。\n二、存在的问题")
    assert [(one.heading, one.level, one.text) for one in found.sections if not one.id] == [
        ("（三）安全生产形势平稳", 2, "检查企业45家次。")
    ]


def test_a_heading_by_style_alone_opens_a_new_section():
    found = edited("二、存在的问题", "##安全生产形势平稳\n检查企业45家次。\n二、存在的问题")
    assert [(one.heading, one.level) for one in found.sections if not one.id] == [
        ("安全生产形势平稳", 2)
    ]


def test_the_text_of_a_heading_that_was_taken_out_goes_to_the_one_above():
    found = edited("（二）信息化水平不断提升\n", "")
    assert found.gone == ("s3",)
    assert ("s2", f"{INDUSTRY}\n建成5G基站120个。") in outline(found)


def test_a_closing_without_heading_is_told_from_the_section_above():
    found = edited("一是总量不大。", "一是总量不大。\n二是人才不足，工作标准有待提高。")
    assert outline(found)[-2:] == [
        ("s4", "一是总量不大。\n二是人才不足，工作标准有待提高。"),
        ("s5", CLOSING),
    ]


def test_a_closing_that_was_taken_out_is_gone():
    assert edited(CLOSING, "").gone == ("s5",)


def test_a_line_of_the_text_that_looks_like_a_heading_stays_text():
    draft = a_draft("一、工作情况 / 主要做了两件事：\n（一）抓招商引资\n（二）抓项目建设")
    assert outline(recognise(draft, a_copy(whole(draft)))) == [("s0", draft.sections[0].text)]


def test_a_run_in_heading_is_found_at_the_beginning_of_its_paragraph():
    draft = a_draft("一、工作情况", "（一）抓党建。 | 开展主题党日12次。")
    found = recognise(draft, a_copy(f"{TITLE}\n一、工作情况\n（一）抓党建。开展主题党日15次。"))
    assert outline(found)[-1] == ("s1", "开展主题党日15次。")
    assert found.sections[-1].run_in


def test_attachments_are_no_text():
    found = edited(CLOSING, f"{CLOSING}\n附件：2024年主要指标完成情况表")
    assert ("s5", CLOSING) in outline(found)
    copy = a_copy(whole(the_draft()) + "\n附件\n主要指标完成情况表\n规模工业增加值")
    assert outline(recognise(the_draft(), copy))[-1] == ("s5", CLOSING)


def test_without_signature_the_last_line_is_text():
    draft = replace(the_draft(), date="", organisation="")
    copy = a_copy("\n".join([TITLE, *(one.heading or one.text for one in draft.sections)]))
    assert recognise(draft, copy).sections[-1].text == CLOSING
