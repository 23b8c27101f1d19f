"""An edited Word copy taken back by the command line: what is told, what is kept, what is open."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from drafter.cli import main
from tests.exporting.test_rendering import converted

TABLE = (
    "指标名称,所属板块,本期,单位,同比(%),采用\n工业投资,工业经济,208.6,亿元,28.2,必报\n"
    "技改投资,工业经济,79.8,亿元,-5.7,\n安全培训人次,安全生产,1480,人次,,必报\n"
)
FACTS = "编号,板块,类型,要点\nF01,工业经济,项目,青杉铜箔二期项目于5月开工建设\n"
BUREAU = "云岭县科技和工业信息化局"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "表.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "素材.csv").write_text(FACTS, encoding="utf-8")
    run("draft", "--indicators", "表.csv", "--facts", "素材.csv", "--org", BUREAU, "--year", "2024")
    return tmp_path / "out"


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


def data(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "draft.json").read_text(encoding="utf-8"))
    return found


def text(folder: Path) -> str:
    return "\n".join(one["text"] for one in data(folder)["sections"])


def edited(folder: Path, old: str, new: str, name: str = "draft-clean.docx") -> Path:
    """The copy with some words of one run changed, under a name of its own."""
    document = Document(str(folder / name))
    run = next(run for one in document.paragraphs for run in one.runs if old in run.text)
    run.text = run.text.replace(old, new)
    document.save(str(folder / "改.docx"))
    return folder / "改.docx"


def reread(folder: Path, copy: Path, capsys: pytest.CaptureFixture[str], *more: str) -> Any:
    capsys.readouterr()
    assert run("reread", str(copy), "--draft", str(folder / "draft.json"), "--json", *more) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("name", ["draft.docx", "draft-clean.docx"])
def test_a_copy_without_an_edit_comes_back_unchanged(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str
):
    before = data(folder)
    found = reread(folder, folder / name, capsys, "--out", "neu")
    assert (found["changed"], found["changes"]) == (False, [])
    assert data(Path("neu"))["sections"] == before["sections"]


def test_reworded_sentences_keep_their_references(folder: Path, capsys: pytest.CaptureFixture[str]):
    found = reread(folder, edited(folder, "工业投资完成", "工业投资累计完成"), capsys)
    assert [one["kinds"] for one in found["changes"]] == [["改字"]]
    assert "工业投资累计完成{{ 工业投资.值 }}" in json.dumps(data(folder), ensure_ascii=False)
    new = Path("新表.csv")
    new.write_text(TABLE.replace("208.6", "212.4"), encoding="utf-8")
    assert run("refresh", str(folder / "draft.json"), "--indicators", str(new)) == 0
    assert "工业投资累计完成212.4亿元" in text(folder)


def test_a_changed_number_is_told_and_open_and_blocks_the_clean_copy(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    found = reread(folder, edited(folder, "208.6", "218.6"), capsys)
    (change,) = found["changes"]
    assert change["kinds"] == ["改数"]
    assert (change["numbers_before"], change["numbers_after"]) == (["208.6亿元"], ["218.6亿元"])
    assert change["judged"][0]["verdict"] == "contradicted"
    assert found["clean"] is None
    assert not (folder / "draft-clean.docx").exists()
    assert "218.6亿元" in text(folder)


def test_a_typed_number_that_the_table_proves_is_a_reference_again(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    reread(folder, edited(folder, "208.6", "218.6"), capsys)
    found = reread(folder, edited(folder, "218.6", "208.6", "draft.docx"), capsys)
    assert found["changes"][0]["links"][0]["text"] == "208.6亿元"
    assert found["clean"]


def test_an_invented_event_is_told_and_open(folder: Path, capsys: pytest.CaptureFixture[str]):
    copy = edited(folder, "青杉铜箔二期项目", "我局荣获全国先进集体称号，青杉铜箔二期项目")
    found = reread(folder, copy, capsys, "--by", "产业股", "--reason", "股室更正")
    assert "改事" in found["changes"][0]["kinds"]
    assert found["clean"] is None
    (edit,) = data(folder)["edits"]
    assert (edit["by"], edit["reason"]) == ("产业股", "股室更正")


def test_the_copy_that_was_edited_in_place_is_kept(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    edited(folder, "208.6", "218.6", "draft.docx").replace(folder / "draft.docx")
    reread(folder, folder / "draft.docx", capsys)
    kept = Document(str(folder / "draft-returned.docx"))
    assert any("218.6" in one.text for one in kept.paragraphs)


def test_what_came_back_can_be_put_back(folder: Path, capsys: pytest.CaptureFixture[str]):
    before = text(folder)
    reread(folder, edited(folder, "208.6", "218.6"), capsys)
    assert run("recast", str(folder / "draft.json"), "--restore") == 0
    assert text(folder) == before
    assert (folder / "draft-clean.docx").exists()


def test_a_copy_of_another_text_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]):
    document = Document()
    document.add_paragraph("关于做好防汛工作的通知")
    document.add_paragraph("各乡镇要落实责任。")
    document.save(str(folder / "别的.docx"))
    before = data(folder)
    code = run("reread", str(folder / "别的.docx"), "--draft", str(folder / "draft.json"))
    assert code == 2
    assert "不是这份草稿的修改稿" in capsys.readouterr().err
    assert data(folder) == before


def test_a_table_that_changed_meanwhile_is_asked_to_be_refreshed_first(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    Path("表.csv").write_text(TABLE.replace("208.6", "212.4"), encoding="utf-8")
    copy = edited(folder, "208.6", "218.6")
    assert run("reread", str(copy), "--draft", str(folder / "draft.json")) == 2
    assert "refresh" in capsys.readouterr().err


def test_the_remarks_of_a_leader_are_told(folder: Path, capsys: pytest.CaptureFixture[str]):
    document = Document(str(folder / "draft.docx"))
    run = next(run for one in document.paragraphs for run in one.runs if "208.6" in run.text)
    document.add_comment(run, text="口径请再核", author="分管领导", initials="领")
    document.save(str(folder / "改.docx"))
    found = reread(folder, folder / "改.docx", capsys)
    assert [(one["author"], one["text"]) for one in found["remarks"]] == [
        ("分管领导", "口径请再核")
    ]
    assert found["changed"] is False


def test_the_officer_reads_what_changed_in_words(folder: Path, capsys: pytest.CaptureFixture[str]):
    copy = edited(folder, "208.6", "218.6")
    capsys.readouterr()
    assert run("reread", str(copy), "--draft", str(folder / "draft.json")) == 0
    told = capsys.readouterr().out
    assert "数字：208.6亿元 → 218.6亿元" in told
    assert "与表不符" in told


def test_a_date_that_somebody_wrote_anew_is_taken(folder: Path, capsys: pytest.CaptureFixture[str]):
    given = ["--indicators", "表.csv", "--org", BUREAU, "--year", "2024", "--date", "2024-12-31"]
    run("draft", *given)
    copy = edited(folder, "2024年12月31日", "2025年1月6日")
    (change,) = reread(folder, copy, capsys)["changes"]
    assert (change["section"], change["after"]) == ("落款日期", "2025年1月6日")
    assert data(folder)["date"] == "2025年1月6日"


@pytest.mark.office
@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="needs libreoffice-writer",
)
@pytest.mark.parametrize("way", [("docx",), pytest.param(("odt", "docx"), marks=pytest.mark.heavy)])
@pytest.mark.parametrize("name", ["draft.docx", "draft-clean.docx"])
def test_a_copy_that_another_program_has_saved_comes_back_unchanged(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, way: tuple[str, ...]
):
    """Style ids, runs, comments and numbering are all another's then."""
    path = folder / "gone" / name
    path.parent.mkdir()
    shutil.copy(folder / name, path)
    for kind in way:
        home = folder / f"{kind}-{len(list(folder.iterdir()))}"
        saved = converted(path, kind, into=home)
        path = saved
    found = reread(folder, path, capsys)
    assert (found["changed"], found["changes"], found["remarks"]) == (False, [], [])
