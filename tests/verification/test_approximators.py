"""What 近, 超, 约, 三成 and 翻一番 allow, edge by edge."""

from decimal import Decimal
from fractions import Fraction

import pytest

from drafter.verification import Options, verify
from drafter.verification.approximators import Tolerances, half_up, leaning, within
from tests.builders import table


def keeps(words: str, said: str, source: str) -> bool:
    return within(Decimal(said), Decimal(source), leaning(words))


@pytest.mark.parametrize(
    ("words", "said", "true", "false"),
    [
        ("近", "210", ["209.9", "189"], ["210", "188.9", "211"]),
        ("不足", "100", ["99", "90"], ["100", "89"]),
        ("超", "200", ["200.1", "219.9", "299"], ["200", "199", "300"]),
        ("超过", "1.5", ["1.51", "1.64"], ["1.5", "1.7"]),
        ("突破", "200", ["200", "208.6"], ["199.9", "300"]),
        ("逾", "36", ["37", "39"], ["36", "40"]),
        ("余", "100", ["101", "199"], ["100", "200"]),
        ("多", "20", ["21", "29"], ["20", "30", "19"]),
        ("约", "100", ["95", "105", "100"], ["94.9", "105.1"]),
        ("左右", "3.4", ["3.5", "3.3"], ["3.6", "3.2"]),
        ("以上", "8", ["8", "8.7"], ["7.9", "9.1"]),
        ("不低于", "8", ["8", "8.7"], ["7.9"]),
        ("以内", "5.5", ["5.5", "4.2"], ["5.6", "2.7"]),
        ("不超过", "5.5", ["5.5", "4.2"], ["5.6"]),
        ("达", "208.6", ["208.6"], ["208.7", "208.5"]),
    ],
)
def test_what_a_word_promises(words: str, said: str, true: list[str], false: list[str]):
    assert [keeps(words, said, one) for one in true] == [True] * len(true)
    assert [keeps(words, said, one) for one in false] == [False] * len(false)


def test_a_quotient_is_held_against_the_printed_number_exactly():
    above = leaning("超")
    assert within(Decimal("96.1"), Fraction(37100, 386), above)
    assert not within(Decimal("96.2"), Fraction(37100, 386), above)
    assert not within(Decimal(96), Fraction(96), above)


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("0.125", 2, "0.13"),
        ("0.1249", 2, "0.12"),
        ("7", 1, "7"),
    ],
)
def test_a_half_goes_away_from_nought(value: str, places: int, rounded: str):
    assert half_up(Fraction(value), places) == Fraction(rounded)


ROWS = table(
    "新能源车占比=33.2% 期2023年",
    "绿色建筑占比=50% 期2023年",
    "工业投资=208.6亿元 同比98.5 期2023年",
    "农产品网络零售额 同比180 期2023年",
)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("新能源车占比近三分之一。", True),
        ("新能源车占比超三分之一。", False),
        ("新能源车占比超三成。", True),
        ("新能源车占比近三成。", False),
        ("新能源车占比三成。", False),
        ("新能源车占比三分之一。", True),
        ("绿色建筑占比过半。", False),
        ("绿色建筑占比五成以上。", True),
        ("工业投资208.6亿元，同比翻一番。", True),
        ("工业投资208.6亿元，同比翻两番。", False),
        ("农产品网络零售额增长超2倍。", False),
        ("农产品网络零售额增长近2倍。", True),
        ("农产品网络零售额增长1.8倍。", True),
        ("农产品网络零售额增长1.5倍以上。", False),
        ("工业投资超208亿元。", True),
        ("工业投资超208.6亿元。", False),
        ("工业投资达208亿元。", False),
        ("工业投资约209亿元。", True),
    ],
)
def test_an_approximate_claim(text: str, good: bool):
    assert verify(text, ROWS).findings[-1].is_open is not good


def test_the_thresholds_are_settings():
    strict = Options(tolerances=Tolerances(about=Decimal("0.001"), below=Decimal("0.99")))
    for text in ("工业投资约210亿元。", "工业投资近220亿元。"):
        assert not verify(text, ROWS).findings[-1].is_open
        assert verify(text, ROWS, options=strict).findings[-1].is_open
