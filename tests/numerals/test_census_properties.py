"""What must hold for any text at all, and the way from a quantity to text and back."""

import re
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from drafter.numerals import as_json, read_mentions
from drafter.numerals.chinese import to_chinese

UNITS = [
    "家",
    "个",
    "户",
    "名",
    "项",
    "件",
    "次",
    "人次",
    "万人次",
    "元",
    "万元",
    "亿元",
    "万美元",
    "亩",
    "公顷",
    "公里",
    "吨",
    "万吨",
    "千瓦时",
    "亿千瓦时",
    "平方米",
    "%",
    "‰",
    "个百分点",
    "倍",
    "小时",
]
ALPHABET = (
    "0123456789０１，,.．、。；：:%％一二两三四五六七八九十百千万亿零〇几半点分之第全市年月日季度上下前约近超达余多以左右增长下降翻番倍成个家元户排位首"
    "（）()“”《》〔〕号\n abGX&#;-—～至到截今同比持平①未发生起"
)
FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")

numbers = st.decimals(
    min_value=Decimal("0.01"), max_value=Decimal(999999), allow_nan=False, places=2
).map(lambda value: value.normalize() if value != value.to_integral_value() else value.quantize(1))


def plain(value: Decimal) -> str:
    return f"{value:f}"


@given(numbers, st.sampled_from(UNITS), st.sampled_from(["plain", "wide", "grouped"]))
def test_a_quantity_written_in_digits_is_read_back(value: Decimal, unit: str, style: str):
    written = f"{value:,f}" if style == "grouped" else plain(value)
    written = written.translate(WIDE) if style == "wide" else written
    (mention,) = read_mentions(f"指标完成{written}{unit}。")
    data = as_json(mention)
    assert (data["value"], data["unit"], data["claim"]) == (plain(value), unit, True)
    assert mention.core == f"{written}{unit}"


@given(
    st.integers(3, 99_999_999), st.sampled_from(["家", "户", "人次", "万元", "亿元", "亩", "个"])
)
def test_a_count_written_in_characters_is_read_back(value: int, unit: str):
    assume(unit not in ("万元", "亿元") or value < 10_000)  # nobody writes 一万万元
    (mention,) = read_mentions(f"指标完成{to_chinese(value)}{unit}。")
    assert mention.number is not None
    assert mention.unit is not None
    assert mention.claim
    scale = {"万元": 10_000, "亿元": 100_000_000}.get(unit, 1)
    assert mention.number.value * mention.unit.factor == value * scale


@example(100_000)
@given(st.integers(11, 99_999_999))
def test_a_sum_in_formal_numerals_is_read_back(value: int):
    written = to_chinese(value).translate(FORMAL)
    (mention,) = read_mentions(f"合同金额{written}元整。")
    assert mention.number is not None
    assert mention.unit is not None
    assert mention.number.value * mention.unit.factor == value


@given(
    numbers,
    st.sampled_from(UNITS),
    st.sampled_from(["近", "约", "超过", "突破", "逾", "不足", "达", "至少"]),
    st.sampled_from(["", "左右", "以上", "以下"]),
)
def test_approximators_are_read_back_and_leave_the_value_alone(
    value: Decimal, unit: str, before: str, after: str
):
    # 20230% is a year that scraping put in place of other digits.
    assume(not re.match("(?:19|20)[0-9]{2}", plain(value)))
    (mention,) = read_mentions(f"指标{before}{plain(value)}{unit}{after}。")
    data = as_json(mention)
    assert (data["value"], data["unit"]) == (plain(value), unit)
    assert data["approx"] == "…".join(part for part in (before, after) if part)
    assert mention.text == f"{before}{plain(value)}{unit}{after}"


@given(
    numbers,
    numbers,
    st.sampled_from(UNITS),
    st.sampled_from(["至", "—", "～", "~", "-", "到"]),
    st.booleans(),
)
def test_a_range_is_read_back(
    one: Decimal, other: Decimal, unit: str, dash: str, unit_on_both: bool
):
    assume(one != other)
    low, high = sorted((one, other))
    first = unit if unit_on_both else ""
    (mention,) = read_mentions(f"指标为{plain(low)}{first}{dash}{plain(high)}{unit}。")
    data = as_json(mention)
    assert (data["kind"], data["value"], data["unit"]) == ("range", [plain(low), plain(high)], unit)


@given(st.integers(2, 99), st.sampled_from(["家", "户", "项", "个", "人次"]))
def test_no_count_in_characters_is_left_over(value: int, unit: str):
    written = to_chinese(value).replace("二", "两", 1) if value == 2 else to_chinese(value)
    text = f"共{written}{unit}企业"
    (mention,) = read_mentions(text)
    assert text[mention.start : mention.end] == f"{written}{unit}"


@given(st.text(alphabet=ALPHABET, max_size=60))
def test_mentions_are_ordered_apart_and_leave_no_digit_over(text: str):
    end = 0
    covered: set[int] = set()
    for mention in read_mentions(text):
        assert end <= mention.start <= mention.core_start
        assert text[mention.start : mention.end] == mention.text
        assert text[mention.core_start :].startswith(mention.core)
        end = mention.end
        covered.update(range(mention.start, mention.end))
        as_json(mention)
    digits = {place for place, character in enumerate(text) if character in "0123456789０１"}
    assert digits <= covered


@given(st.text(max_size=60))
def test_no_text_makes_it_raise(text: str):
    read_mentions(text)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "1",
            "1,234",
            "1 ",
            "1万",
            "1、",
            "1:",
            "1-",
            "1—",
            "1/",
            "1.",
            "一",
            "一1",
            "一、",
            "一二",
        ),
        *(
            "万",
            "半",
            "分之",
            "百分之",
            "第1",
            "8.7%",
            "2022年",
            "2、\n",
            "（",
            "（）",
            "《》",
            "“",
            "“1",
        ),
        *("（1", "A1", "增长", "、"),
    ],
)
def test_the_time_grows_with_the_length_and_no_faster(piece: str):
    def seconds(copies: int) -> float:
        # The processor's time, not the clock's: what else the machine does stays out of it.
        started = time.process_time()
        read_mentions(piece * copies)
        return time.process_time() - started

    copies = 12_000 // len(piece)
    # Four times the text in at most eleven times the time: a square would need sixteen, each
    # time; what a busy machine adds to one attempt it does not add to all three.
    assert any(
        seconds(4 * copies) < 11 * max(min(seconds(copies), seconds(copies)), 0.01)
        for _ in range(3)
    )


def test_real_texts_leave_no_digit_over(corpus: Path):
    for path in sorted(corpus.glob("*/*.txt")):
        text = path.read_text(encoding="utf-8-sig")
        covered: set[int] = set()
        for mention in read_mentions(text):
            covered.update(range(mention.start, mention.end))
        left = [place for place, c in enumerate(text) if c.isdecimal() and place not in covered]
        assert not left, (path.name, [text[p - 5 : p + 5] for p in left[:5]])
