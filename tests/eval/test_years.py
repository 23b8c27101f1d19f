"""The measurement itself: what a draft carries is found again with the sentence it comes from."""

import json
from pathlib import Path

import pytest

from eval.carried import CarriedClause
from eval.years import drafted, pairs, report

TEXT = """柏林县{year}年工作总结
一、{year}年工作情况
（一）工业经济平稳运行
{year}年，规模工业总产值完成{output}亿元，同比增长{growth}%。加强节能工作。柏林公司建成新厂。
"""
FIGURES = """report_year,data_year,indicator,value,unit,growth_pct,sentence
2021,2021,规模工业总产值,50,亿元,5,甲
2022,2022,规模工业总产值,56,亿元,12,乙
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for year, output, growth in ((2020, 40, 4), (2021, 50, 5), (2022, 56, 12)):
        text = TEXT.format(year=year, output=output, growth=growth)
        (tmp_path / f"柏林县_{year}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "柏林县.txt").write_text("没有年份", encoding="utf-8")
    (tmp_path / "indicators.csv").write_text(FIGURES, encoding="utf-8-sig")
    return tmp_path


def carried(folder: Path, mode: str) -> dict[str, CarriedClause]:
    made = drafted(pairs(folder)[-1], mode, folder / "indicators.csv")
    assert made
    return {one.text: one for one in made.carried}


def test_each_report_is_drafted_from_the_one_before(folder: Path):
    assert [one.name for one in pairs(folder)] == ["柏林县 2020→2021", "柏林县 2021→2022"]


def test_or_from_every_one_before(folder: Path):
    assert len(pairs(folder, every=True)) == 3


@pytest.mark.parametrize("mode", ["told", "extracted", "both"])
def test_a_carried_figure_is_shown_with_the_sentence_it_comes_from(folder: Path, mode: str):
    found = next(one for text, one in carried(folder, mode).items() if "56亿元" in text)
    assert found.kind == "data"
    assert "50亿元" in found.past
    assert found.figures == ("56亿元 = 规模工业总产值.value",)


def test_a_carried_measure_is_shown_as_routine(folder: Path):
    found = carried(folder, "told")["加强节能工作。"]
    assert (found.kind, found.past) == ("routine", "加强节能工作")


def test_what_was_left_out_is_not_carried(folder: Path):
    assert not any("新厂" in text for text in carried(folder, "told"))


def test_a_year_without_rows_has_no_draft_from_the_csv(folder: Path):
    without = folder / "other.csv"
    without.write_text(FIGURES.splitlines()[0] + "\n", encoding="utf-8")
    assert drafted(pairs(folder)[0], "told", without) is None


def test_counts_are_told_and_the_clauses_written_for_a_reader(folder: Path):
    output = folder / "carried.jsonl"
    lines = list(report(folder, None, output))
    assert any("柏林县 2021→2022 told" in line for line in lines)
    written = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert {one["mode"] for one in written} == {"told", "extracted", "both"}
    assert lines[-1].startswith(f"{len(written)} carried clauses")
