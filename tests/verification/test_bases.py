"""Which growth may be computed and which completion is a quotient: the 口径 column overrides."""

import pytest

from drafter.verification import verify
from drafter.verification.bases import Completion, completion_rule, is_flow, may_recompute_growth
from tests.builders import row, table


@pytest.mark.parametrize(
    ("notation", "may"),
    [
        ("规模工业增加值=110亿元", False),
        ("规模工业增加值=110亿元 口径现价", False),
        ("地区生产总值=417亿元 口径名义增速", False),
        ("固定资产投资=120亿元", False),
        ("固定资产投资=120亿元 口径现价", False),
        ("固定资产投资=120亿元 口径自然口径", True),
        ("规上工业利润=12亿元", False),
        ("规上工业总产值=500亿元 口径名义", True),
        ("社会消费品零售总额=88亿元", False),
        ("一般公共预算收入=28亿元", True),
        ("一般公共预算收入=28亿元 口径同口径", False),
        ("一般公共预算收入=28亿元 口径自然口径", True),
        ("工业用电量=3.2亿千瓦时 口径实物量", True),
        ("高新技术企业数=36家 口径计数", True),
        ("高新技术企业数=36家 口径部门口径", False),
        ("技术合同成交额=19.3亿元 口径可比口径", False),
    ],
)
def test_growth_may_be_computed(notation: str, may: bool):
    assert may_recompute_growth(row(notation)) is may


@pytest.mark.parametrize(
    ("notation", "rule"),
    [
        ("新增规上企业=17家", Completion.DIRECT),
        ("生产安全事故=3起", Completion.UNKNOWN),
        ("万元GDP能耗=0.5吨", Completion.UNKNOWN),
        ("万元GDP能耗=0.5吨 备注完成率=目标÷实际", Completion.INVERSE),
        ("万元GDP能耗=0.5吨 口径2−实际÷目标", Completion.MIRRORED),
        ("办理环节数=4个 口径逆向指标", Completion.UNKNOWN),
    ],
)
def test_where_less_is_better_completion_must_be_declared(notation: str, rule: Completion):
    assert completion_rule(row(notation)) is rule


@pytest.mark.parametrize(
    ("declared", "said"), [("完成率=目标÷实际", "120%"), ("完成率=2−实际÷目标", "116.7%")]
)
def test_a_declared_completion_is_computed_so(declared: str, said: str):
    rows = table(f"生产安全事故=5起 目标6 备注{declared}")
    (_, rate) = verify(f"生产安全事故5起，完成年度目标的{said}。", rows).findings
    assert (rate.verdict, rate.rule) == ("derived", "N07")
    (_, other) = verify("生产安全事故5起，完成年度目标的83.3%。", rows).findings
    assert other.is_open


@pytest.mark.parametrize(
    ("notation", "flow"),
    [
        ("工业投资=120亿元", True),
        ("新增规上企业=17家", True),
        ("规上企业拥有量=136家", False),
        ("贷款余额=300亿元", False),
        ("城镇化率=61.3%", False),
    ],
)
def test_only_flows_add_up_over_time(notation: str, flow: bool):
    assert is_flow(row(notation)) is flow
