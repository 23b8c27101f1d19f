"""Fact lists (素材): xlsx, csv and json tables, or lines `板块：要点` of docx and txt files.

Only the text of a fact is required. Its numerals become the figures `n1`, `n2`, …, which prove
claims about that fact alone. Texts stay as written: a 提法 binds to the character.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from drafter.errors import Problem, TableError, UnreadableFileError
from drafter.numerals import read_mentions
from drafter.numerals.periods import read_period
from drafter.reading.allowance import MOST_ROWS
from drafter.reading.cells import half_width, is_absent
from drafter.reading.figures import place
from drafter.reading.grids import Grid, GridCell, clean, read_grids
from drafter.reading.layout import FACT_TEXT, distinct
from drafter.reading.tables import file_names
from drafter.reading.texts import TEXT_SUFFIXES, WORD_SUFFIXES, read_source
from drafter.records.fact import Fact, FactFigure, FactList
from drafter.records.indicator import Cell
from drafter.records.mention import Mention
from drafter.records.quantity import Quantity, unit

_WORDS = {
    "id": "id 编号 素材编号 代码",
    "section": "section 板块 所属板块 章节 板块名称",
    "kind": "kind 类型 素材类型 类别",
    "title": "title 全称 名称 全名 正式名称",
    "date": "date 时间 日期 发生时间",
    "actor": "actor 主体 责任主体 对象",
    "level": "level 级别 层级",
    "stage": "stage 阶段 进展 状态",
    "basis": "basis 依据 文件依据 来源",
    "department": "department 股室 责任股室 科室 报送股室 填报股室",
    "weight": "weight 采用 采用程度",
    "disclosure": "disclosure 公开 公开属性 是否公开",
    "supersedes": "supersedes 替代 替代内容",
    "confirmation": "confirmation 确认 确认情况 是否确认",
}
_FIELD_OF = {word: field for field, words in _WORDS.items() for word in words.split()}
_HEADER = "含有表头的素材表：一列“要点”，另可有编号、板块、类型、全称、时间等列"
_SERIALS = frozenset({"序号", "no", "no."})
_TEXTS = (
    *("section", "kind", "title", "actor", "level", "stage", "basis"),
    *("department", "weight", "disclosure", "supersedes", "confirmation"),
)
_MARK = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十0-9]{1,3}[)）]、?|[0-9]{1,2}[.、．](?![0-9])"
    r"|[-—·•●◆]\s*)\s*"
)
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])[^：:，。；,;0-9]{1,16}"
)
_LINE = re.compile(r"(?P<section>[^：:，。；,;]{1,16})[：:]\s*(?P<text>.*)", re.DOTALL)
_MONTH_OR_DAY = re.compile(r"(?:1[3-9]|[2-9][0-9]|0)月|(?:3[2-9]|[4-9][0-9]|0)日")
_QUANTIFIED = frozenset(
    {"quantity", "percent", "rate_change", "points", "multiple", "fraction", "range"}
)


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of a fact sheet: the row below it and what each column holds."""

    below: int
    fields: tuple[str, ...]
    headers: tuple[str, ...]

    def cell(self, field: str, cells: Sequence[GridCell]) -> GridCell | None:
        at = self.fields.index(field) if field in self.fields else None
        return cells[at] if at is not None else None


def read_facts(paths: Iterable[Path | str], *, lenient: bool = False) -> FactList:
    """The facts of one or several files.

    Args:
        paths: `.xlsx`, `.csv` or `.json` tables, `.docx` or `.txt` with lines `板块：要点`.
        lenient: Set facts with problems aside (`set_aside` says why) instead of refusing all.

    Returns:
        The facts in the order of the files; those without an id are numbered F01, F02, …

    Raises:
        UnreadableFileError: A file cannot be used at all.
        TableError: Something in a list is wrong; holds all problems of all files.
    """
    files = [Path(path) for path in paths]
    names = file_names(files)
    found: list[Fact | Problem] = []
    for path, name in zip(files, names, strict=True):
        found += _read_file(path, name)
    facts = [item for item in found if isinstance(item, Fact)]
    problems = [item for item in found if isinstance(item, Problem)]
    kept, twice = _without_clashes(facts)
    problems += twice
    if problems and not lenient:
        raise TableError(problems)
    numbered = _numbered(kept)
    return FactList(
        facts=tuple(fact for fact in numbered if not fact.pending),
        files=names,
        set_aside=tuple(str(problem) for problem in problems),
        pending=tuple(fact for fact in numbered if fact.pending),
    )


def figures_of(text: str) -> tuple[FactFigure, ...]:
    """The numerals of a fact that claim something, and its dates: n1, n2 and so on."""
    telling = [
        mention
        for mention in read_mentions(text)
        if mention.claim or mention.kind in ("date", "period")
    ]
    return tuple(
        FactFigure(f"n{number}", mention.start, mention.end, mention.text, _quantity(mention))
        for number, mention in enumerate(telling, start=1)
    )


def _quantity(mention: Mention) -> Quantity | None:
    if mention.number is None or mention.kind not in _QUANTIFIED:
        return None
    return Quantity(mention.number, mention.unit or unit(""))


def _read_file(path: Path, name: str) -> Iterator[Fact | Problem]:
    if path.suffix.lower() in TEXT_SUFFIXES | WORD_SUFFIXES:
        yield from _from_lines(path, name)
        return
    usable = False
    for grid in read_grids(path, name):
        head = _find_head(grid)
        if head:
            usable = True
            yield from _from_grid(grid, head)
    if not usable:
        yield Problem(name, None, None, "没有找到表头", _HEADER)


