"""Errands on a draft that exists: its copies, its attachments, the sheets to sign."""

import json
from pathlib import Path

import pytest

from tests.exporting.opened import Opened
from tests.test_rereading import BUREAU, folder, run

__all__ = ["folder"]  # the fixture


def test_a_sheet_to_sign_is_written_beside_the_draft(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    capsys.readouterr()
    assert run("signoff", "out/draft.json", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert Path(told["file"]) == Path("out/核对单.docx")
    assert sum(told["departments"].values()) > 4
    assert "核对单" in Opened((folder / "核对单.docx").read_bytes()).lines


def test_an_unknown_office_is_a_mistake_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    assert run("signoff", "out/draft.json", "--department", "外事股") == 2
    assert "未注明股室" in capsys.readouterr().err
    assert not list(folder.glob("核对单*"))


@pytest.mark.parametrize("kind", ["--clean", "--review"])
def test_the_table_is_attached_on_demand(folder: Path, kind: str):
    assert run("export", "out/draft.json", kind, "--table", "-o", "out/附.docx") == 0
    lines = Opened((folder / "附.docx").read_bytes()).lines
    assert "附件：2024年主要指标完成情况表" in lines


def test_charts_without_tables_of_past_years_are_refused_with_what_to_do(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    assert run("export", "out/draft.json", "--clean", "--charts", "-o", "out/附.docx") == 2
    assert "drafter ingest" in capsys.readouterr().err
    assert not (folder / "附.docx").exists()


def test_charts_show_the_years_that_the_knowledge_base_has(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    for year, value in ((2022, "151.2"), (2023, "162.7")):
        past = Path(f"{year}年指标表.csv")
        past.write_text(
            f"指标名称,统计期,本期,单位\n工业投资,{year}年,{value},亿元\n", encoding="utf-8"
        )
        assert run("ingest", str(past), "--org", BUREAU, "--year", str(year)) == 0
    arguments = ("export", "out/draft.json", "--clean", "--charts", "-o", "out/附.docx")
    code = run(*arguments)
    if code and "字体" in capsys.readouterr().err:
        pytest.skip("no Chinese font on this machine")
    assert code == 0
    document = Opened((folder / "附.docx").read_bytes()).parts["word/document.xml"]
    assert "历年情况：工业投资" in document


def test_the_mark_of_help_by_a_machine_is_a_setting(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DRAFTER_AI_MARK", "text")
    assert run("export", "out/draft.json", "--clean") == 0
    assert Opened((folder / "draft-clean.docx").read_bytes()).lines[-1] == "（AI辅助起草）"
    assert run("reread", "out/draft-clean.docx", "--draft", "out/draft.json") == 0
    sections = json.loads((folder / "draft.json").read_text(encoding="utf-8"))["sections"]
    assert not any("AI辅助起草" in one["text"] for one in sections)
