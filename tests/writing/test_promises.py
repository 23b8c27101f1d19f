"""Last year's goals and problems beside this year's result, on the command line."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from drafter.cli import main

PRECEDENT = """某县科技和工业信息化局2023年工作总结及2024年工作思路

2023年，全县工业经济平稳运行，现总结如下。
一、2023年工作情况
（一）工业经济
工业投资完成86亿元，增长5%。
二、存在的问题
一是企业利润总额下降5.1%，增收不增利。二是工业税收增长偏慢。三是部分干部服务企业的主动性不强。
三、2024年工作思路
力争规模工业增加值增长7%以上，工业投资完成80亿元以上，新增规模工业企业12家以上。
技术合同成交额达到13亿元左右，万元产值能耗控制在0.4吨以内，发放消费券20万张。
加快电子陶瓷产业园建设，完善园区基础配套设施。
"""
TABLE = (
    "编号,指标名称,本期,单位,统计期,同比(%),年度目标\n"
    "A1,规模工业增加值,,,2024年,7.9,\n"
    "A2,工业投资,79.8,亿元,2024年1—11月,-5.7,\n"
    "A3,新增规模工业企业数,11,家,2024年,,10\n"
    "A4,技术合同成交额,12.8,亿元,2024年,,\n"
    "A5,万元产值能耗,0.38,吨,2024年,,\n"
    "A6,企业利润总额,9.85,亿元,2024年,-5,\n"
    "A7,工业税收,5.93,亿元,2024年,9.2,\n"
)
FACTS = "编号,要点\nF01,电子陶瓷产业园建成投用，园区基础配套设施完善\n"


@pytest.fixture(autouse=True)
def materials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (("去年.txt", PRECEDENT), ("表.csv", TABLE), ("素材.csv", FACTS)):
        Path(name).write_text(text, encoding="utf-8")


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["promises", "去年.txt", "--indicators", "表.csv", "--facts", "素材.csv", *arguments])
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.fixture
def found(capfd: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    assert run("--json") == 0
    told: list[dict[str, Any]] = json.loads(capfd.readouterr().out)["promises"]
    return told


def of(found: list[dict[str, Any]], words: str) -> dict[str, Any]:
    (one,) = [one for one in found if words in one["text"]]
    return one


@pytest.mark.parametrize(
    ("words", "verdict", "result"),
    [
        ("规模工业增加值", "met", "增长7.9%"),
        ("新增规模工业企业", "missed", "11家"),
        ("技术合同成交额", "met", "12.8亿元"),
        ("能耗", "met", "0.38吨"),
        ("消费券", "no_figure", ""),
        ("企业利润", "missed", "下降5%"),
        ("工业税收", "met", "增长9.2%"),
        ("主动性", "question", ""),
    ],
)
def test_each_promise_has_its_result(
    found: list[dict[str, Any]], words: str, verdict: str, result: str
):
    one = of(found, words)
    assert (one["verdict"], one["result"]) == (verdict, result)


def test_a_year_that_is_not_over_is_not_condemned(found: list[dict[str, Any]]):
    one = of(found, "工业投资")
    assert one["verdict"] == "question"
    assert "1—11月" in one["message"]


def test_the_evidence_is_the_cell_of_the_result(found: list[dict[str, Any]]):
    one = of(found, "新增规模工业企业")
    (cell,) = one["evidence"]
    assert (cell["file"], cell["cell"], cell["value"]) == ("表.csv", "C4", "11")
    assert "任务为10家" in one["message"]


def test_the_place_is_that_of_last_years_text(found: list[dict[str, Any]]):
    for one in found:
        assert PRECEDENT[one["start"] : one["end"]] == one["text"]
        assert one["text"] in PRECEDENT.split("\n")[one["paragraph"] - 1]


def test_a_fact_that_speaks_of_it_is_named(found: list[dict[str, Any]]):
    one = of(found, "陶瓷产业园")
    assert (one["verdict"], one["facts"]) == ("question", ["F01"])
    assert one["evidence"][0]["file"] == "素材.csv"


def test_results_of_last_year_are_no_promises(found: list[dict[str, Any]]):
    assert not [one for one in found if "86亿元" in one["text"]]


def test_the_table_can_be_written(capfd: pytest.CaptureFixture[str]):
    assert run("-o", "兑现.xlsx") == 0
    assert "承诺兑现：共" in capfd.readouterr().out
    sheet = openpyxl.load_workbook("兑现.xlsx")["承诺兑现表"]
    rows = list(sheet.values)
    assert rows[0][:2] == ("类别", "去年所提")
    assert any(row[6] == "未兑现" and "C4" in str(row[7]) for row in rows)
