"""The clean copy: what its XML says about the page, and that it says what the draft says."""

import dataclasses
import io
from collections import Counter
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafter.errors import RefusedError
from drafter.exporting.page import DEFAULT, load_profile
from drafter.exporting.word import clean_copy, write_clean, write_review
from drafter.records.draft import Draft
from drafter.records.printable import clean as unprintables_gone
from tests.exporting.drafts import a_draft, a_section, asked, found
from tests.exporting.opened import (
    ORDER_OF_PARAGRAPH,
    ORDER_OF_RUN,
    ORDER_OF_TABLE,
    Opened,
    W,
    all_of,
    attribute,
    children,
    number,
    numerals,
    runs,
    text,
    the,
)
from tests.exporting.samples import a_reviewed_draft

HEADINGS = ("一、工作开展情况", "（一）工业经济稳中有进", "1.培育主体", "（1）要素保障")
WORDS = st.text(
    st.sampled_from(
        "全县规模工业企业稳中有进，。、“”……——《》（）0123456789.%ABG+·×℃①\n \t\x00\x0b\u200b\u202e𠮷"
    ),
    max_size=90,
)
SECTIONS = st.lists(
    st.builds(
        lambda heading, run_in, words: f"{heading} {'|' if run_in else '/'} {words}",
        st.sampled_from(HEADINGS),
        st.booleans(),
        WORDS,
    ),
    max_size=6,
)
TITLES = st.text(
    st.sampled_from("云岭县科技和工业信息化局2024年工作总结及“”《》思路\x07"),
    min_size=1,
    max_size=70,
)
DATES = st.sampled_from(("", "2024年12月31日", "2025-01-05", "二〇二五年一月", "2025年01月05日"))
PROFILES = st.sampled_from(("gbt9704", "pitch28", "pitch30", "plain-digits", "bold-level2"))


def a_full_draft() -> Draft:
    return a_draft(
        "2024年，全局上下“一盘棋”推进工作……现总结如下——",
        *(f"{heading} / 全年完成208.6亿元，增长28.2%。" for heading in HEADINGS),
        "（二）抓党建。 | 开展主题党日12次。\n集中学习24次。",
    )


@pytest.fixture(scope="module")
def clean():
    return Opened(clean_copy(a_full_draft()))


def test_the_paper_is_a4_with_the_margins_of_the_standard(clean: Opened):
    size = the(clean.document, "body/sectPr/pgSz")
    margins = the(clean.document, "body/sectPr/pgMar")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    assert [margins.get(f"{W}{side}") for side in ("top", "bottom", "left", "right")] == [
        "2098", "1984", "1587", "1474",
    ]  # fmt: skip
    assert 1400 <= number(margins.get(f"{W}footer")) <= 1446


def test_there_is_no_character_grid_that_would_spread_the_title(clean: Opened):
    assert not list(all_of(clean.document, "docGrid"))


@pytest.mark.parametrize(
    ("start", "font", "style"),
    [
        ("一、", "黑体", "Heading1"),
        ("（一）", "楷体_GB2312", "Heading2"),
        ("1.", "仿宋_GB2312", "Heading3"),
        ("（1）", "仿宋_GB2312", "Heading4"),
        ("全年", "仿宋_GB2312", "OfficialBody"),
    ],
)
def test_each_level_has_its_font(clean: Opened, start: str, font: str, style: str):
    paragraph = clean.paragraph(start)
    run = runs(paragraph)[0]
    assert attribute(paragraph, "pPr/pStyle") == style
    assert attribute(run, "rPr/rFonts", "eastAsia") == font
    assert attribute(run, "rPr/rFonts", "ascii") == "Times New Roman"
    assert attribute(run, "rPr/sz") == "32"
    assert attribute(run, "rPr/spacing") == "-5"
    assert attribute(run, "rPr/b") == "0"
    assert attribute(paragraph, "pPr/spacing", "line") == "579"
    assert attribute(paragraph, "pPr/spacing", "lineRule") == "exact"
    assert attribute(paragraph, "pPr/ind", "firstLineChars") == "200"
    assert attribute(paragraph, "pPr/ind", "firstLine") == "630"


def test_the_title_is_large_centred_off_the_grid_and_not_drawn_together(clean: Opened):
    title = clean.paragraphs[0]
    assert attribute(title, "pPr/pStyle") == "Title"
    assert attribute(title, "pPr/jc") == "center"
    assert attribute(title, "pPr/snapToGrid") == "0"
    assert attribute(runs(title)[0], "rPr/rFonts", "eastAsia") == "方正小标宋简体"
    assert attribute(runs(title)[0], "rPr/sz") == "44"
    assert attribute(runs(title)[0], "rPr/spacing") == "0"
    assert text(title) == "云岭县科技和工业信息化局\n2024年工作总结及2025年工作思路"
    assert clean.lines[1] == ""


