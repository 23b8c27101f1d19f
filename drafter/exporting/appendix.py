"""核对附页: the last part of the copy to review, with everything a reviewer has to settle.

Evidence in the order of the pages, then what is open, asked for, in conflict, adverse, not
used and left out, and the objections to the text. Numbers of the precedent arrive masked.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from drafter.exporting.evidence import Sources, field_name
from drafter.exporting.grid import Column, table_xml
from drafter.exporting.ooxml import Paragraph, clean, run
from drafter.exporting.review import Review
from drafter.exporting.styles import Look
from drafter.records.draft import AdverseFigure, Draft
from drafter.records.indicator import Indicator

HEADING = "核对附页"
LONGEST_TEXT = 40
_LEVELS = {"error": "错误", "warning": "警告", "info": "提示"}
_CLASSES = {
    "D": "数据",
    "R": "常规举措",
    "E": "事件或名称",
    "P": "政策提法",
    "Q": "问题",
    "G": "目标",
    "J": "评价",
}


@dataclass(frozen=True, slots=True)
class Listing:
    """One table of the page; without rows it says so in a line."""

    heading: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = "无。"


def appendix_xml(draft: Draft, review: Review, sources: Sources, look: Look) -> str:
    """The page headed 核对附页, on a new page of the same section."""
    setting = replace(look.heading_setting(1), align="center", page_break=True, first_line=0)
    setting = replace(setting, first_line_chars=0)
    heading = Paragraph(setting, look.heading(1), run(HEADING, look.heading(1)))
    parts = [heading.xml, *(_text(line, look) for line in _summary(draft, review))]
    for number, listing in enumerate(listings(draft, review, sources)):
        parts += _listed(f"{_ordinal(number)}、{listing.heading}", listing, look)
    # Word wants a paragraph behind a table that ends the document.
    return "".join((*parts, Paragraph(look.cell_setting, look.table).xml))


def listings(draft: Draft, review: Review, sources: Sources) -> tuple[Listing, ...]:
    """All tables of the page in their order."""
    return (
        _evidence(review),
        _questions(draft),
        _conflicts(draft, sources),
        _adverse(draft),
        _pending(draft),
        _renamed(draft),
        _changed(draft),
        _unused(draft, sources),
        _left_out(draft),
        _issues(draft),
    )


def _summary(draft: Draft, review: Review) -> Iterator[str]:
    counted = Counter(proof.verdict for _, proof in review.proofs)
    verdicts = "，".join(f"{name}{count}处" for name, count in counted.items())
    yield "本附页供核对，定稿印发时不附。"
    yield f"全文数字和事实{len(review.proofs)}处" + (f"：{verdicts}。" if verdicts else "。")
    if draft.open_points:
        yield f"尚有{len(draft.open_points)}处未决，印发稿暂不能导出。"
    if not draft.date.strip():
        yield "落款未写日期：起草时没有给出成文日期。"
    yield (
        "标记说明：深色底纹加粗并注【无依据】【与表不符】【存疑】的为未决；浅色底纹并注"
        "【沿用】【不利】的和【请补】各条由人定夺；没有标记的数字均已核对，依据见批注和下表。"
    )


def _evidence(review: Review) -> Listing:
    rows = []
    for number, (_, proof) in enumerate(review.proofs, 1):
        subject = "·".join(part for part in (proof.subject, proof.field) if part)
        # What agrees with its cell needs no sentence: the cell stands beside it.
        message = proof.message if proof.is_open or proof.formula or not proof.cells else ""
        conclusion = "：".join(part for part in (proof.verdict, message) if part)
        proven_by = "\n".join(part for part in (proof.place, proof.formula, proof.basis) if part)
        rows.append(
            (
                str(number),
                _short(proof.text),
                subject or "—",
                _short(proof.shown) or "—",
                proven_by or "—",
                conclusion,
            )
        )
    columns = (
        Column("序号", 8, "c"),
        Column("文中数字", 16),
        Column("指标", 26),
        Column("表中值", 14),
        Column("出处", 26),
        Column("结论", 12),
    )
    return Listing("数字和事实的依据", columns, tuple(rows), "文中没有需要依据的数字。")


def _questions(draft: Draft) -> Listing:
    columns = (
        Column("序号", 8, "c"),
        Column("板块", 20),
        Column("请补内容", 38),
        Column("责任股室", 14),
        Column("上年写法（数字已隐去）", 22),
    )
    rows = [
        (
            str(number),
            _heading_of(draft, question.section),
            clean(question.text) + ("（必填）" if question.blocking else ""),
            question.department or "—",
            question.previous or "—",
        )
        for number, question in enumerate(draft.questions, 1)
    ]
    return Listing("待补材料", columns, tuple(rows))


def _conflicts(draft: Draft, sources: Sources) -> Listing:
    columns = (
        Column("序号", 8, "c"),
        Column("指标", 22),
        Column("采用", 26),
        Column("未采用", 26),
        Column("理由", 20),
    )
    rows = []
    for number, conflict in enumerate(draft.conflicts, 1):
        chosen, other = (f"{cell.value}\n{cell.place}" for cell in conflict.cells)
        subject = f"{sources.name(conflict.chosen)}\n{field_name(conflict.field)}"
        rows.append((str(number), subject, chosen, other, conflict.reason))
    return Listing("数据冲突", columns, tuple(rows))


def _adverse(draft: Draft) -> Listing:
    columns = (
        Column("序号", 8, "c"),
        Column("指标", 26),
        Column("情况", 26),
        Column("出处", 18),
        Column("现处位置", 24),
    )
    rows = [
        (
            str(number),
            figure.indicator_name,
            figure.text,
            figure.cell.place if figure.cell else "—",
            _standing(draft, figure),
        )
        for number, figure in enumerate(draft.adverse, 1)
    ]
    return Listing("不利数据", columns, tuple(rows))


def _standing(draft: Draft, figure: AdverseFigure) -> str:
    """Where the figure stands, and who decided so."""
    decided = draft.decision_on(figure)
    if figure.section:
        place = _heading_of(draft, figure.section)
    else:
        place = "未写入" if decided else "未写入，请定夺"
    return f"{place}\n{decided}" if decided else place


def _pending(draft: Draft) -> Listing:
    columns = (
        Column("序号", 8, "c"),
        Column("编号、类型", 16),
        Column("内容", 52),
        Column("出处", 24),
    )
    rows = [
        (str(number), f"{fact.id}\n{fact.kind or '—'}", fact.text, fact.cell.place)
        for number, fact in enumerate(draft.pending, 1)
    ]
    return Listing("待确认的提法和素材（未写入）", columns, tuple(rows))


def _renamed(draft: Draft) -> Listing:
    columns = (
        Column("序号", 8, "c"),
        Column("今年的名称", 34),
        Column("去年的名称", 34),
        Column("说明", 24),
    )
    rows = [
        (
            str(number),
            f"{row.name}\n{row.cell.place}",
            f"{row.former}\n{row.former_cell.place}",
            "按别名对应" if row.sure else "疑似改名，是同一指标请写入“别名”",
        )
        for number, row in enumerate(draft.renamed, 1)
    ]
    return Listing("名称变化", columns, tuple(rows))


def _changed(draft: Draft) -> Listing:
    columns = (
        Column("序号", 8, "c"),
        Column("指标", 26),
        Column("变动", 12),
        Column("今年表中", 27),
        Column("去年表中", 27),
    )
    rows = [
        (
            str(number),
            row.name,
            row.what,
            f"{row.now}\n{row.cell.place}",
            f"{row.before}\n{row.former_cell.place}",
        )
        for number, row in enumerate(draft.changed_basis, 1)
    ]
    return Listing("口径变动", columns, tuple(rows))


def _unused(draft: Draft, sources: Sources) -> Listing:
    columns = (
        Column("序号", 8, "c"),
        Column("指标", 30),
        Column("表中值", 34),
        Column("出处", 30),
    )
    rows = []
    for number, identifier in enumerate(draft.unused_indicators, 1):
        row = sources.row(identifier)
        if row is None:
            rows.append((str(number), identifier, "—", "—"))
        else:
            rows.append((str(number), row.name, _values(row), row.row.place))
    return Listing("未采用的指标", columns, tuple(rows))


def _values(row: Indicator) -> str:
    shown = [f"{field_name(name)} {figure.cell.value}" for name, figure in row.figures()]
    unit = f"（{row.unit}）" if row.unit else ""
    return "；".join(shown) + unit if shown else "—"


def _left_out(draft: Draft) -> Listing:
    """Neighbours that stay out for one reason share a line."""
    columns = (
        Column("序号", 8, "c"),
        Column("板块", 18),
        Column("内容（数字已隐去）", 42),
        Column("类别", 10),
        Column("理由", 24),
    )
    alike = groupby(draft.left_out, key=lambda item: (item.section, item.label, item.reason))
    rows = [
        (
            str(number),
            _heading_of(draft, section),
            "；".join(item.text for item in items),
            _CLASSES.get(label, label) or "—",
            reason,
        )
        for number, ((section, label, reason), items) in enumerate(alike, 1)
    ]
    return Listing("未沿用、未写入的内容", columns, tuple(rows))


def _issues(draft: Draft) -> Listing:
    columns = (
        Column("序号", 8, "c"),
        Column("程度", 10, "c"),
        Column("规则", 10, "c"),
        Column("意见", 74),
    )
    rows = [
        (str(number), _LEVELS[issue.level], issue.rule, issue.message)
        for number, issue in enumerate(draft.issues, 1)
    ]
    return Listing("全文检查意见", columns, tuple(rows))


def _listed(heading: str, listing: Listing, look: Look) -> Sequence[str]:
    face = look.heading(1)
    # A heading of the appendix is none of the document: it has no place in the navigation pane.
    setting = replace(look.body_setting, keep_next=True)
    title = Paragraph(setting, face, run(heading, face)).xml
    if not listing.rows:
        return (title, _text(listing.empty, look))
    return (title, table_xml(listing.columns, listing.rows, look))


def _text(text: str, look: Look) -> str:
    return Paragraph(look.body_setting, look.body, run(text, look.body)).xml


def _heading_of(draft: Draft, identifier: str) -> str:
    """The heading that a section goes by; 导语 for one without."""
    for number, section in enumerate(draft.sections):
        if section.id == identifier:
            return section.heading.rstrip("。") or ("导语" if number == 0 else "结尾")
    return identifier or "全文"


def _short(text: str) -> str:
    text = clean(text).replace("\n", " ")
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "……"


def _ordinal(number: int) -> str:
    return "一二三四五六七八九十"[number]
