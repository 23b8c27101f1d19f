from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.reading.number_formats import shown

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        ("8.7", "General", "8.7"),
        ("0.0000001", "General", "0.0000001"),
        ("208.6", "@", "208.6"),
        ("0.087", "0.0%", "8.7%"),
        ("0.087", "0%", "9%"),
        ("8.7", "0.00", "8.70"),
        ("1.235", "0.00", "1.24"),
        ("1.5", "0.##", "1.5"),
        ("1", "0.##", "1"),
        ("12345678", "#,##0", "12,345,678"),
        ("1234567", "0.0,,", "1.2"),
        ("12345", "0!.0,", "1.2"),
        ("123456", '0!.0,"万"', "12.3万"),
        ("20000", '[>=10000]0!.0,"万";0', "2.0万"),
        ("500", '[>=10000]0!.0,"万";0', "500"),
        ("-4.7", "0.0;[Red]0.0", "-4.7"),
        ("-4.7", "#,##0.0_);(#,##0.0)", "-4.7"),
        ("-4.7", "↑0.0;↓0.0;持平", "↓4.7"),
        ("0", "↑0.0;↓0.0;持平", "持平"),
        ("-0.3", "0", "0"),
        ("0", ACCOUNTING, "0"),
        ("-3", ACCOUNTING, "-3.00"),
        ("0", ";;;", ""),
        ("208.6", '0.0"亿元"', "208.6亿元"),
        ("5", 'G/通用格式"家"', "5家"),
        ("7", '"第"0"名"', "第7名"),
        ("0.333333333333333", "# ?/?", "1/3"),
        ("123456789012", "0.00E+00", "123456789012"),
        ("3", "[DBNum1][$-804]General", "3"),
    ],
)
def test_a_number_is_shown_as_its_format_says(value: str, number_format: str, expected: str):
    assert shown(Decimal(value), number_format).strip() == expected


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False),
    st.text(alphabet='0#?.,%;"!\\[]_*-()亿元@E+/ ', max_size=20),
)
def test_no_format_breaks_it(value: Decimal, number_format: str):
    assert isinstance(shown(value, number_format), str)


@given(st.decimals(min_value=-(10**6), max_value=10**6, places=3, allow_nan=False))
def test_the_sign_is_never_lost(value: Decimal):
    text = shown(value, "0.000;[Red]0.000")
    assert Decimal(text) == value