def test_a_run_in_heading_shares_its_paragraph_in_a_font_of_its_own(clean: Opened):
    paragraph = clean.paragraph("（二）抓党建。")
    heading, words = runs(paragraph)
    assert text(paragraph) == "（二）抓党建。开展主题党日12次。"
    assert attribute(heading, "rPr/rFonts", "eastAsia") == "楷体_GB2312"
    assert attribute(words, "rPr/rFonts", "eastAsia") == "仿宋_GB2312"
    assert attribute(paragraph, "pPr/pStyle") == "OfficialBody"
    assert text(clean.paragraphs[clean.lines.index(text(paragraph)) + 1]) == "集中学习24次。"


def test_a_run_in_heading_without_an_end_gets_one():
    assert (
        "（二）抓党建。开展党日。" in Opened(clean_copy(a_draft("（二）抓党建 | 开展党日。"))).lines
    )


def test_headings_never_stand_alone_at_the_foot_of_a_page(clean: Opened):
    assert attribute(clean.paragraph("一、"), "pPr/outlineLvl") == "0"
    assert clean.paragraph("一、").find(f"{W}pPr/{W}keepNext") is not None


def test_page_numbers_stand_outside_odd_right_and_even_left(clean: Opened):
    for part, side, edge in (("footer1", "right", "rightChars"), ("footer2", "left", "leftChars")):
        paragraph = the(clean.tree(f"word/{part}.xml"), "p")
        kinds = [
            attribute(run, "fldChar", "fldCharType")
            for run in runs(paragraph)
            if run.find(f"{W}fldChar") is not None
        ]
        assert attribute(paragraph, "pPr/jc") == side
        assert attribute(paragraph, "pPr/ind", edge) == "100"
        assert kinds == ["begin", "separate", "end"]
        assert all(len(run) == 2 for run in runs(paragraph))  # WPS: one run for each mark
        assert text(paragraph) in ("— 1 —", "— 2 —")
        assert {attribute(run, "rPr/rFonts", "ascii") for run in runs(paragraph)} == {"宋体"}
        assert {attribute(run, "rPr/sz") for run in runs(paragraph)} == {"28"}
    assert clean.tree("word/settings.xml").find(f"{W}evenAndOddHeaders") is not None


def test_no_theme_font_overrides_the_names_and_the_theme_has_them_too(clean: Opened):
    for name, part in clean.parts.items():
        assert "Theme=" not in part, name
        assert "Mincho" not in part, name
    assert "仿宋_GB2312" in clean.parts["word/theme/theme1.xml"]
    assert "方正小标宋简体" in clean.parts["word/theme/theme1.xml"]
    assert 'w:val="仿宋,方正仿宋_GBK,华文仿宋"' in clean.parts["word/fontTable.xml"]


def test_quotes_and_dashes_go_to_the_chinese_font(clean: Opened):
    for run in all_of(clean.document, "r"):
        assert attribute(run, "rPr/rFonts", "hint") == "eastAsia"


def test_nothing_of_a_review_is_left_in_the_clean_copy(clean: Opened):
    assert "word/comments.xml" not in clean.parts
    for mark in ("w:shd", "w:highlight", "w:comment", "w:ins ", "w:del ", "w:vanish", "ReviewNote"):
        assert mark not in "".join(clean.parts.values())


def test_properties_name_the_office_and_no_person():
    core = docx.Document(io.BytesIO(clean_copy(a_full_draft()))).core_properties
    assert core.title == a_full_draft().title
    assert (core.author, core.last_modified_by) == (a_full_draft().organisation,) * 2
    assert core.created == core.modified
    assert str(core.created).startswith("2024-12-31")
    assert (core.comments, core.keywords, core.revision) == ("", "", 1)


def test_the_date_starts_two_characters_right_of_the_name(clean: Opened):
    blank, name, date = clean.paragraphs[-3:]
    assert [text(item) for item in (blank, name, date)] == [
        "", "云岭县科技和工业信息化局", "2024年12月31日",
    ]  # fmt: skip
    assert attribute(name, "pPr/ind", "right") == "630"
    start_of_name = DEFAULT.text_width - 630 - 12 * 315
    assert number(attribute(date, "pPr/ind", "left")) == start_of_name + 630


def test_a_date_longer_than_the_name_stands_two_characters_from_the_edge():
    opened = Opened(clean_copy(a_draft("总结如下。", organisation="科工局")))
    name, date = opened.paragraphs[-2:]
    assert attribute(date, "pPr/ind", "right") == "630"
    width_of_date = 3 * 315 + 8 * 155
    assert (
        number(attribute(name, "pPr/ind", "left")) == DEFAULT.text_width - 630 - width_of_date - 630
    )


