from pathlib import Path

import openpyxl
import pytest

from drafter.errors import TableError
from drafter.exporting.blank_table import FACT_SHEET, INDICATOR_SHEET, safe_text, write_blank_table
from drafter.reading.facts import read_facts
from drafter.reading.headers import meaning
from drafter.reading.tables import read_tables
from drafter.records.indicator import FIELDS

LAST_YEAR = """指标名称,所属板块,单位,本期,统计期,排名,排名范围,状态,别名,责任股室
工业投资,工业经济,亿元,79.80,2024年1—11月,3,全市,核定,工投、工业固投,经济运行股
工业税收,工业经济,亿元,5.96,2024年,,,快报,,
工业税收,工业经济,亿元,5.93,2024年,,,核定,,
前50强企业数,产业集群,家,13-17,2024年,,,,,
泵阀对接会举办,产业集群,,,2024年5月18日,,,,,
工业投资,工业经济,亿元,92,2025年,,,目标,,
"""


def last_year(folder: Path, text: str = LAST_YEAR) -> Path:
    path = folder / "2024.csv"
    path.write_text(text, encoding="utf-8")
    return path


def cells(path: Path, sheet: str) -> list[dict[str, object]]:
    """The rows below the head, empty cells left out."""
    head, *rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return [{str(h): v for h, v in zip(head, row, strict=True) if v is not None} for row in rows]


def test_the_empty_workbook_has_a_head_for_every_column_of_the_contract(tmp_path: Path):
    write_blank_table(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    fields = [meaning([str(cell.value)]).field for cell in book[INDICATOR_SHEET][1]]
    others = {"id", "name", "section", "unit", "period", "scope", "rank_scope", "target_of"}
    others |= {"share_of", "parent", "basis", "status", "source", "department", "weight"}
    others |= {"aliases", "note", "approx", "yoy_approx", "rank_approx"}
    assert set(fields) == {*FIELDS, *others}
    assert len(fields) == len(set(fields))
    assert [cell.value for cell in book[FACT_SHEET][1]][:4] == ["编号", "板块", "类型", "要点"]


def test_an_unfilled_workbook_is_no_table_yet(tmp_path: Path):
    write_blank_table(tmp_path / "a.xlsx")
    with pytest.raises(TableError):
        read_tables([tmp_path / "a.xlsx"])
    assert read_facts([tmp_path / "a.xlsx"]).facts == ()


def test_last_years_rows_come_back_with_their_values_as_prior(tmp_path: Path):
    write_blank_table(tmp_path / "a.xlsx", table=read_tables([last_year(tmp_path)]))
    assert cells(tmp_path / "a.xlsx", INDICATOR_SHEET) == [
        {
            "所属板块": "工业经济",
            "指标名称": "工业投资",
            "单位": "亿元",
            "上年同期": 79.8,
            "排名范围": "全市",
            "责任股室": "经济运行股",
            "别名": "工投、工业固投",
        },
        {"所属板块": "工业经济", "指标名称": "工业税收", "单位": "亿元", "上年同期": 5.93},
        {"所属板块": "产业集群", "指标名称": "前50强企业数", "单位": "家", "上年同期": "13-17"},
    ]


def test_a_filled_workbook_is_read_with_the_priors_digits_as_written(tmp_path: Path):
    path = tmp_path / "a.xlsx"
    write_blank_table(path, table=read_tables([last_year(tmp_path)]))
    book = openpyxl.load_workbook(path)
    for number in range(2, 5):
        book[INDICATOR_SHEET].cell(number, 7).value = 100 + number
        book[INDICATOR_SHEET].cell(number, 6).value = "2025年"
    book.save(path)
    table = read_tables([path])
    assert [str(row.prior.number) for row in table.rows if row.prior] == ["79.80", "5.93", "13-17"]
    assert table.year == 2025


@pytest.mark.parametrize("name", ["=1+1", "+指标", "-指标", "@指标"])
def test_no_cell_starts_a_formula(tmp_path: Path, name: str):
    source = last_year(tmp_path, f"指标名称,本期,责任股室\n{name},5,{name}\n")
    write_blank_table(tmp_path / "a.xlsx", table=read_tables([source]))
    (row,) = cells(tmp_path / "a.xlsx", INDICATOR_SHEET)
    assert row["指标名称"] == f" {name}"
    assert safe_text(name) == f" {name}"
    assert safe_text("工业-投资") == "工业-投资"
