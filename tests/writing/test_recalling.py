"""Rows without a sentence of the precedent are told in an older summary's words."""

from drafter.records.passage import Passage
from drafter.verification.facts.wordlists import load_words
from drafter.writing.carrying import Circumstances
from drafter.writing.recalling import recalled
from drafter.writing.references import Materials
from drafter.writing.rendering import render
from tests.builders import table

ROWS = table(
    "规模工业企业利润总额=9.85亿元 同比-5 期2024年1—11月",
    "工业技改投资=44.7亿元 同比17.9 期2024年1—11月",
)
MATERIALS = Materials(ROWS, year=2024)


def told(passage: str, *names: str) -> tuple[str, tuple[str, ...]]:
    rows = [row for row in ROWS.rows if not names or row.name in names]
    stored = Passage("p1", "", passage, "某局", 2021, "工业", ("工业",), "2021.txt")
    around = Circumstances(load_words(), tuple(ROWS.rows), None)
    part = recalled(rows, [stored], around, {}, MATERIALS)
    return render(part.template, MATERIALS).text, part.rows


def test_an_older_sentence_is_set_with_this_years_values():
    text, rows = told("1—11月，规模工业企业利润总额8.1亿元，增长3%。")
    assert "利润总额9.85亿元" in text
    assert "下降5%" in text
    assert rows == ("r1",)


def test_a_statement_with_an_event_is_not_taken():
    assert told("工业技改投资30亿元，红枫铸造二期项目建成投产。") == ("", ())


def test_rows_that_are_told_already_do_not_come_again():
    text, rows = told(
        "规模工业企业利润总额8.1亿元，增长3%；工业技改投资30亿元，增长6%。", "工业技改投资"
    )
    assert "利润" not in text
    assert rows == ("r2",)
