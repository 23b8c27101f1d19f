"""What a phrase prints, a stranger reads: number, unit, approximator, direction and rank."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from drafter.numerals import read_mentions
from drafter.records.indicator import Indicator
from drafter.records.mention import Mention
from drafter.records.quantity import unit
from drafter.verification.approximators import alike, leaning
from drafter.writing.phrases import phrase
from tests.writing.samples import materials, row

AMOUNTS = st.decimals(min_value=Decimal("0.01"), max_value=9000, places=2)
COUNTS = st.integers(min_value=1, max_value=99_000)
UNITS = st.sampled_from(
    [
        "亿元",
        "万元",
        "家",
        "个",
        "件",
        "项",
        "户",
        "名",
        "人次",
        "公里",
        "亩",
        "万吨",
        "台",
        "条",
        "笔",
    ]
)
APPROXIMATORS = st.sampled_from([None, *["近", "约", "左右", "以上", "多", "余", "超", "突破"]])
SIZES = st.decimals(min_value=Decimal("0.1"), max_value=2000, places=1)


def read(one: Indicator, field: str = "值", before: str = "") -> Mention:
    printed = phrase(one, field, materials(one))
    assert printed
    found = [mention for mention in read_mentions(f"{before}{printed}。") if mention.claim]
    assert len(found) == 1, (printed, found)
    return found[0]


def base(mention: Mention) -> Decimal:
    assert mention.number
    assert mention.unit
    return mention.number.value * mention.unit.factor


@given(AMOUNTS, st.sampled_from(["亿元", "公里", "万吨"]))
def test_an_amount_keeps_number_and_unit(value: Decimal, written: str) -> None:
    mention = read(row(f"投资={value}{written}"), before="完成投资")
    assert base(mention) == value * unit(written).factor
    assert mention.unit
    assert mention.unit.dimension == unit(written).dimension


@given(COUNTS)
def test_a_sum_that_has_grown_keeps_its_amount_to_two_decimals(value: int) -> None:
    mention = read(row(f"资金={value}万元"), before="到位资金")
    assert abs(base(mention) - value * 10_000) <= (500_000 if value >= 10_000 else 0)


@given(COUNTS, UNITS, APPROXIMATORS)
def test_a_count_keeps_its_approximator(value: int, written: str, approx: str | None) -> None:
    mention = read(row(f"数量={value}{written}", approx=approx), before="完成")
    if written != "万元":
        assert base(mention) == value * unit(written).factor
    assert alike(leaning(mention.approx), leaning(approx))


@given(SIZES, st.booleans(), st.booleans())
def test_growth_keeps_size_and_direction(value: Decimal, falls: bool, points: bool) -> None:
    notation = f"{'-' if falls else ''}{value}{'点' if points else ''}"
    mention = read(row("投资=5亿元", yoy=notation), "增长", before="投资")
    assert mention.number
    assert mention.number.value == value
    assert mention.direction == ("down" if falls else "up")
    assert mention.unit
    assert mention.unit.kind == ("points" if points else "percent")


@given(st.integers(min_value=1, max_value=120), st.sampled_from(["全市", "全省", "全县"]))
def test_a_rank_keeps_its_place_and_scope(value: int, scope: str) -> None:
    one = row("投资=5亿元", rank=str(value), rank_scope=scope)
    mention = read(one, "位次", before="排")
    assert (mention.kind, mention.scope) == ("rank", scope)
    assert mention.number
    assert mention.number.value == value


@given(st.integers(min_value=2, max_value=10), st.sampled_from(["近", "以上", None]))
def test_a_fraction_keeps_its_parts(over: int, approx: str | None) -> None:
    mention = read(row(f"占比=1/{over}", approx=approx), before="占全省")
    assert mention.number
    assert (mention.number.value, mention.number.over) == (Decimal(1), Decimal(over))
    assert alike(leaning(mention.approx), leaning(approx))


@given(st.integers(min_value=1, max_value=50), st.integers(min_value=51, max_value=90))
def test_a_range_keeps_both_ends(low: int, high: int) -> None:
    mention = read(row(f"企业数={low}~{high}家"), before="保持")
    assert mention.number
    assert (mention.number.value, mention.number.upto) == (Decimal(low), Decimal(high))


@given(AMOUNTS)
def test_an_estimate_is_read_with_its_figure(value: Decimal) -> None:
    mention = read(row(f"投入={value}亿元", status="预计"), before="投入")
    assert base(mention) == value * unit("亿元").factor
