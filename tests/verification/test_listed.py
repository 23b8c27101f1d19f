"""Counts that the text's own lists bear out, and lists that bear out nothing."""

import pytest

from drafter.records.claim import Finding
from drafter.verification import Options, verify
from tests.builders import table

TABLE = table("工业投资=208.6亿元", "新增规上企业=3家 期2023年")


def first(text: str, without: str = "") -> Finding:
    options = Options(without=frozenset(without.split()))
    return verify(text, TABLE, options=options).findings[0]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("N27", "茶叶、柑橘、中药材3个特色产业稳步壮大。"),
        ("N27", "东岭、西坪和南塘三个集镇完成改造。"),
        ("N27", "东岭、西坪两个集镇完成改造。"),
        ("N27", "华安、宏远等2家公司通过评审。"),
        ("N27", "搭建4个服务平台：检测平台、设计平台、融资平台和人才平台。"),
        ("N27", "搭建3个服务平台（检测平台、设计平台、融资平台）。"),
        ("N28", "推出3项举措：一是减税费；二是降成本；三是优服务。"),
        ("N28", "推出两项举措。一是减税费，让利于企。二是降成本，让利于民。"),
    ],
)
def test_a_count_of_what_is_listed_is_derived(rule: str, text: str):
    found = first(text)
    assert (found.verdict, found.rule) == ("derived", rule)
    assert found.formula
    assert found.formula in found.message
    assert first(text, without=rule).is_open


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("茶叶、柑橘、中药材4个特色产业稳步壮大。", id="one more than listed"),
        pytest.param("华安、宏远等3家公司通过评审。", id="等 leaves one out"),
        pytest.param("新建、改造2个景区公厕。", id="verbs are no things"),
        pytest.param("建成省、市级2个示范项目。", id="levels are no things"),
        pytest.param("示范区8个、养殖园3个村级项目。", id="figures in the list"),
        pytest.param(
            "搭建4个服务平台：检测平台、设计平台、融资平台。", id="one less behind a colon"
        ),
        pytest.param("搭建3个服务平台：检测平台、设计平台、融资平台等。", id="等 behind a colon"),
        pytest.param("推出4项举措：一是减税费；二是降成本；三是优服务。", id="three of four"),
        pytest.param("推出2项举措：一是减税费；二是降成本；三是优服务。", id="three of two"),
        pytest.param("茶叶、柑橘、中药材约3个特色产业。", id="about"),
        pytest.param("发放茶叶、柑橘2万元补贴资金。", id="money is no count"),
        pytest.param("华安、宏远2名企业通过评审。", id="firms are no people"),
    ],
)
def test_other_lists_prove_nothing(text: str):
    assert first(text).is_open


def test_a_row_that_says_otherwise_is_not_overruled_by_a_list():
    found = first("华安、宏远2家新增规上企业。")
    assert found.verdict == "contradicted"
