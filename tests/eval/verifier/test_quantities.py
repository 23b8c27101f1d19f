"""The proof's own reader says the same as a person, or nothing."""

from fractions import Fraction

import pytest

from eval.verifier.quantities import keeps, measure_of, meets, read_claim, rounds_to


@pytest.mark.parametrize(
    ("words", "amount", "measure", "approx"),
    [
        ("208.6亿元", 20860000000, "元", ""),
        ("１，４８０家", 1480, "个", ""),
        ("近5亿元", 500000000, "元", "近"),
        ("130余家", 130, "个", "余"),
        ("0.5个百分点以上", Fraction(1, 2), "百分点", "以上"),
        ("第五", 5, "第", ""),
        ("全市第2位", 2, "第", ""),
        ("三成", 30, "%", ""),
        ("百分之八点七", Fraction(87, 10), "%", ""),
        ("十二家", 12, "个", ""),
        ("2公顷", 30, "亩", ""),
        ("31.6万人次", 316000, "人次", ""),
    ],
)
def test_a_claim_is_read(words: str, amount: Fraction, measure: str, approx: str):
    said = read_claim(words)
    assert said is not None
    assert (said.amount, said.measure, said.approx) == (amount, measure, approx)


@pytest.mark.parametrize("words", ["三四十家", "13至17家", "首位", "二〇二三年", ""])
def test_what_it_is_not_sure_of_it_leaves(words: str):
    assert read_claim(words) is None


@pytest.mark.parametrize(
    ("words", "value", "true"),
    [
        ("10.4亿元", "1037000000", True),
        ("10.3亿元", "1037000000", True),  # cut off: nobody is called a liar for that
        ("10.5亿元", "1037000000", False),
        ("超10亿元", "1000000000", False),
        ("10亿元以上", "1000000000", True),
        ("不足10亿元", "950000000", True),
        ("不足10亿元", "1000000000", False),
        ("约10亿元", "1050000000", True),
        ("约10亿元", "1060000000", False),
    ],
)
def test_approximators_promise_what_the_rules_say(words: str, value: str, true: bool):
    said = read_claim(words)
    assert said is not None
    assert keeps(said, Fraction(value)) is true


def test_a_rounded_quotient_meets_its_interval():
    said = read_claim("87.5%")
    assert said is not None
    assert meets(said, Fraction(8749, 100), Fraction(8752, 100))
    assert not meets(said, Fraction(8760, 100), Fraction(8770, 100))
    assert not rounds_to(said, Fraction(876, 10))


def test_units_measure_what_they_say():
    assert measure_of("万亩") == ("亩", Fraction(10000))
    assert measure_of("名")[0] == "人"
    assert measure_of("亿千瓦时") == ("千瓦时", Fraction(10**8))
