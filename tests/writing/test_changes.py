"""Rows that are not what last year's table had: other names, other bases, another last year."""

from drafter.writing.changes import changed_bases, renamed_rows
from tests.builders import table


def test_a_row_known_by_an_alias_is_renamed_for_sure():
    (found,) = renamed_rows(
        table("科技型中小企业评价入库数=108家 别名科技型中小企业入库数"),
        table("科技型中小企业入库数=95家"),
    )
    assert (found.name, found.former, found.sure) == (
        "科技型中小企业评价入库数", "科技型中小企业入库数", True,
    )  # fmt: skip
    assert found.former_cell.cell == "A2"


def test_names_merely_alike_are_left_to_a_person():
    (found,) = renamed_rows(
        table("新认定高新技术企业家数=16家"), table("新认定高新技术企业数=14家")
    )
    assert not found.sure


def test_the_same_names_and_strangers_are_no_change():
    rows = table("工业投资=80亿元", "财政支出=3亿元")
    assert renamed_rows(rows, table("工业投资=70亿元", "基站总数=9个")) == ()


def test_another_basis_is_listed():
    (found,) = changed_bases(table("增加值=80亿元 口径现价"), table("增加值=70亿元 口径可比价"))
    assert (found.what, found.now, found.before) == ("口径", "现价", "可比价")


def test_a_prior_that_last_year_did_not_have_is_listed_with_both_cells():
    (found,) = changed_bases(
        table("工业投资=80亿元 上年75 期2024年1—11月"), table("工业投资=76亿元 期2023年1—11月")
    )
    assert (found.what, found.now, found.before) == ("上年数", "75亿元", "76亿元")
    assert (found.cell.cell, found.former_cell.cell) == ("P2", "B2")


def test_units_are_converted_and_other_months_not_compared():
    assert changed_bases(table("贷款=2亿元 上年1.5"), table("贷款=15000万元")) == ()
    now = table("工业投资=80亿元 上年75 期2024年1—11月")
    assert changed_bases(now, table("工业投资=90亿元 期2023年")) == ()
