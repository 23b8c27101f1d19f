"""Pages as LibreOffice sets them; skipped where it is absent."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from drafter.exporting.word import write_clean, write_review
from tests.exporting.drafts import a_draft
from tests.exporting.samples import FACTS, a_reviewed_draft, a_reviewed_table

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(
        not (shutil.which("soffice") and shutil.which("pdftotext")),
        reason="needs libreoffice-writer and poppler-utils",
    ),
]
FONTS = Path(__file__).with_name("fonts.conf")
WORDS = "全县规模工业企业稳中有进持续向好发展态势良好各项指标全面完成年初预定目标任务"
A4 = (595, 842)


def pages(docx: Path, mode: str = "-layout") -> list[str]:
    """The text of each page, laid out as on paper, or cell by cell (`-raw`)."""
    environment = {**os.environ, "FONTCONFIG_FILE": str(FONTS)}
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(docx.parent / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(docx.parent),
            str(docx),
        ],
        env=environment,
        check=True,
        capture_output=True,
        timeout=180,
    )
    text = subprocess.run(
        ["pdftotext", mode, str(docx.with_suffix(".pdf")), "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return text.split("\f")[:-1]


def lines(page: str) -> list[str]:
    """The lines of a page without its number."""
    return [line for line in page.split("\n") if line.strip() and not number(line)]


def number(line: str) -> int | None:
    """The number of the page, where a line is one."""
    found = re.fullmatch(r"\s*—\s*(\d+)\s*—\s*", line)
    return int(found.group(1)) if found else None


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    path = tmp_path_factory.mktemp("full") / "印发稿.docx"
    text = (WORDS * 60)[: 28 * 70]
    write_clean(a_draft(f"一、工作开展情况 / {text}"), path)
    return pages(path)


def test_a_full_page_has_22_lines(full: list[str]):
    assert [len(lines(page)) for page in full[1:3]] == [22, 22]


def test_a_full_line_has_28_characters(full: list[str]):
    for page in full[1:3]:
        assert {len(line.strip()) for line in lines(page)} == {28}


def test_the_first_line_of_a_paragraph_leaves_two_characters_out(full: list[str]):
    first = next(line for line in lines(full[0]) if line.strip().startswith(WORDS[:4]))
    assert len(first.strip()) == 26


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(full: list[str]):
    found = [
        (number(line), len(line) - len(line.lstrip()))
        for page in full
        for line in page.split("\n")
        if number(line)
    ]
    assert [value for value, _ in found] == list(range(1, len(full) + 1))
    odd = [indent for value, indent in found if value and value % 2]
    even = [indent for value, indent in found if value and not value % 2]
    assert min(odd) > max(even)


def test_the_title_stands_in_two_lines_at_the_top(full: list[str]):
    head = [line.strip().replace(" ", "") for line in lines(full[0])[:2]]
    assert head == ["云岭县科技和工业信息化局", "2024年工作总结及2025年工作思路"]


def test_the_appendix_has_a_page_of_its_own_and_its_tables_are_not_clipped(tmp_path: Path):
    path = tmp_path / "审校稿.docx"
    write_review(a_reviewed_draft(), path, table=a_reviewed_table(), facts=FACTS)
    read = pages(path, "-raw")
    start = next(place for place, page in enumerate(read) if "核对附页" in page)
    assert lines(read[start])[0].strip() == "核对附页"
    appendix = re.sub(r"\s", "", "".join(read[start:]))
    for words in ("35÷30×100=116.7", "核定优先于快报", "同级标题句式不一致", "未写入，请定夺"):
        assert words in appendix
