"""Pages as LibreOffice sets them; skipped where it is absent."""

import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from drafter.exporting.attachments import Attachments
from drafter.exporting.evidence import Sources
from drafter.exporting.word import (
    Extras,
    write_clean,
    write_comparison,
    write_review,
    write_signoff,
)
from drafter.marking import marked
from tests.builders import table
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


def converted(docx: Path, kind: str, *, into: Path | None = None) -> Path:
    """The document as another kind of file, by LibreOffice; beside it unless a folder is given."""
    folder = into or docx.parent
    environment = {**os.environ, "FONTCONFIG_FILE": str(FONTS)}
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(docx.parent / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
            str(docx),
        ],
        env=environment,
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder / f"{docx.stem}.{kind}"


def pages(docx: Path, mode: str = "-layout") -> list[str]:
    """The text of each page, laid out as on paper, or cell by cell (`-raw`)."""
    text = subprocess.run(
        ["pdftotext", mode, str(converted(docx, "pdf")), "-"],
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


def opened_again(docx: Path) -> str:
    """What LibreOffice understood of it, as the XML of its own format."""
    with zipfile.ZipFile(converted(docx, "odt")) as package:
        return package.read("content.xml").decode()


def test_every_comment_is_read_with_its_evidence(tmp_path: Path):
    path = tmp_path / "审校稿.docx"
    write_review(a_reviewed_draft(), path, table=a_reviewed_table(), facts=FACTS)
    found = opened_again(path)
    assert found.count("<office:annotation ") == found.count("<office:annotation-end ") == 10
    said = re.sub("<[^>]+>", "", found)
    assert "数据核对" in said
    assert "算式：35 ÷ 30 × 100 = 116.7" in said


def test_tracked_changes_are_read_as_such(tmp_path: Path):
    old = a_draft("一、情况 / 完成投资208.6亿元。\n加强调度。")
    new = a_draft("一、情况 / 完成投资206.8亿元。")
    path = tmp_path / "花脸稿.docx"
    comparison = marked(old, new, by="分管领导", date=(old.date, new.date))
    write_comparison(comparison, new, path)
    found = opened_again(path)
    assert found.count("<text:insertion>") == 1
    assert found.count("<text:deletion>") == 2
    assert "分管领导" in found


def test_an_attached_table_is_whole_and_begins_a_page(tmp_path: Path):
    path = tmp_path / "印发稿.docx"
    rows = [
        f"规模以上工业企业新增指标第{number}项=20{number}.5亿元 上年10 同比8.7 全市第{number}"
        for number in range(1, 41)
    ]
    extras = Extras(Attachments(table=table(*rows)))
    write_clean(a_draft("一、情况 / 总结如下。"), path, extras=extras)
    read = pages(path, "-raw")
    start = next(at for at, page in enumerate(read) if lines(page)[0].strip() == "附件")
    assert start > 0
    said = re.sub(r"\s", "", "".join(read[start:]))
    for number in range(1, 41):
        assert f"新增指标第{number}项" in said
        assert f"20{number}.5" in said
    heads = [page for page in read[start:] if "上年同期" in re.sub(r"\s", "", page)]
    assert len(heads) == len(read) - start  # the head is repeated on each page


def test_sheets_to_sign_begin_on_pages_of_their_own(tmp_path: Path):
    path = tmp_path / "核对单.docx"
    write_signoff(a_reviewed_draft(), path, Sources(a_reviewed_table(), FACTS))
    heads = [page for page in pages(path, "-raw") if lines(page)[0].strip() == "核对单"]
    assert len(heads) == 4
    assert all("核对人（签字）" in page for page in heads)
