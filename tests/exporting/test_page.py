"""Profiles of the page, and what is wrong with a bad one."""

from decimal import Decimal
from pathlib import Path

import pytest

from drafter.errors import OperatorError
from drafter.exporting.page import DEFAULT, load_profile, profile_names, read_profile
from drafter.exporting.word import clean_copy
from tests.exporting.drafts import a_draft
from tests.exporting.opened import Opened, attribute, runs


def test_the_packaged_default_is_the_default_in_code():
    assert load_profile("gbt9704") == DEFAULT


@pytest.mark.parametrize(
    ("name", "lines"),
    [("gbt9704", 22), ("pitch28", 22), ("pitch29", 21), ("pitch30", 21), ("bold-level2", 22)],
)
def test_a_page_holds_so_many_lines_of_28_characters(name: str, lines: int):
    profile = load_profile(name)
    assert (profile.lines_per_page, profile.characters_per_line) == (lines, 28)


def test_every_packaged_profile_loads():
    for name in profile_names():
        assert load_profile(name).lines_per_page >= 20


def test_without_spacing_only_27_characters_fit_a_line():
    assert read_profile("character_spacing: 0").characters_per_line == 27


def test_digits_may_be_drawn_by_the_chinese_font():
    opened = Opened(clean_copy(a_draft("完成12项。"), load_profile("plain-digits")))
    assert attribute(runs(opened.paragraph("完成"))[0], "rPr/rFonts", "ascii") == "仿宋_GB2312"


def test_the_second_level_may_be_bold():
    opened = Opened(clean_copy(a_draft("（一）抓工业"), load_profile("bold-level2")))
    run = runs(opened.paragraph("（一）"))[0]
    assert attribute(run, "rPr/b", "val") is None  # <w:b/>
    assert attribute(runs(opened.paragraphs[0])[0], "rPr/b") == "0"


def test_a_profile_of_ones_own_needs_only_what_differs(tmp_path: Path):
    file = tmp_path / "本局版式.yaml"
    file.write_text(
        "\ufeffname: 本局\nline_pitch: 28.8\nbold_levels: [1, 2]\nfonts:\n  title: 华文中宋\n",
        "utf-8",
    )
    profile = load_profile(file)
    assert profile.line_pitch == Decimal("28.8")
    assert profile.bold_levels == (1, 2)
    assert profile.fonts.title == ("华文中宋",)
    assert profile.fonts.body == DEFAULT.fonts.body


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("line_pich: 28", "line_pich"),
        ("line_pitch: 二十八", "二十八"),
        ("line_pitch: NaN", "NaN"),
        ("line_pitch: 1e999", "1e999"),
        ("line_pitch: 10", "小于正文字号"),
        ("body_size: 90", "字号"),
        ("margin_left: -3", "不能为负"),
        ("margin_left: 160", "5个字"),
        ("margin_top: 240", "5行"),
        ("latin_digits: 也许", "也许"),
        ("bold_levels: [9]", "9"),
        ("fonts: {body: []}", "字体"),
        ("fonts: {footer: 宋体}", "footer"),
        ("fonts: 仿宋", "名称: 值"),
        ("- 28", "名称: 值"),
        ("name: [", "YAML"),
        ("[" * 5000, "YAML"),
        ("name: !!python/object/apply:os.system [ls]", "名称"),
    ],
)
def test_a_bad_profile_is_refused_with_the_place(text: str, named: str):
    with pytest.raises(OperatorError) as error:
        read_profile(text, source="本局.yaml")
    assert named in str(error.value)
    assert "本局.yaml" in str(error.value)


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(OperatorError) as error:
        load_profile("gbt9705")
    assert "gbt9704" in str(error.value)


def test_a_file_in_another_encoding_says_so(tmp_path: Path):
    (tmp_path / "a.yaml").write_bytes("name: 本局".encode("gb18030"))
    with pytest.raises(OperatorError) as error:
        load_profile(tmp_path / "a.yaml")
    assert "UTF-8" in str(error.value)


def test_an_empty_file_is_the_default():
    assert read_profile("# 只有注释\n") == DEFAULT
