from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.reading import cells
from drafter.reading.cells import Typed


def said(found: Typed | None) -> str:
    """A typed amount in one notation: `近 5 亿元`, `208.6 (5)`."""
    if found is None:
        return "?"
    rank = f"({found.rank})" if found.rank else ""
    parts = (found.status, found.approx, str(found.number), found.unit, rank)
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("208.6", "208.6"),
        ("1,234.5", "1234.5"),
        ("１，２３４．５", "1234.5"),
        ("近5亿元", "近 5 亿元"),
        ("约3.4%左右", "约…左右 3.4 %"),
        ("500多条", "多 500 条"),
        ("20余万元", "余 20 万元"),
        ("3万多户", "多 3 万户"),
        ("100以上", "以上 100"),
        ("≥100", "以上 100"),
        ("13-17", "13-17"),
        ("13至17家", "13-17 家"),
        ("5%～15%", "5-15 %"),
        ("1/3", "1/3"),
        ("三分之一以上", "以上 1/3"),
        ("三成", "3/10"),
        ("过半", "超 1/2"),
        ("二十三点五亿元", "23.5 亿元"),
        ("1亿2千万元", "120000000 元"),
        ("三家", "3 家"),
        ("3台（套）", "3 台(套)"),
        ("-4.7", "-4.7"),
        ("—4.7", "-4.7"),
        ("减少3家", "-3 家"),
        ("208.6(5)", "208.6 (5)"),
        ("13.4（预计）", "预计 13.4"),
        ("预计13.4亿元", "预计 13.4 亿元"),
        ("5个百分点", "5 个百分点"),
    ],
)
def test_amounts_as_people_type_them(text: str, expected: str):
    assert said(cells.amount(text)) == expected


@pytest.mark.parametrize(
    "text",
    ["1 234", "1,23", "17-13", "5/0", "5-", "1.2E+05", "5..6", "--5", "5完成", "一般", "约", "2,3"],
)
def test_what_is_not_wholly_understood_is_not_understood(text: str):
    assert cells.amount(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("↑8.7", "8.7"),
        ("+8.7%", "8.7 %"),
        ("↓4.7", "-4.7"),
        ("下降4.7%", "-4.7 %"),
        ("同比增长8.7%", "8.7 %"),
        ("较去年同期下降3.2%", "-3.2 %"),
        ("持平", "0"),
        ("8.7个百分点", "8.7 个百分点"),
        ("1.8倍", "180.0 %"),
        ("翻番", "100"),
        ("8—10%", "8-10 %"),
        ("8.7亿元", "?"),
        ("(4.7)", "?"),
    ],
)
def test_rates_as_people_type_them(text: str, expected: str):
    assert said(cells.rate(text)) == expected


@pytest.mark.parametrize(
    ("text", "number", "of", "scope", "approx"),
    [
        ("2", "2", None, "", None),
        ("第2", "2", None, "", None),
        ("第二", "2", None, "", None),
        ("（2）", "2", None, "", None),
        ("2/11", "2", "11", "", None),
        ("2/11(全市)", "2", "11", "全市", None),
        ("居全市第3位", "3", None, "全市", None),
        ("湖南省第1", "1", None, "湖南省", None),
        ("首位", "1", None, "", None),
        ("前3", "3", None, "", "前"),
        ("并列第12名", "12", None, "", None),
    ],
)
def test_ranks_as_people_type_them(
    text: str, number: str, of: str | None, scope: str, approx: str | None
):
    found = cells.rank(text)
    assert found is not None
    assert (str(found.number), found.of and str(found.of)) == (number, of)
    assert (found.scope, found.approx) == (scope, approx)


@pytest.mark.parametrize("text", ["0", "2.5", "2→1", "倒数第一", "第", "", "二等奖"])
def test_no_rank_is_read_where_none_stands(text: str):
    assert cells.rank(text) is None


def test_grades_have_ordinals():
    assert [str(cells.grade(text)) for text in ("一等奖", "市二等奖", "3等奖")] == ["1", "2", "3"]
    assert cells.grade("优秀奖") is None


@pytest.mark.parametrize("text", ["", "  ", "—", "——", "-", "…", "……", "/", "暂无", "N/A", "－"])
def test_dashes_and_words_for_nothing_are_absent(text: str):
    assert cells.is_absent(text)


@pytest.mark.parametrize("text", ["0", "—4.7", "1/3", "持平"])
def test_zero_and_figures_are_not_absent(text: str):
    assert not cells.is_absent(text)


NUMBERS = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False)
UNITS = st.sampled_from(["", "亿元", "万元", "家", "个", "%", "万人次", "公里", "亩", "个百分点"])


@given(NUMBERS, UNITS, st.booleans(), st.sampled_from(["", "约", "近", "超"]))
def test_digits_and_unit_are_kept_as_written(value: Decimal, unit: str, grouped: bool, approx: str):
    written = f"{value:,.2f}" if grouped else f"{value:.2f}"
    found = cells.amount(f"{approx}{written}{unit}")
    assert found is not None
    assert str(found.number) == f"{value:.2f}"
    assert (found.unit, found.approx or "") == (unit, approx)


@given(NUMBERS)
def test_full_width_digits_say_the_same(value: Decimal):
    wide = f"{value:f}".translate({ord("0") + n: ord("０") + n for n in range(10)})
    assert cells.amount(wide) == cells.amount(f"{value:f}")


@given(
    st.text(alphabet="0123456789.,-—～/%()（）约近第亿元万家多余以上左右 三十点成分之", max_size=30)
)
def test_any_text_is_read_or_refused_but_never_breaks(text: str):
    for read in (cells.amount, cells.rate, cells.change, cells.rank, cells.grade):
        read(text)
    found = cells.amount(text)
    if found is not None and found.number.upto is not None:
        assert found.number.value < found.number.upto


@given(st.text(max_size=40))
def test_arbitrary_text_never_breaks(text: str):
    cells.amount(text)
    cells.rank(text)
    cells.is_absent(text)
