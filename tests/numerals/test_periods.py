import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.numerals.periods import read_period
from drafter.records.period import Period


def read(written: str) -> Period:
    period = read_period(written)
    assert period is not None
    return period


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2022年", "2022"),
        ("二〇二二年", "2022"),
        ("2022年1—11月", ("2022-01", "2022-11")),
        ("2022年1月至11月", ("2022-01", "2022-11")),
        ("2022.1-11", ("2022-01", "2022-11")),
        ("1-9月份", ("--01", "--09")),
        ("7月", "--07"),
        ("十二月", "--12"),
        ("2022年12月29日", "2022-12-29"),
        ("2022-12-29", "2022-12-29"),
        ("20221229", "2022-12-29"),
        ("12月29日", "--12-29"),
        ("2022-07", "2022-07"),
        ("2022Q3", ("2022-07", "2022-09")),
        ("2022年上半年", ("2022-01", "2022-06")),
        ("前三季度", ("--01", "--09")),
        ("2021—2025年", ("2021", "2025")),
        ("２０２２年１月", "2022-01"),
        ("全年", ""),
    ],
)
def test_a_cell_is_read_to_the_contract_form(written: str, iso: object):
    period = read(written)
    assert period.iso == iso
    assert period.written == written


@pytest.mark.parametrize("written", ["截至2022年11月底", "截至11月底", "截止11月9日"])
def test_up_to_a_point_in_time_is_marked(written: str):
    assert read(written).as_of


@pytest.mark.parametrize("written", ["截至目前", "今年以来", "2022年(截至目前)", "2022年以来"])
def test_what_ends_on_the_day_of_writing_is_open_ended(written: str):
    assert read(written).open_ended


@pytest.mark.parametrize(
    "written", ["", "13月", "2月30日", "35", "年", "2022年13月", "11月—3月", "全市"]
)
def test_what_is_no_period_or_an_impossible_one_is_none(written: str):
    assert read_period(written) is None


def test_the_29th_of_february_is_judged_by_its_year():
    assert read_period("2024年2月29日") is not None
    assert read_period("2023年2月29日") is None
    assert read_period("2月29日") is not None


@given(st.text(alphabet="0123456789年月日—-至截底季度上半前一二十 .", max_size=30))
def test_no_text_makes_it_raise(text: str):
    read_period(text)
