"""Drafts made up from a seed, rich in everything that a copy may have to show.

All heading levels, stand-alone and run in; titles of one to four lines; quotes, brackets, dashes
and characters beyond the basic plane; sections without text; findings of every verdict, spans of
every kind, nested and equal stretches; questions, issues, conflicts, adverse figures and lists.
The same seed gives the same draft on every machine.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import get_args

from drafter.exporting.body import signature_date
from drafter.exporting.evidence import Sources
from drafter.records.claim import Finding, Issue, Verdict
from drafter.records.draft import (
    AdverseFigure,
    ChangedBasis,
    Decision,
    Draft,
    DraftSection,
    LeftOut,
    PendingFact,
    Question,
    RenamedRow,
    Span,
    SpanKind,
)
from drafter.records.indicator import Conflict
from drafter.records.printable import clean
from tests.exporting.drafts import a_cell, a_draft, a_fact, a_row, a_section, a_table, facts
from tests.exporting.opened import numerals

OFFICES = ("云岭县科技和工业信息化局", "云岭县文化广电旅游局", "青石市发展和改革委员会", "科工局")
DATES = ("2024年12月31日", "2025-01-05", "2025年01月09日", "2025年1月20日", "二〇二五年一月", "")
_NAMES = ("规模工业增加值", "技改投资", "新增规模企业", "工业用电量", "技术合同成交额", "企业上云")
_UNITS = ("亿元", "万元", "家", "个", "项", "人次", "%", "亿千瓦时", "公里", "℃")
_DEEDS = (
    "坚持“一企一策”，落实《云岭县“十四五”工业发展规划》",
    "全面推行“链长制”（县级领导任链长）",
    "强化要素保障——水、电、气、路一体推进",
    "开展‘双随机、一公开’检查……整改到位",
    "推动“产学研用”融合，培育“专精特新”企业",
    "推广𠮷林模式，做到①有人管②有人办",
)
_HEADS = (
    "工业经济稳中有进",
    "项目建设提速增效",
    "“数字云岭”加快推进",
    "抓党建、强队伍",
    "安全生产形势平稳",
)
_ENUMERATORS = {1: "{}、", 2: "（{}）", 3: "{}.", 4: "（{}）"}
_CHINESE = "一二三四五六七八九十"
_MASKED = "完成投资〔数〕亿元，同比增长〔数〕%"
_ODD = ("", "", "", "\u200b", "\t", "\x0b", "\u3000", " ")
"""Characters that slip in when text is copied from elsewhere; most texts have none."""


@dataclass(frozen=True, slots=True)
class Generated:
    """A draft with the tables it was written from."""

    draft: Draft
    sources: Sources


@cache
def generated(seed: int) -> Generated:
    """The draft of a seed."""
    chance = Random(seed)
    office = chance.choice(OFFICES)
    sections = tuple(
        replace(section, id=f"s{number}") for number, section in enumerate(_sections(chance))
    )
    sections = tuple(_judged(section, chance) for section in sections)
    draft = a_draft(
        *sections,
        title=_title(office, chance),
        organisation=office,
        date=chance.choice(DATES),
        **_lists(sections, chance),
    )
    return Generated(draft, _sources(chance))


def own_numerals(draft: Draft) -> list[str]:
    """The numerals that a draft itself says: title, headings, texts, date of the signature."""
    parts = [draft.title, *(part for one in draft.sections for part in (one.heading, one.text))]
    return numerals(clean("\n".join((*parts, signature_date(draft.date)))))


def _title(office: str, chance: Random) -> str:
    kinds = ("工作总结", "工作总结及2025年工作思路", "上半年工作情况报告")
    long = (
        "关于贯彻落实《云岭县“十四五”工业发展规划》推进新型工业化情况的报告",
        "深入学习贯彻党的二十大精神推进科技创新和产业创新深度融合加快建设现代化产业体系工作总结及下一步工作打算",
    )
    if chance.random() < 0.25:
        return f"{office}2024年{chance.choice(long)}"
    return f"{office}2024年{chance.choice(kinds)}"


def _sections(chance: Random) -> list[DraftSection]:
    sections = [a_section(f"2024年，{_paragraph(chance)}现将有关情况总结如下。")]
    for first in range(1, chance.choice((1, 2, 2, 3)) + 1):
        sections.append(_section(1, first, chance, text=chance.random() < 0.3))
        for second in range(1, chance.choice((0, 1, 2, 2)) + 1):
            sections.append(_section(2, second, chance))
            if chance.random() < 0.3:
                sections += [_section(3, third, chance) for third in (1, 2)]
                sections.append(_section(4, 1, chance))
    if chance.random() < 0.3:
        sections.append(a_section(f"{_paragraph(chance)}"))
    return sections


def _section(level: int, number: int, chance: Random, *, text: bool = True) -> DraftSection:
    written = str(number) if level > 2 else _CHINESE[number - 1]
    heading = _ENUMERATORS[level].format(written) + chance.choice(_HEADS)
    if chance.random() < 0.1:
        heading += "及" + chance.choice(_HEADS) + "，确保“稳增长”20条措施落地见效"
    said = "\n".join(_paragraph(chance) for _ in range(chance.choice((0, 1, 1, 1, 1, 2))))
    if chance.random() < 0.1:
        said = f"\n{said}\n\n"
    return DraftSection(
        id="",
        heading=heading + chance.choice(_ODD),
        level=level,
        template=said,
        text=said if text else "",
        run_in=level > 1 and chance.random() < 0.4,
    )


def _paragraph(chance: Random) -> str:
    return "".join(_sentence(chance) for _ in range(chance.randint(1, 3)))


def _sentence(chance: Random) -> str:
    name, unit = chance.choice(_NAMES), chance.choice(_UNITS)
    amount, growth = f"{chance.randint(1, 9999) / 10}", f"{chance.randint(1, 400) / 10}"
    rank = chance.choice(_CHINESE[1:])
    return chance.choice((
        f"{name}完成{amount}{unit}，同比增长{growth}%，排全市第{rank}。",
        f"{name}达到{amount}{unit}（其中民营企业占{growth}%），完成年度任务的{amount}%；",
        f"{chance.choice(_DEEDS)}。",
        f"1—11月，{name}下降{growth}%，较上年同期回落{growth}个百分点。",
        f"{chance.choice(_DEEDS)}，新增{chance.randint(2, 300)}家{chance.choice(_ODD)}，居全省第{rank}位。",
    ))  # fmt: skip


_CLAIM = re.compile(r"\d+(?:\.\d+)?(?:亿元|万元|家|%|个百分点)?|第[一二三四五六七八九十]")
_SENTENCE = re.compile(r"[^。\n]+。")


def _judged(section: DraftSection, chance: Random) -> DraftSection:
    """Findings on its figures, spans over them and over whole sentences."""
    findings, spans = [], []
    for match in _CLAIM.finditer(section.text):
        start, end = match.span()
        if chance.random() < 0.5:
            findings += [_finding(section.text, start, end, chance)]
        if chance.random() < 0.4:
            kind = chance.choice(get_args(SpanKind))
            row = f"R{chance.randint(3, 9)}"
            spans.append(Span(start=start, end=end, kind=kind, indicator=row, field="值"))
    for match in _SENTENCE.finditer(section.text):
        start, end = match.span()
        if chance.random() < 0.15:
            spans.append(
                Span(start=start, end=end, kind=chance.choice(("carried", "fact", "open")))
            )
        if chance.random() < 0.1:
            one = _finding(section.text, start, end, chance)
            findings.append(replace(one, kind="fact", field=chance.choice(("judgement", "event"))))
    if findings and chance.random() < 0.1:
        findings.append(findings[0])  # two checks may object to one stretch
    return replace(section, findings=tuple(findings), spans=tuple(spans))


def _finding(text: str, start: int, end: int, chance: Random) -> Finding:
    verdict: Verdict = chance.choice(get_args(Verdict))
    row = chance.randint(3, 9)
    proven = verdict in ("supported", "derived", "contradicted")
    return Finding(
        start=start,
        end=end,
        text=text[start:end],
        verdict=verdict,
        indicator=f"R{row}" if proven else None,
        indicator_name=chance.choice(_NAMES) if proven else None,
        field=chance.choice(("value", "yoy", "rank", "completion")),
        expected="76%" if verdict == "contradicted" else None,
        rule=chance.choice(("N07", "N12", None)),
        formula="35 ÷ 30 × 100 = 116.7" if verdict == "derived" else None,
        evidence=(a_cell(f"D{row}", "208.6"), a_cell(f"E{row}", "约28.2"))[: chance.randint(0, 2)],
        message="" if verdict == "supported" else "与“表中”数值<核对>不一致 & 待核",
        blocking=chance.random() < 0.8,
    )


def _lists(sections: tuple[DraftSection, ...], chance: Random) -> dict[str, object]:
    """What the last part of the review copy lists; each list may be empty."""

    def some(most: int = 4) -> range:
        return range(chance.choice((0, 1, chance.randint(1, most))))

    def where() -> DraftSection:
        return chance.choice(sections)

    adverse = tuple(_adverse(where(), number, chance) for number in some())
    return {
        "questions": tuple(_question(where(), chance) for _ in some(6)),
        "adverse": adverse,
        "decisions": tuple(
            Decision(item=one.indicator, decided="写入问题", by="局长", text=one.text)
            for one in adverse
            if chance.random() < 0.5
        ),
        "left_out": tuple(
            LeftOut(section=where().id, text=_MASKED, reason="今年无素材", label=chance.choice("DREPQGJ"))
            for _ in some(8)
        ),
        "conflicts": tuple(
            Conflict(f"R{3 + one}", "R12", "value", (a_cell("D4", "208.6"), a_cell("D12", "206.8")), "核定优先于快报")
            for one in some()
        ),
        "unused_indicators": tuple(f"R{one}" for one in some(9)),
        "issues": tuple(
            Issue(rule="L18", level=chance.choice(("error", "warning", "info")), start=0, end=4,
                  message="同级标题“句式”不一致")
            for _ in some()
        ),
        "pending": tuple(
            PendingFact(id=f"F{one}", kind="荣誉", text="获批省级园区。", section="s1", weight="必写",
                        cell=a_cell("C3", "获批省级园区。"))
            for one in some()
        ),
        "renamed": tuple(
            RenamedRow(indicator="R4", name="技改投资", former="技术改造投资", cell=a_cell("A4", "技改投资"),
                       former_cell=a_cell("A5", "技术改造投资"), sure=chance.random() < 0.5)
            for _ in some()
        ),
        "changed_basis": tuple(
            ChangedBasis(indicator="R4", name="技改投资", what="口径", now="含农户", before="不含农户",
                         cell=a_cell("B4", "含农户"), former_cell=a_cell("B4", "不含农户"))
            for _ in some()
        ),
    }  # fmt: skip


def _question(section: DraftSection, chance: Random) -> Question:
    return Question(
        section=section.id,
        text=chance.choice(
            ("产业链招商签约情况", "“两化融合”贯标企业名单\n（按年度）", "全年检查和整改情况")
        ),
        department=chance.choice(("产业股", "", "安全股")),
        previous=chance.choice(("", _MASKED)),
        blocking=chance.random() < 0.4,
        after=chance.choice((0, len(section.text), chance.randint(0, len(section.text) + 3))),
    )


def _adverse(section: DraftSection, number: int, chance: Random) -> AdverseFigure:
    found = re.search(r"下降[\d.]+%", section.text)
    return AdverseFigure(
        indicator=f"R{number + 3}",
        indicator_name=chance.choice(_NAMES),
        text=found.group() if found else "下降12.0%",
        section=section.id if found else "",
        cell=chance.choice((None, a_cell("A6", "工业用电量"))),
    )


def _sources(chance: Random) -> Sources:
    """The rows that the drafts speak of; now and then none are at hand."""
    if chance.random() < 0.1:
        return Sources()
    rows = [
        a_row(name, number, unit=chance.choice(_UNITS), value="208.6", yoy="28.2", rank="2")
        for number, name in enumerate(_NAMES, 3)
    ]
    fact = a_fact(
        "F07", "全县首个省级数字化车间于6月获批。", title="省级数字化车间", basis="省厅公告"
    )
    return Sources(a_table(*rows), facts(fact))
