"""A named person places an adverse figure; the text follows and the record stays."""

import json
from pathlib import Path
from typing import Any

import pytest

from drafter.cli import main

TABLE = (
    "编号,指标名称,所属板块,本期,单位,统计期,同比(%),采用,所属指标\n"
    "A1,工业增加值,工业经济,90,亿元,2024年,7.9,必报,\n"
    "A2,工业投资,工业经济,79.8,亿元,2024年,-5.7,必报,\n"
    "A3,技改投资,工业经济,44.7,亿元,2024年,17.9,可报,工业投资\n"
    "A4,出口额,工业经济,3.2,亿元,2024年,-4,备查,\n"
)
OUTLINE = """title: 某局2024年工作总结
sections:
  - {heading: 工业经济, level: 1, themes: [工业经济]}
  - {heading: 存在的问题, level: 1, kind: problems}
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
    Path("表.csv").write_text(TABLE, encoding="utf-8")
    Path("提纲.yaml").write_text(OUTLINE, encoding="utf-8")
    arguments = ("--indicators", "表.csv", "--outline", "提纲.yaml", "--org", "某局")
    assert run("draft", *arguments, "--year", "2024") == 0


def decide(item: str, decided: str, by: str = "张三") -> int:
    return run("decide", str(DRAFT), "--item", item, "--as", decided, "--by", by)


def held() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DRAFT.read_text(encoding="utf-8"))
    return found


def texts() -> tuple[str, str]:
    first, second = held()["sections"]
    return first["text"], second["text"]


def test_the_whole_table_is_searched_and_each_figure_has_its_row():
    adverse = {one["indicator"]: one for one in held()["adverse"]}
    assert set(adverse) == {"A2", "A4"}
    assert adverse["A4"]["section"] == ""
    assert adverse["A2"]["cell"]["cell"] == "B3"


def test_what_belongs_to_the_problems_leaves_the_achievements():
    assert decide("工业投资", "写入问题") == 0
    achievements, problems = texts()
    assert "79.8亿元" not in achievements
    assert "技改投资完成44.7亿元" in achievements
    assert "79.8亿元" in problems
    assert "其中技改" not in achievements


def test_what_is_left_out_is_listed_with_who_wanted_it_so():
    assert decide("A2", "不写") == 0
    assert "79.8亿元" not in "".join(texts())
    noted = [one["reason"] for one in held()["left_out"] if one["label"] == "不利数据"]
    assert noted
    assert all("张三决定不写" in one for one in noted)


def test_a_figure_that_stood_nowhere_can_be_written_where_a_person_wants_it():
    assert decide("A4", "写入成绩") == 0
    assert "出口额" in texts()[0]
    assert decide("A4", "写入问题", by="李四") == 0
    achievements, problems = texts()
    assert "出口额" not in achievements
    assert "出口额" in problems
    assert [one["by"] for one in held()["decisions"]] == ["李四"]


def test_the_list_tells_the_decision_and_that_it_has_aged(capfd: pytest.CaptureFixture[str]):
    assert decide("A2", "写入成绩") == 0
    assert "已定夺1项" in capfd.readouterr().out
    Path("新.csv").write_text(TABLE.replace("-5.7", "-6.1"), encoding="utf-8")
    assert run("refresh", str(DRAFT), "--indicators", "新.csv") == 0
    (one,) = held()["decisions"]
    assert one["text"] == "下降5.7%"
    assert next(x["text"] for x in held()["adverse"] if x["indicator"] == "A2") == "下降6.1%"


@pytest.mark.parametrize(
    ("item", "decided", "by"),
    [("A1", "不写", "张三"), ("A2", "随便", "张三"), ("A2", "不写", " "), ("", "不写", "张三")],
)
def test_an_impossible_decision_changes_nothing(item: str, decided: str, by: str):
    before = DRAFT.read_bytes()
    assert decide(item, decided, by) == 2
    assert DRAFT.read_bytes() == before


def again(*more: str) -> int:
    arguments = ("--indicators", "表.csv", "--outline", "提纲.yaml", "--org", "某局")
    return run("draft", *arguments, "--year", "2024", *more)


def test_a_new_draft_of_the_same_year_keeps_the_decisions_and_says_so(
    capfd: pytest.CaptureFixture[str],
):
    assert decide("工业投资", "写入问题") == 0
    decided = texts()
    capfd.readouterr()
    assert again() == 0
    told = capfd.readouterr().out
    assert texts() == decided
    assert "沿用out/draft.json中的定夺" in told
    assert "工业投资：写入问题（张三）" in told
    assert [one["item"] for one in held()["decisions"]] == ["A2"]


def test_decisions_of_a_named_draft_are_taken_over(capfd: pytest.CaptureFixture[str]):
    assert decide("工业投资", "写入问题") == 0
    assert again("--out", "新", "--decisions", str(DRAFT)) == 0
    assert "写入问题（张三）" in capfd.readouterr().out
    assert "79.8亿元" in json.loads(Path("新/draft.json").read_text("utf-8"))["sections"][1]["text"]


def test_decisions_can_be_set_aside(capfd: pytest.CaptureFixture[str]):
    before = texts()
    assert decide("工业投资", "写入问题") == 0
    capfd.readouterr()
    assert again("--no-decisions") == 0
    assert texts() == before
    assert held()["decisions"] == []
    assert "沿用" not in capfd.readouterr().out


def test_a_figure_that_has_changed_waits_for_a_new_decision(capfd: pytest.CaptureFixture[str]):
    assert decide("工业投资", "写入问题") == 0
    Path("表.csv").write_text(
        TABLE.replace("79.8,亿元,2024年,-5.7", "79.9,亿元,2024年,-5.5"), "utf-8"
    )
    capfd.readouterr()
    assert again() == 0
    told = capfd.readouterr().out
    assert "请重新定夺" in told
    assert held()["decisions"] == []
    assert "79.9亿元" in texts()[0]


def test_another_bureaus_decisions_are_not_taken_over():
    assert decide("工业投资", "写入问题") == 0
    assert again("--org", "另一局") == 0
    assert held()["decisions"] == []


def test_a_broken_earlier_draft_is_told(capfd: pytest.CaptureFixture[str]):
    DRAFT.write_text("{", encoding="utf-8")
    assert again() == 0
    assert "读不出，其中的定夺未沿用" in capfd.readouterr().out
    assert again("--decisions", "没有.json") == 2
