from pathlib import Path

import docx
import openpyxl
import pytest

from drafter.errors import TableError
from drafter.reading.facts import figures_of, read_facts


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_only_the_text_is_required_and_facts_are_numbered(tmp_path: Path):
    facts = read_facts([written(tmp_path / "a.csv", "要点\n举办对接会1场\n获评先进单位\n")]).facts
    assert [(fact.id, fact.text) for fact in facts] == [
        ("F01", "举办对接会1场"),
        ("F02", "获评先进单位"),
    ]


def test_numbers_given_and_numbers_made_do_not_collide(tmp_path: Path):
    text = "编号,要点\n,甲事\nF01,乙事\n,丙事\n"
    facts = read_facts([written(tmp_path / "a.csv", text)]).facts
    assert [(fact.id, fact.text) for fact in facts] == [
        ("F02", "甲事"),
        ("F01", "乙事"),
        ("F03", "丙事"),
    ]


def test_all_columns_land_in_their_fields(tmp_path: Path):
    heads = "编号 板块 类型 要点 全称 时间 主体 级别 阶段 依据 股室 采用 公开 替代 联系人"
    cells = "F07 科技创新 获批试点 获批试点1个 云岭县试点 2024年7月 云岭县 省级 获批 文件 科技股 亮点 脱敏 F01 周工"
    path = written(tmp_path / "a.csv", f"{heads}\n{cells}\n".replace(" ", ","))
    (fact,) = read_facts([path]).facts
    assert (fact.section, fact.kind, fact.title) == ("科技创新", "获批试点", "云岭县试点")
    assert (fact.date_written, fact.actor, fact.level) == ("2024年7月", "云岭县", "省级")
    assert (fact.stage, fact.basis, fact.department) == ("获批", "文件", "科技股")
    assert (fact.weight, fact.disclosure, fact.supersedes) == ("亮点", "脱敏", "F01")
    assert fact.date is not None
    assert fact.date.iso == "2024-07"
    assert fact.extra == (("联系人", "周工"),)
    assert fact.cell.cell == "D2"


def test_the_fact_sheet_of_a_workbook_is_found_below_its_title(tmp_path: Path):
    book = openpyxl.Workbook()
    book["Sheet"].append(["指标名称", "本期"])
    page = book.create_sheet("素材")
    for row in (["2024年素材表"], ["板块", "要点"], ["党建", "举办读书班2期"], [None, None]):
        page.append(row)
    book.save(tmp_path / "a.xlsx")
    (fact,) = read_facts([tmp_path / "a.xlsx"]).facts
    assert (fact.section, fact.cell.sheet, fact.cell.cell) == ("党建", "素材", "B3")


def test_numerals_that_claim_something_become_figures():
    figures = figures_of("6月12日举办第二届对接会，签约14个项目、总投资19.6亿元")
    assert [(figure.name, figure.text) for figure in figures] == [
        ("n1", "6月12日"),
        ("n2", "14个"),
        ("n3", "19.6亿元"),
    ]
    assert figures[0].quantity is None
    assert figures[2].quantity is not None
    assert figures[2].quantity.base == 1_960_000_000


@pytest.mark.parametrize("suffix", [".txt", ".docx"])
def test_lines_of_a_text_are_facts_under_their_section(tmp_path: Path, suffix: str):
    lines = [
        "一、党建：举办读书班2期。",
        "（二）科技创新",
        "1. 获批实验室1家。",
        "- 开展活动3次",
        "",
        "信息化：",
        "新建基站152个",
    ]
    path = tmp_path / f"素材{suffix}"
    if suffix == ".txt":
        written(path, "\n".join(lines))
    else:
        document = docx.Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(str(path))
    assert [(fact.section, fact.text) for fact in read_facts([path]).facts] == [
        ("党建", "举办读书班2期。"),
        ("科技创新", "获批实验室1家。"),
        ("科技创新", "开展活动3次"),
        ("信息化", "新建基站152个"),
    ]


def test_problems_are_told_all_at_once_and_lenient_sets_them_aside(tmp_path: Path):
    text = "编号,板块,要点,时间\nF01,党建,甲事,2024年13月\nF02,党建,,2024年\nF03,党建,乙事,\nF03,党建,丙事,\n"
    path = written(tmp_path / "a.csv", text)
    with pytest.raises(TableError) as caught:
        read_facts([path])
    assert [problem.cell for problem in caught.value.problems] == ["D2", "C3", "C5"]
    facts = read_facts([path], lenient=True)
    assert [fact.text for fact in facts.facts] == ["乙事"]
    assert len(facts.set_aside) == 3


def test_a_table_without_a_column_of_texts_is_a_problem(tmp_path: Path):
    with pytest.raises(TableError, match="要点"):
        read_facts([written(tmp_path / "a.csv", "板块,时间\n党建,2024年\n")])