# --- tables ------------------------------------------------------------------------------------


def _find_head(grid: Grid) -> _Head | None:
    for number, cells in enumerate(grid.rows):
        texts = [_bare(cell.text) for cell in cells]
        if len(distinct(cells)) >= 1 and set(texts) & FACT_TEXT:
            at = next(index for index, text in enumerate(texts) if text in FACT_TEXT)
            fields = [
                "text" if index == at else _FIELD_OF.get(text, "")
                for index, text in enumerate(texts)
            ]
            firsts = [
                field if field not in fields[:index] else "" for index, field in enumerate(fields)
            ]
            return _Head(number + 1, tuple(firsts), tuple(cell.text for cell in cells))
    return None


def _bare(header: str) -> str:
    """A head without blanks and brackets: 类型（举措/活动/…） is 类型."""
    return re.sub(r"\(.*\)$|\s+", "", half_width(header)).lower()


def _from_grid(grid: Grid, head: _Head) -> Iterator[Fact | Problem]:
    for cells in grid.rows[head.below :]:
        if not distinct(cells):
            continue
        fact, problems = _fact(grid, head, cells)
        if problems:
            yield from problems
        elif fact:
            yield fact


def _fact(grid: Grid, head: _Head, cells: Sequence[GridCell]) -> tuple[Fact | None, list[Problem]]:
    written = head.cell("text", cells)
    known = [cell for field, cell in zip(head.fields, cells, strict=True) if field]
    problems = [
        Problem(grid.file, grid.sheet, cell.address, cell.text, f"文字（{cell.fault}）")
        for cell in known
        if cell.fault
    ]
    if written is None or is_absent(written.text):
        address = written.address if written else None
        said = [cell for cell in known if not cell.spread and not is_absent(cell.text)]
        if len(said) > 1:
            problems.append(
                Problem(grid.file, grid.sheet, address, "空", "素材要点（这一行有内容但没有要点）")
            )
        return None, problems
    texts = {field: _text(head, field, cells) for field in (*_TEXTS, "id", "date")}
    date = read_period(half_width(texts["date"])) if texts["date"] else None
    date_cell = head.cell("date", cells)
    if date is None and date_cell and _MONTH_OR_DAY.search(half_width(texts["date"])):
        expected = "时间，如 2024年7月、2024年7月3日"
        problems.append(Problem(grid.file, grid.sheet, date_cell.address, texts["date"], expected))
    fact = _made(written.text, place(written, grid.file, grid.sheet), texts)
    return replace(fact, date=date, extra=_extra(head, cells)), problems


def _made(text: str, cell: Cell, texts: dict[str, str]) -> Fact:
    named: dict[str, Any] = {field: texts.get(field, "") for field in _TEXTS}
    return Fact(
        id=texts.get("id", ""),
        text=text,
        cell=cell,
        date_written=texts.get("date", ""),
        figures=figures_of(text),
        **named,
    )


def _text(head: _Head, field: str, cells: Sequence[GridCell]) -> str:
    cell = head.cell(field, cells)
    return "" if cell is None or is_absent(cell.text) else cell.text


def _extra(head: _Head, cells: Sequence[GridCell]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (header, cell.text)
        for header, field, cell in zip(head.headers, head.fields, cells, strict=True)
        if header and not field and cell.text and _bare(header) not in _SERIALS
    )


# --- lines of a text ---------------------------------------------------------------------------


def _from_lines(path: Path, name: str) -> Iterator[Fact | Problem]:
    """Each line is a fact; `板块：` before it, or alone on the line above, is its section."""
    section, found = "", False
    paragraphs = read_source(path).paragraphs
    if len(paragraphs) > MOST_ROWS:
        raise UnreadableFileError(
            str(path), f"有{len(paragraphs)}行，超过{MOST_ROWS}行的上限，不像一份素材"
        )
    for number, paragraph in enumerate(paragraphs, start=1):
        line = clean(paragraph.text)[0]
        body = line[match.end() :] if (match := _MARK.match(line)) else line
        labelled = _LINE.fullmatch(body)
        if _HEADING.fullmatch(line):
            section, body = body, ""
        elif labelled:
            section, body = labelled["section"].strip(), labelled["text"].strip()
        if not body:
            continue
        found = True
        cell = Cell(name, None, f"第{number}行", body, raw=line if line != body else None)
        yield _made(body, cell, {"section": section})
    if not found:
        yield Problem(name, None, None, "没有要点", "每行一条“板块：要点”")


# --- ids ---------------------------------------------------------------------------------------


def _without_clashes(facts: Sequence[Fact]) -> tuple[list[Fact], list[Problem]]:
    first: dict[str, Fact] = {}
    kept, problems = [], []
    for fact in facts:
        other = first.setdefault(fact.id, fact) if fact.id else fact
        if other is fact:
            kept.append(fact)
            continue
        where = fact.cell
        expected = f"不重复的编号（{other.cell.file}的{other.cell.cell}已用此编号）"
        problems.append(Problem(where.file, where.sheet, where.cell, fact.id, expected))
    return kept, problems


def _numbered(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    taken = {fact.id for fact in facts}
    free = (f"F{number:02d}" for number in count(1) if f"F{number:02d}" not in taken)
    return tuple(fact if fact.id else replace(fact, id=next(free)) for fact in facts)
