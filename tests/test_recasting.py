"""Recasting a draft from the command line: shorter, reordered, merged, and put back."""

import json
from pathlib import Path
from typing import Any

import pytest

from drafter.cli import main

TABLE = (
    "编号,指标名称,所属板块,本期,单位,统计期,同比(%),采用,所属指标\n"
    "A1,工业投资,工业经济,208.6,亿元,2024年1—11月,28.2,必报,\n"
    "A2,技改投资,工业经济,80,亿元,2024年1—11月,3.1,可报,工业投资\n"
    "A3,工业税收,工业经济,5.93,亿元,2024年1—11月,9.2,可报,\n"
    "B1,发明专利授权数,科技创新,30,件,2024年,,可报,\n"
    "B2,技术合同成交额,科技创新,13.2,亿元,2024年,24.5,必报,\n"
    "C1,安全检查企业数,安全生产,214,家,2024年,,可报,\n"
)
FACTS = (
    "编号,板块,类型,要点,采用\n"
    "F01,工业经济,活动,举办产业对接会3场,必写\n"
    "F02,科技创新,活动,组织科普活动23场,可写\n"
)
OUTLINE = """title: 某局2024年工作总结
sections:
  - {heading: 2024年工作情况, level: 1, kind: part}
  - {heading: 工业经济, level: 2, themes: [工业经济]}
  - {heading: 科技创新, level: 2, themes: [科技创新]}
  - {heading: 安全生产, level: 2, themes: [安全生产]}
"""
DRAFT = Path("out/draft.json")


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.fixture(autouse=True)
def drafted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (("表.csv", TABLE), ("素材.csv", FACTS), ("提纲.yaml", OUTLINE)):
        Path(name).write_text(text, encoding="utf-8")
    arguments = ("--indicators", "表.csv", "--facts", "素材.csv", "--outline", "提纲.yaml")
    assert run("draft", *arguments, "--org", "某局", "--year", "2024") == 0


def held() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DRAFT.read_text(encoding="utf-8"))
    return found


def headings() -> list[str]:
    return [one["heading"] for one in held()["sections"]]


def whole() -> str:
    return "".join(one["text"] for one in held()["sections"])


def told(capfd: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capfd.readouterr().out.splitlines()[-1])
    return found


def test_a_length_is_reached_with_the_lowest_weight_first(capfd: pytest.CaptureFixture[str]):
    full = sum(len(one["heading"] + one["text"]) for one in held()["sections"])
    assert run("recast", str(DRAFT), "--length", str(full - 10), "--json") == 0
    outcome = told(capfd)
    assert outcome["reached"]
    assert outcome["after"] <= full - 10 < outcome["before"] == full
    assert outcome["open"] == 0
    assert "工业投资" in whole()
    assert "举办产业对接会3场" in whole()


def test_a_length_that_is_kept_already_changes_nothing():
    before = held()
    assert run("recast", str(DRAFT), "--length", "5000") == 0
    assert held() == before


def test_what_must_be_reported_stays_and_the_shortfall_is_said(capfd: pytest.CaptureFixture[str]):
    assert run("recast", str(DRAFT), "--length", "20") == 0
    said = capfd.readouterr().out
    assert "没有压到20字" in said
    assert "208.6亿元" in whole()
    assert "13.2亿元" in whole()
    assert "举办产业对接会3场" in whole()
    assert "80亿元" not in whole()


def test_what_was_cut_is_listed_and_the_emptied_section_too():
    assert run("recast", str(DRAFT), "--drop", "可报") == 0
    cut = [one["text"] for one in held()["left_out"] if one["label"] == "压缩"]
    assert any("技改投资80亿元" in text for text in cut)
    assert "（三）安全生产" in cut
    assert headings()[-1] == "（二）科技创新"


def test_everything_comes_back(capfd: pytest.CaptureFixture[str]):
    before = held()
    assert run("recast", str(DRAFT), "--drop", "可报", "--first", "科技创新") == 0
    assert run("recast", str(DRAFT), "--drop", "可写") == 0
    assert run("recast", str(DRAFT), "--restore") == 0
    assert run("recast", str(DRAFT), "--restore") == 0
    assert held() == before
    assert run("recast", str(DRAFT), "--restore") == 2
    assert "没有重排或改写过" in capfd.readouterr().err


def test_a_section_comes_first_and_the_numbers_follow():
    assert run("recast", str(DRAFT), "--first", "安全生产") == 0
    assert headings() == [
        "一、2024年工作情况", "（一）安全生产", "（二）工业经济", "（三）科技创新",
    ]  # fmt: skip


def test_two_sections_become_one():
    assert run("recast", str(DRAFT), "--merge", "科技创新+安全生产") == 0
    assert headings()[-1] == "（二）科技创新"
    assert "214家" in held()["sections"][-1]["text"]
    assert run("recast", str(DRAFT), "--restore") == 0
    assert headings()[-1] == "（三）安全生产"


def test_what_must_be_reported_cannot_be_dropped(capfd: pytest.CaptureFixture[str]):
    before = DRAFT.read_bytes()
    assert run("recast", str(DRAFT), "--drop", "必报", "--json") == 1
    assert told(capfd)["error"]["code"] == "refused"
    assert DRAFT.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--length", "0"),
        ("--drop", "随便"),
        ("--first", "教育"),
        ("--first", "工"),
        ("--merge", "工业经济"),
        ("--merge", "工业经济+2024年工作情况"),
        ("--merge", "工业经济+工业经济"),
        ("--restore", "--length", "100"),
    ],
)
def test_an_impossible_wish_changes_nothing(arguments: tuple[str, ...]):
    before = DRAFT.read_bytes()
    assert run("recast", str(DRAFT), *arguments) == 2
    assert DRAFT.read_bytes() == before


def test_restoring_does_not_undo_later_work_unasked():
    assert run("recast", str(DRAFT), "--drop", "可写") == 0
    changed = held()
    changed["sections"][1]["template"] += "另行补充。"
    DRAFT.write_text(json.dumps(changed), encoding="utf-8")
    assert run("recast", str(DRAFT), "--restore") == 1
    assert run("recast", str(DRAFT), "--restore", "--force") == 0
    assert "另行补充" not in whole()


def test_a_recast_is_judged_against_the_tables_of_now(capfd: pytest.CaptureFixture[str]):
    Path("表.csv").write_text(TABLE.replace("208.6", "209.9"), encoding="utf-8")
    assert run("recast", str(DRAFT), "--drop", "可写") == 0
    assert "209.9亿元" in whole()
    Path("表.csv").unlink()
    assert run("recast", str(DRAFT), "--drop", "可报") == 2
    assert "表.csv" in capfd.readouterr().err