def test_without_a_date_the_line_is_left_out():
    assert Opened(clean_copy(a_draft("总结如下。", date=""))).lines[-2:] == [
        "", "云岭县科技和工业信息化局",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given_date", "printed"),
    [("2025年01月05日", "2025年1月5日"), ("2025-1-5", "2025年1月5日"), ("2025年2月", "2025年2月")],
)
def test_the_date_has_no_padded_zero(given_date: str, printed: str):
    assert Opened(clean_copy(a_draft("总结。", date=given_date))).lines[-1] == printed


def test_a_signature_never_stands_alone_on_its_page(clean: Opened):
    last = clean.paragraphs[-4]
    assert text(last) == "集中学习24次。"
    assert last.find(f"{W}pPr/{W}keepNext") is not None


def test_a_profile_may_leave_the_signature_out():
    profile = dataclasses.replace(DEFAULT, signature=False)
    assert Opened(clean_copy(a_draft("总结如下。"), profile)).lines[-1] == "总结如下。"


def test_a_clean_copy_is_refused_while_something_is_open(tmp_path: Path):
    draft = a_reviewed_draft()
    with pytest.raises(RefusedError) as refused:
        write_clean(draft, tmp_path / "印发稿.docx")
    assert refused.value.open_points == draft.open_points
    assert "300人次" in str(refused.value)
    assert not list(tmp_path.iterdir())


def test_a_question_that_need_not_be_answered_stops_nothing(tmp_path: Path):
    section = a_section("一、情况 / 总结。")
    draft = a_draft(section, questions=(asked(section, "招商情况"),))
    write_clean(draft, tmp_path / "新建" / "印发稿.docx")
    assert "请补" not in "".join(Opened((tmp_path / "新建" / "印发稿.docx").read_bytes()).lines)


def test_a_long_list_of_open_points_is_cut_in_the_message_alone(tmp_path: Path):
    section = a_section("一、情况 / " + "完成12项。" * 30)
    for _ in range(30):
        section = found(section, "12项", "unsupported", message="无依据")
    with pytest.raises(RefusedError) as refused:
        write_clean(a_draft(section), tmp_path / "a.docx")
    assert len(refused.value.open_points) == 30
    assert "另有10处" in str(refused.value)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SECTIONS, TITLES, DATES, PROFILES)
def test_any_draft_becomes_a_sound_file_with_its_own_numerals(
    sections: list[str], title: str, date: str, name: str
):
    draft = a_draft("导语2024年。", *sections, title=title, date=date)
    profile = load_profile(name)
    content = clean_copy(draft, profile)
    opened = Opened(content)

    docx.Document(io.BytesIO(content))  # read without a crash by the library
    assert content == clean_copy(draft, profile)
    latin = "Times New Roman" if profile.latin_digits else None
    for paragraph in opened.paragraphs:
        assert attribute(paragraph, "pPr/spacing", "line") == str(profile.pitch_twips)
        assert attribute(paragraph, "pPr/spacing", "lineRule") == "exact"
        order = [ORDER_OF_PARAGRAPH.index(child) for child in children(the(paragraph, "pPr"))]
        assert order == sorted(order)
    for run in all_of(opened.document, "r"):
        fonts = the(run, "rPr/rFonts")
        assert fonts.get(f"{W}ascii") == (latin or fonts.get(f"{W}eastAsia"))
        order = [ORDER_OF_RUN.index(child) for child in children(the(run, "rPr"))]
        assert order == sorted(order)
    for style in all_of(opened.tree("word/styles.xml"), "tblPr"):
        order = [ORDER_OF_TABLE.index(child) for child in children(style)]
        assert order == sorted(order)

    levels = {attribute(paragraph, "pPr/pStyle") for paragraph in opened.paragraphs}
    assert levels <= {
        "Title",
        "Normal",
        "OfficialBody",
        "Signature",
        *(f"Heading{n}" for n in range(1, 5)),
    }
    written = " ".join([
        draft.title, *(f"{item.heading} {item.text}" for item in draft.sections), _printed(date),
    ])  # fmt: skip
    assert Counter(numerals(unprintables_gone(written))) == Counter(
        numerals("\n".join(opened.lines))
    )


def _printed(date: str) -> str:
    return {"2025-01-05": "2025年1月5日", "2025年01月05日": "2025年1月5日"}.get(date, date)


def test_control_characters_reach_no_part_of_the_file(tmp_path: Path):
    draft = a_draft("完成\x0012\u202e项\x0b。\ud800", title="总\x00结", organisation="局\u200b")
    write_clean(draft, tmp_path / "a.docx")
    write_review(draft, tmp_path / "b.docx")
    for name in ("a.docx", "b.docx"):
        opened = Opened((tmp_path / name).read_bytes())
        assert opened.lines[:3] == ["总结", "", "完成12项。"]


def test_a_long_last_paragraph_is_not_moved_for_the_signature():
    opened = Opened(clean_copy(a_draft("持续推进。" * 60)))
    assert opened.paragraph("持续推进").find(f"{W}pPr/{W}keepNext") is None
