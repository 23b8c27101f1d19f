"""Clauses of routine words alone whose build tells of last year."""

import pytest

from drafter.verification.facts.wordlists import load_words
from drafter.writing.routine import telltale


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param("服务水平得到提升", "J", id="a result in the passive"),
        pytest.param("监督检查常态化", "J", id="what things have become"),
        pytest.param("监管执法规范有序", "J", id="a predicate behind a noun that could be a verb"),
        pytest.param("组织有力保障到位", "J", id="two predicates"),
        pytest.param("有效防范重大风险", "J", id="a claimed effect"),
        pytest.param("加强监管使市场稳定", "J", id="what a measure brought about"),
        pytest.param("开展作风建设年活动", "P", id="a campaign of a year"),
        pytest.param("实施项目建设攻坚", "P", id="a campaign without a name"),
        pytest.param("开展安全生产月", "P", id="a month of campaign"),
        pytest.param("对所有企业开展检查", "E", id="a claim of completeness"),
        pytest.param("选派干部到企业服务", "E", id="people sent once"),
        pytest.param("建立企业服务平台", "E", id="something founded"),
        pytest.param("将加强企业服务", "G", id="an intent"),
    ],
)
def test_the_build_of_a_clause_gives_it_away(text: str, label: str):
    refused = telltale(text, load_words())
    assert refused is not None
    assert refused.label == label


@pytest.mark.parametrize(
    "text",
    [
        "加强日常监督检查",
        "推动安全监管常态化",
        "严格执行考核制度",
        "将信访工作纳入考核",
        "落实旬监测、月会商制度",
        "建立企业服务台账",
        "提升服务有效性",
    ],
)
def test_a_measure_stays_a_measure(text: str):
    assert telltale(text, load_words()) is None
