"""One draft with everything that a review copy has to show."""

from dataclasses import replace
from typing import Any

from drafter.records.claim import Issue
from drafter.records.draft import AdverseFigure, Draft, LeftOut
from drafter.records.indicator import Conflict, IndicatorTable
from tests.exporting.drafts import (
    a_cell,
    a_draft,
    a_fact,
    a_row,
    a_section,
    a_table,
    asked,
    facts,
    found,
    spanned,
)

VALUE_ADDED = a_row("规模工业增加值", 3, yoy="8.7", rank="2")
UPGRADE = a_row("技改投资", 4, unit="亿元", value="208.6", yoy="28.2")
FIRMS = a_row("新增规模企业", 5, unit="家", value="35", target="30")
POWER = a_row("工业用电量", 6, unit="亿千瓦时", value="4.1", yoy="-4.7")
UNUSED = a_row("企业上云", 9, unit="家", value="17")
FACTS = facts(
    a_fact(
        "F07",
        "全县首个省级数字化车间于6月获批。",
        title="省级数字化车间",
        basis="省工信厅公告",
        department="信息化股",
    )
)


def a_reviewed_table() -> IndicatorTable:
    """The rows that the sample draft speaks of."""
    return a_table(VALUE_ADDED, UPGRADE, FIRMS, POWER, UNUSED)


def a_reviewed_draft(**changes: Any) -> Draft:
    """Supported, derived, open and contradicted claims, carried text, questions and lists."""
    industry = a_section(
        "（一）工业经济稳中有进 / 规模工业增加值增长8.7%，排全市第二；技改投资完成208.6亿元。"
        "加强运行调度，落实分片联系制度。\n新增规模企业35家，完成年度任务的117%；工业用电量"
        "4.1亿千瓦时，下降4.7%。培训企业人员300人次，覆盖园区企业80%。",
        2,
    )
    industry = found(
        industry, "8.7%", indicator="R3", indicator_name="规模工业增加值", field="yoy",
        evidence=(a_cell("E3", "8.7"),),
    )  # fmt: skip
    industry = found(
        industry, "第二", indicator="R3", indicator_name="规模工业增加值", field="rank",
        evidence=(a_cell("F3", "2"),),
    )  # fmt: skip
    industry = found(
        industry, "117%", "derived", indicator="R5", indicator_name="新增规模企业", rule="N07",
        field="completion", formula="35 ÷ 30 × 100 = 116.7",
        evidence=(a_cell("D5", "35"), a_cell("G5", "30")),
    )  # fmt: skip
    industry = found(industry, "300人次", "unsupported", message="表中没有对应的指标")
    industry = found(
        industry, "80%", "contradicted", indicator="R9", indicator_name="企业上云",
        expected="76%", message="与表中数值不一致",
    )  # fmt: skip
    for words, row, field in (
        ("208.6亿元", "R4", "值"),
        ("35家", "R5", "值"),
        ("4.1亿千瓦时", "R6", "value"),
        ("下降4.7%", "R6", "增长"),
    ):
        industry = spanned(industry, words, "cell", indicator=row, field=field)
    industry = spanned(industry, "加强运行调度，落实分片联系制度。", "carried")
    digital = a_section(
        "（二）信息化水平不断提升。 | 全县首个省级数字化车间于6月获批。开展现场观摩活动。", 3
    )
    digital = spanned(digital, "全县首个省级数字化车间于6月获批。", "fact", indicator="F07")
    digital = spanned(digital, "开展现场观摩活动。", "carried")
    safety = a_section("（三）安全生产形势平稳 /", 4)
    draft = a_draft(
        "2024年，在县委、县政府坚强领导下，各项工作稳步推进。现将有关情况总结如下。",
        "一、2024年工作开展情况",
        industry,
        digital,
        safety,
        "二、存在的问题 / 一是总量不大。",
    )
    return replace(
        draft,
        questions=(
            asked(industry, "产业链招商签约情况", "分片联系制度。", department="产业股"),
            asked(digital, "两化融合贯标企业名单", department="信息化股", blocking=True),
            asked(safety, "全年检查和整改情况", department="安全股", previous="检查企业〔数〕家次"),
        ),
        adverse=(
            AdverseFigure(
                indicator="R6", indicator_name="工业用电量", text="下降4.7%", section="s2"
            ),
            AdverseFigure(indicator="R8", indicator_name="出口额", text="下降12.0%", section=""),
        ),
        left_out=(
            LeftOut(
                section="s3", text="成功举办第〔数〕届产业大会", reason="上年事件，今年无素材",
                label="E",
            ),
        ),
        conflicts=(
            Conflict("R4", "R12", "value", (a_cell("D4", "208.6"), a_cell("D12", "206.8")), "核定优先于快报"),
        ),
        unused_indicators=("R9",),
        issues=(
            Issue(rule="L18", level="warning", start=0, end=4, message="同级标题句式不一致"),
        ),
        **changes,
    )  # fmt: skip
