"""From a file to blocks, tree and notes: the whole way."""

import time
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from drafter.errors import UnreadableFileError
from drafter.reading.summaries import read_summary
from tests.reading.builders import BODY, line, summary

DAMAGED = (
    "县局2023年工作总结\n"
    + "\n".join(
        f"{k}、全县招商X9642;引资工作\u200b稳步推进{BODY[:-1] * 3}，各项" for k in (1, 2, 3)
    )
    + "\n4、工作完成。\n来源：云岭日报"
)


def test_a_word_file_with_styles_tables_and_own_numbering(tmp_path: Path):
    document = docx.Document()
    document.add_paragraph("云岭县科工局2023年工作总结", style="Title")
    document.add_paragraph(BODY)
    document.add_heading("主要工作", level=1)
    document.add_heading("工业经济", level=2)
    document.add_paragraph(BODY)
    document.add_table(1, 1).cell(0, 0).text = "一、表中文字"
    document.add_heading("存在的问题", level=1)
    document.add_paragraph(BODY)
    path = tmp_path / "总结.docx"
    document.save(str(path))
    read = read_summary(path)
    assert read.title == "云岭县科工局2023年工作总结"
    assert [line(block) for block in read.blocks if block.kind == "heading"] == [
        "1 主要工作",
        "2 工业经济",
        "1 存在的问题",
    ]
    assert "一、表中文字" in [block.text for block in read.blocks if block.kind == "paragraph"]


def test_every_character_points_back_into_the_file():
    read = summary(DAMAGED)
    replaced = {note.replacement for note in read.cleaning if note.replacement}
    assert replaced == {"▪"}
    places = [place for block in read.blocks for place in block.offsets]
    assert places == sorted(places)
    for block in read.blocks:
        for character, place in zip(block.text, block.offsets, strict=True):
            assert character == read.source[place] or character in replaced


def test_what_is_missing_from_the_blocks_is_in_the_notes():
    read = summary(DAMAGED)
    kept = {place for block in read.blocks for place in block.offsets}
    noted = {place for note in read.cleaning for place in range(note.start, note.end)}
    lost = [c for place, c in enumerate(read.source) if place not in kept | noted]
    assert "".join(lost).strip() == ""


def test_blocks_of_a_clean_text_are_the_text_itself():
    read = summary(f"县局2023年总结\n一、工作\n（一）工业。{BODY}")
    for block in read.blocks:
        start, end = block.origin(0, len(block.text))
        assert read.source[start:end] == block.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_changes_nothing(tmp_path: Path, encoding: str):
    path = tmp_path / "县局2023年总结.txt"
    text = f"县局2023年工作总结\r\n一、工作\r\n（一）工业。{BODY}\r\n"
    path.write_bytes(text.encode(encoding))
    read = read_summary(path)
    assert read.source == text
    assert len(read.blocks) == 4


def test_a_long_text_is_read_in_well_under_a_second():
    text = "县局2023年总结\n" + "\n".join(
        f"（{k}）事项。{BODY * 9}1、分项。{BODY}" for k in "一二三四五六七八九十" * 5
    )
    start = time.perf_counter()
    summary(text)
    assert len(text.encode()) > 50_000
    assert time.perf_counter() - start < 1.0


HOSTILE = [
    "一、" * 20_000,
    "（" * 20_000,
    "1、" * 20_000,
    "1、抓好党建。" * 6_000,
    "（一）抓好党建。\n" * 6_000,
    "抓好党的建设\n" + "抓好党的建设工作。\n" * 6_000,
    "，\n" * 20_000,
    "x" * 50_000,
    " " * 50_000 + "完",
    "-" + " " * 50_000 + "完",
    "—" * 50_000,
    "字体" + " " * 50_000 + "完",
    "政 " * 20_000,
    "2023年" * 10_000,
    "“" * 20_000,
    "&#" * 20_000,
    "<p " * 20_000,
    "第1" * 20_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:6].strip() for text in HOSTILE])
def test_hostile_texts_take_no_longer(text: str):
    """A square would need sixteen times the time for four times the text."""

    def seconds(part: str) -> float:
        # The processor's time, not the clock's: what else the machine does stays out of it.
        start = time.process_time()
        summary(part)
        return time.process_time() - start

    quarter = min(seconds(text[: len(text) // 4]) for _ in range(3))
    assert any(seconds(text) < 10 * quarter + 0.1 for _ in range(3))


def test_a_text_far_too_long_for_a_summary_is_refused():
    with pytest.raises(UnreadableFileError, match="不像一份工作总结"):
        summary(BODY * 10_000)


def styled(tmp_path: Path, *lines: tuple[str, int]) -> list[str]:
    """The outline of a Word file; level 0 for body text, n for the style of headings n."""
    document = docx.Document()
    for text, level in lines:
        if level:
            document.add_heading(text, level=level)
        else:
            document.add_paragraph(text)
    path = tmp_path / "总结.docx"
    document.save(str(path))
    return [line(block) for block in read_summary(path).blocks if block.kind == "heading"]


def test_the_first_style_may_be_the_titles(tmp_path: Path):
    assert styled(
        tmp_path,
        ("县科工局2023年工作总结", 1),
        (BODY, 0),
        ("主要工作", 2),
        ("工业经济", 3),
        (BODY, 0),
        ("存在的问题", 2),
        (BODY, 0),
    ) == ["1 主要工作", "2 工业经济", "1 存在的问题"]


def test_styles_and_enumerators_together(tmp_path: Path):
    assert styled(
        tmp_path,
        ("县科工局2023年工作总结", 1),
        ("一、主要工作", 2),
        ("（一）工业经济", 3),
        (BODY, 0),
        ("下一步打算", 2),
        (BODY, 0),
    ) == ["1 一、主要工作", "2 （一）工业经济", "1 下一步打算"]


def test_a_word_file_that_only_looks_like_headings(tmp_path: Path):
    document = docx.Document()
    for text in ("云岭县科技和工业信息化局", "2023年工作总结", "（2023年12月20日）"):
        document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(BODY)
    document.add_paragraph().add_run("一、主要工作").bold = True
    run_in = document.add_paragraph()
    run_in.add_run("（一）工业经济稳中有进。").bold = True
    run_in.add_run(BODY)
    document.add_table(1, 1).cell(0, 0).text = "工业投资"
    document.add_paragraph().add_run("存在的主要困难和问题").bold = True
    document.add_paragraph(BODY)
    path = tmp_path / "总结.docx"
    document.save(str(path))
    read = read_summary(path)
    assert read.title == "云岭县科技和工业信息化局2023年工作总结"
    assert [line(block) for block in read.blocks if block.kind == "heading"] == [
        "1 一、主要工作",
        "2 （一）工业经济稳中有进→",
        "1 存在的主要困难和问题",
    ]
