"""The tables of 核对附页: evidence in the order of the pages, and what a person has to settle.

Values from a draft to rows of text; how they are set is left to `appendix`. Neighbours that say the
same of one row share a line, and places are short: `表1 经济运行 B7`, the files named once.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from drafter.exporting.evidence import Proof, Sources, field_name
from drafter.exporting.grid import Column
from drafter.exporting.review import Review
from drafter.records.draft import AdverseFigure, Draft, DraftSection
from drafter.records.indicator import Cell, Indicator
from drafter.records.printable import abbreviated, clean, shortened

LONGEST_TEXT = 40
LONGEST_HEADING = 8
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
_NUMBER = Column("序号", 7, "c")


@dataclass(frozen=True, slots=True)
class Listing:
    """One table of the page; without rows it says so in a line."""

    heading: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = "无。"


class Files:
    """Short names of the files that cells stand in: 表1, 表2 in the order of first sight."""

    def __init__(self, names: Iterable[str]) -> None:
        self._numbers = {
            name: number for number, name in enumerate(dict.fromkeys(filter(None, names)), 1)
        }

    @property
    def legend(self) -> str:
        """表1为“…”；表2为“…”; '' where there is none."""
        return "；".join(f"表{number}为“{clean(name)}”" for name, number in self._numbers.items())

    def place(self, cells: Sequence[Cell]) -> str:
        """Where cells stand, those of one sheet together: 表1 经济运行 B7、E7."""
        sheets = groupby(dict.fromkeys(cells), key=lambda cell: (cell.file, cell.sheet))
        found = []
        for (file, sheet), held in sheets:
            name = f"表{self._numbers[file]}" if file in self._numbers else file
            addresses = "、".join(dict.fromkeys(cell.cell for cell in held))
            found.append(" ".join(part for part in (name, sheet, addresses) if part))
        return "；".join(dict.fromkeys(found))


def files_of(draft: Draft, review: Review, sources: Sources) -> Files:
    """All files that the listings speak of."""
    return Files(
        cell.file
        for cells in (
            (cell for _, proof in review.proofs for cell in proof.cells),
            (cell for conflict in draft.conflicts for cell in conflict.cells),
            (row.row for row in sources.table.rows),
            (fact.cell for fact in draft.pending),
            (cell for row in draft.renamed for cell in (row.cell, row.former_cell)),
            (cell for row in draft.changed_basis for cell in (row.cell, row.former_cell)),
            (figure.cell for figure in draft.adverse if figure.cell),
        )
        for cell in cells
    )


def listings(draft: Draft, review: Review, sources: Sources, files: Files) -> tuple[Listing, ...]:
    """All tables of the page in their order."""
    return (
        _evidence(review, files),
        _questions(draft),
        _conflicts(draft, sources, files),
        _adverse(draft, files),
        _pending(draft, files),
        _renamed(draft, files),
        _changed(draft, files),
        _unused(draft, sources, files),
        _left_out(draft),
        _edits(draft),
        _issues(draft),
    )


def _listing(
    heading: str, columns: Sequence[Column], rows: Iterable[Sequence[str]], empty: str = "无。"
) -> Listing:
    """A table with its lines numbered."""
    numbered = tuple((str(number), *row) for number, row in enumerate(rows, 1))
    return Listing(heading, (_NUMBER, *columns), numbered, empty)


def _evidence(review: Review, files: Files) -> Listing:
    columns = (
        Column("文中数字、事实", 25),
        Column("指标或素材", 22),
        Column("表中值", 22),
        Column("出处", 20),
        Column("结论", 11),
    )
    rows = []
    for held in together(review.proofs):
        first = held[0]
        # What agrees with its cell needs no sentence: the cell stands beside it.
        said = first.message if first.is_open or first.formula or not first.cells else ""
        # A fact of several numbers is one cell, named once.
        shown = dict.fromkeys(map(shown_value, held))
        cells = [cell for one in held for cell in one.cells]
        basis = [part for part in (files.place(cells), first.formula, first.basis) if part]
        rows.append(
            (
                "、".join(shortened(one.text, LONGEST_TEXT) for one in held),
                first.subject or "—",
                "；".join(filter(None, shown)) or "—",
                "\n".join(basis) or "—",
                "：".join(part for part in (first.verdict, said) if part),
            )
        )
    return _listing("数字和事实的依据", columns, rows, "文中没有需要依据的数字。")


def shown_value(proof: Proof) -> str:
    """The value of a cell with its field; a fact is one cell for all that it says."""
    named = f"{proof.field} " if proof.field and len(proof.cells) == 1 and not proof.of_fact else ""
    return "；".join(f"{named}{shortened(cell.value, LONGEST_TEXT)}" for cell in proof.cells)


def together(proofs: Sequence[tuple[DraftSection, Proof]]) -> Iterator[list[Proof]]:
    """Neighbours that one row or fact bears in the same way."""

    def alike(one: tuple[DraftSection, Proof]) -> tuple[object, ...]:
        section, proof = one
        alone = proof.is_open or bool(proof.formula) or not proof.cells
        mark = (proof.start, proof.end) if alone else None
        return section.id, proof.subject, proof.verdict, proof.basis, mark

    for _, held in groupby(proofs, key=alike):
        yield [proof for _, proof in held]


def _questions(draft: Draft) -> Listing:
    columns = (
        Column("板块", 18),
        Column("请补内容", 40),
        Column("责任股室", 14),
        Column("上年写法（数字已隐去）", 28),
    )
    rows = [
        (
            _heading_of(draft, question.section),
            clean(question.text) + ("（必填）" if question.blocking else ""),
            question.department or "—",
            question.previous or "—",
        )
        for question in draft.questions
    ]
    return _listing("待补材料", columns, rows)


def _conflicts(draft: Draft, sources: Sources, files: Files) -> Listing:
    columns = (
        Column("指标", 26),
        Column("采用", 26),
        Column("未采用", 26),
        Column("理由", 22),
    )
    rows = []
    for conflict in draft.conflicts:
        chosen, other = (f"{cell.value}\n{files.place([cell])}" for cell in conflict.cells)
        subject = f"{sources.name(conflict.chosen)}\n{field_name(conflict.field)}"
        rows.append((subject, chosen, other, conflict.reason))
    return _listing("数据冲突", columns, rows)


def _adverse(draft: Draft, files: Files) -> Listing:
    columns = (
        Column("指标", 26),
        Column("情况", 26),
        Column("出处", 20),
        Column("现处位置", 28),
    )
    rows = [
        (
            figure.indicator_name,
            figure.text,
            files.place([figure.cell]) if figure.cell else "—",
            _standing(draft, figure),
        )
        for figure in draft.adverse
    ]
    return _listing("不利数据", columns, rows)


def _standing(draft: Draft, figure: AdverseFigure) -> str:
    """Where the figure stands, and who decided so."""
    decided = draft.decision_on(figure)
    if figure.section:
        place = _heading_of(draft, figure.section)
    else:
        place = "未写入" if decided else "未写入，请定夺"
    return f"{place}\n{decided}" if decided else place


def _pending(draft: Draft, files: Files) -> Listing:
    columns = (Column("编号、类型", 18), Column("内容", 58), Column("出处", 24))
    rows = [
        (f"{fact.id}\n{fact.kind or '—'}", fact.text, files.place([fact.cell]))
        for fact in draft.pending
    ]
    return _listing("待确认的提法和素材（未写入）", columns, rows)


def _renamed(draft: Draft, files: Files) -> Listing:
    columns = (Column("今年的名称", 36), Column("去年的名称", 36), Column("说明", 28))
    rows = [
        (
            f"{row.name}\n{files.place([row.cell])}",
            f"{row.former}\n{files.place([row.former_cell])}",
            "按别名对应" if row.sure else "疑似改名，是同一指标请写入“别名”",
        )
        for row in draft.renamed
    ]
    return _listing("名称变化", columns, rows)


def _changed(draft: Draft, files: Files) -> Listing:
    columns = (
        Column("指标", 28),
        Column("变动", 12),
        Column("今年表中", 30),
        Column("去年表中", 30),
    )
    rows = [
        (
            row.name,
            row.what,
            f"{row.now}\n{files.place([row.cell])}",
            f"{row.before}\n{files.place([row.former_cell])}",
        )
        for row in draft.changed_basis
    ]
    return _listing("口径变动", columns, rows)


def _unused(draft: Draft, sources: Sources, files: Files) -> Listing:
    columns = (Column("指标", 34), Column("表中值", 40), Column("出处", 26))
    rows = []
    for identifier in draft.unused_indicators:
        row = sources.row(identifier)
        if row is None:
            rows.append((identifier, "—", "—"))
        else:
            rows.append((row.name, values_of(row), files.place([row.row])))
    return _listing("未采用的指标", columns, rows)


def values_of(row: Indicator) -> str:
    """All figures of a row with their fields."""
    shown = [f"{field_name(name)} {figure.cell.value}" for name, figure in row.figures()]
    unit = f"（{row.unit}）" if row.unit else ""
    return "；".join(shown) + unit if shown else "—"


def _left_out(draft: Draft) -> Listing:
    """What stays out of one section for one reason shares a line."""
    columns = (
        Column("板块", 18),
        Column("内容（数字已隐去）", 50),
        Column("类别", 10),
        Column("理由", 22),
    )
    alike: dict[tuple[str, str, str], list[str]] = {}
    for item in draft.left_out:
        alike.setdefault((item.section, item.label, item.reason), []).append(item.text)
    order = {section.id: at for at, section in enumerate(draft.sections)}
    rows = [
        (_heading_of(draft, section), "；".join(texts), _CLASSES.get(label, label) or "—", reason)
        for (section, label, reason), texts in sorted(
            alike.items(), key=lambda one: order.get(one[0][0], len(order))
        )
    ]
    return _listing("未沿用、未写入的内容", columns, rows)


def _edits(draft: Draft) -> Listing:
    """What people changed in copies that came back."""
    columns = (
        Column("板块", 16),
        Column("原文", 33),
        Column("现文", 33),
        Column("改动、原因、何人", 18),
    )
    rows = [
        (
            _heading_of(draft, edit.section),
            edit.before or "—",
            edit.after or "—",
            "\n".join(part for part in ("、".join(edit.kinds), edit.reason, edit.by) if part),
        )
        for edit in draft.edits
    ]
    return _listing("改回稿的改动", columns, rows)


def _issues(draft: Draft) -> Listing:
    columns = (Column("程度", 10, "c"), Column("规则", 10, "c"), Column("意见", 80))
    rows = [(_LEVELS[issue.level], issue.rule, issue.message) for issue in draft.issues]
    return _listing("全文检查意见", columns, rows)


def _heading_of(draft: Draft, identifier: str) -> str:
    """The heading that a section goes by, cut short; 导语 for one without."""
    for number, section in enumerate(draft.sections):
        if section.id == identifier:
            name = section.heading.rstrip("。") or ("导语" if number == 0 else "结尾")
            return abbreviated(name, LONGEST_HEADING)
    return identifier or "全文"
