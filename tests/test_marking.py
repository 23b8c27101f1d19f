"""`compare` by the command line: two drafts, or a draft and its edited Word copy."""

import json
import shutil
from pathlib import Path

import pytest
from docx import Document

from tests.exporting.opened import Opened, all_of
from tests.test_rereading import TABLE, edited, folder, run

__all__ = ["folder"]  # the fixture


def test_a_refreshed_draft_is_held_against_the_one_before(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    shutil.copy(folder / "draft.json", folder / "一稿.json")
    Path("新表.csv").write_text(TABLE.replace("208.6", "212.4"), encoding="utf-8")
    run("refresh", str(folder / "draft.json"), "--indicators", "新表.csv")
    capsys.readouterr()
    arguments = [str(folder / "一稿.json"), str(folder / "draft.json"), "-o", "花脸.docx", "--json"]
    assert run("compare", *arguments) == 0
    found = json.loads(capsys.readouterr().out)
    assert {one["reason"] for one in found["changes"]} == {"数据更新"}
    copy = Opened(Path("花脸.docx").read_bytes())
    assert list(all_of(copy.document, "ins"))
    assert "改动对照表" in copy.lines


def test_an_edited_word_copy_is_held_against_its_draft(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    copy = edited(folder, "工业投资完成", "工业投资累计完成")
    capsys.readouterr()
    given = ["compare", str(folder / "draft.json"), str(copy), "--by", "分管领导"]
    assert run(*given, "--reason", "领导意见", "--json") == 0
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    assert (change["reason"], change["by"], change["kinds"]) == ("领导意见", "分管领导", ["改字"])
    assert Path("花脸稿.docx").exists()


def test_two_word_files_without_a_draft_are_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    Document().save("甲.docx")
    assert run("compare", "甲.docx", str(folder / "draft.docx")) == 2
    assert "draft.json" in capsys.readouterr().err
