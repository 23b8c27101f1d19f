"""核对单: a sheet for each 股室 with the numbers and facts it answers for, to tick and to sign.

In the order of the pages, each with its sentence and its source; then what the 股室 reported and
the draft does not use, and what it is asked for. Printed on white paper, ticked with a pen.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from drafter.exporting.evidence import Proof, Sources, all_proofs
from drafter.exporting.grid import Column, table_xml
from drafter.exporting.listings import Files, shown_value, together, values_of
from drafter.exporting.ooxml import Paragraph, run
from drafter.exporting.styles import Look
from drafter.records.draft import Draft, DraftSection, Question
from drafter.records.fact import Fact
from drafter.records.indicator import Indicator
from drafter.records.printable import clean, shortened

HEADING = "核对单"
NOBODY = "未注明股室"
_SAME = "（同上句）"
_REMEMBERED = 12
"""Characters of a sentence by which it is known again on the next page."""
_DIGITS = "0123456789."
_UNNAMED = {"lead": "导语", "closing": "结尾"}
_WITHHELD = frozenset({"内部", "脱敏"})
TICK = "□对\n□错"
_SEVERAL = re.compile("[、，,；;/]+")
_SENTENCE = re.compile(r"[^。！？\n]*[。！？]?[”’）】]*")
_LONGEST_SENTENCE = 90
_COLUMNS = (
    Column("序号", 7, "c"),
    Column("文中原句", 33),
    Column("数字、事实", 15),
    Column("指标或素材", 15),
    Column("表中值", 13),
    Column("出处", 13),
    Column("核对", 8, "c"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row or fact bears in one sentence."""

    section: DraftSection
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one 股室 answers for."""

    department: str
    entries: tuple[Entry, ...] = ()
    unused: tuple[Indicator, ...] = ()
    unused_facts: tuple[Fact, ...] = ()
    questions: tuple[Question, ...] = ()


def sheets_of(draft: Draft, sources: Sources) -> tuple[Sheet, ...]:
    """A sheet for each 股室 in the order of the text; what names none comes last."""
    proofs = tuple(all_proofs(draft, sources))
    rows = [row for one in draft.unused_indicators if (row := sources.row(one)) is not None]
    facts = _unused_facts(draft, sources)
    named = [
        *(name for _, proof in proofs for name in departments(proof.department)),
        *(name for row in rows for name in departments(row.department)),
        *(name for fact in facts for name in departments(fact.department)),
        *(name for one in draft.questions for name in departments(one.department)),
    ]
    names = [one for one in dict.fromkeys(named) if one != NOBODY]
    found = []
    for name in (*names, NOBODY):
        own = [one for one in proofs if name in departments(one[1].department)]
        sheet = Sheet(
            name,
            tuple(_entries(own)),
            tuple(row for row in rows if name in departments(row.department)),
            tuple(fact for fact in facts if name in departments(fact.department)),
            tuple(one for one in draft.questions if name in departments(one.department)),
        )
        if sheet.entries or sheet.unused or sheet.unused_facts or sheet.questions:
            found.append(sheet)
    return tuple(found)


def _unused_facts(draft: Draft, sources: Sources) -> list[Fact]:
    """Facts that no span and no finding of the draft names."""
    used = {span.indicator for section in draft.sections for span in section.spans}
    for section in draft.sections:
        for finding in section.findings:
            used |= {finding.indicator, *finding.also}
    return [fact for fact in sources.facts.facts if fact.id not in used]


def departments(written: str) -> tuple[str, ...]:
    """The 股室 that a cell names; several share what they answer for."""
    found = [one.strip() for one in _SEVERAL.split(clean(written)) if one.strip()]
    return tuple(found) or (NOBODY,)


def _entries(proofs: Sequence[tuple[DraftSection, Proof]]) -> Iterator[Entry]:
    """One line for what a row bears in a sentence."""
    # By section first: two sections that say the same have equal proofs.
    for _, group in groupby(proofs, key=lambda one: one[0].id):
        placed = list(group)
        section = placed[0][0]
        for held in together(placed):
            for sentence in dict.fromkeys(_sentence(section, one) for one in held):
                own = tuple(one for one in held if _sentence(section, one) == sentence)
                yield Entry(section, own)


def _sentence(section: DraftSection, proof: Proof) -> str:
    """The sentence that a number stands in."""
    for match in _SENTENCE.finditer(section.text):
        if match.start() <= proof.start < match.end():
            return match[0].strip()
    return proof.text


def signoff_xml(draft: Draft, sheets: Sequence[Sheet], files: Files, look: Look) -> str:
    """All sheets, each on pages of its own."""
    parts: list[str] = []
    for number, sheet in enumerate(sheets):
        parts += _sheet(draft, sheet, files, look, first=number == 0)
    return "".join(parts)


def _sheet(draft: Draft, sheet: Sheet, files: Files, look: Look, *, first: bool) -> Iterator[str]:
    setting = replace(look.title_setting, page_break=not first)
    yield Paragraph(setting, look.title, run(HEADING, look.title)).xml
    yield _line(f"股室：{sheet.department}", look)
    yield _line(f"文稿：{clean(draft.title)}", look)
    count = sum(len(one.proofs) for one in sheet.entries)
    yield _line(
        f"请逐项核对{count}处数字和事实，对的在“对”前打钩，错的写明正确的数并附依据。", look
    )
    if files.legend:
        yield _line(f"出处栏中，{files.legend}。", look)
    if sheet.entries:
        yield table_xml(_COLUMNS, list(_rows(sheet.entries, files)), look, small=True)
    if sheet.unused:
        yield _heading("已报未用的指标", look)
        columns = (Column("指标", 40), Column("表中值", 35), Column("出处", 25))
        rows = [(row.name, values_of(row), files.place([row.row])) for row in sheet.unused]
        yield table_xml(columns, rows, look, small=True)
    if sheet.unused_facts:
        yield _heading("已报未用的素材", look)
        columns = (Column("素材", 15), Column("内容", 60), Column("出处", 25))
        told = [(one.id, _told(one), files.place([one.cell])) for one in sheet.unused_facts]
        yield table_xml(columns, told, look, small=True)
    if sheet.questions:
        yield _heading("请补充的材料", look)
        wanted = (Column("板块", 16), Column("请补内容（上年写法）", 44), Column("填写", 40))
        asked = [(_named(draft, one.section), _asked(one), "\n\n") for one in sheet.questions]
        yield table_xml(wanted, asked, look, small=True)
    yield Paragraph(replace(look.cell_setting, keep_next=True), look.table).xml
    yield _line(
        "核对人（签字）：　　　　　　股室负责人（签字）：　　　　　　日期：　　年　月　日", look
    )


def _rows(entries: Sequence[Entry], files: Files) -> Iterator[tuple[str, ...]]:
    """Lines of the table, under the heading of their section."""
    section, before = None, ""
    for number, entry in enumerate(entries, 1):
        if entry.section.id != section:
            section, before = entry.section.id, ""
            name = _section_name(entry.section)
            yield ("", name, *[""] * (len(_COLUMNS) - 2))
        first = entry.proofs[0]
        sentence = _sentence(entry.section, first)
        said = _again(sentence) if sentence == before else sentence
        before = sentence
        shown = dict.fromkeys(filter(None, map(shown_value, entry.proofs)))
        cells = [cell for one in entry.proofs for cell in one.cells]
        basis = [one for one in (files.place(cells), first.formula, first.basis) if one]
        yield (
            str(number),
            shortened(said, _LONGEST_SENTENCE),
            "、".join(one.text for one in entry.proofs)
            + (f"\n（{first.verdict}）" if first.is_open else ""),
            # A fact is told by its text in the next column; its id is enough here.
            (first.subject.split("（")[0] if first.of_fact else first.subject) or "—",
            "；".join(shown) or "—",
            "\n".join(basis) or "—",
            TICK,
        )


def _told(fact: Fact) -> str:
    """What a fact says; the sheets go from hand to hand, so nothing of what is not for all."""
    return f"（标为{fact.disclosure}，内容不列）" if fact.disclosure in _WITHHELD else fact.text


def _named(draft: Draft, identifier: str) -> str:
    """What a section is called."""
    section = next((one for one in draft.sections if one.id == identifier), None)
    return _section_name(section) if section else "全文"


def _section_name(section: DraftSection) -> str:
    return section.heading.rstrip("。") or _UNNAMED.get(section.kind, "正文")


def _asked(question: Question) -> str:
    """What is wanted, and what last year had there, its numbers masked."""
    said = clean(question.text) + ("（必填）" if question.blocking else "")
    return f"{said}\n（{clean(question.previous)}）" if question.previous else said


def _again(sentence: str) -> str:
    """A sentence that stands in the line above, which may be on the page before."""
    return (
        sentence
        if len(sentence) <= _REMEMBERED
        else f"{_SAME}{sentence[:_REMEMBERED].rstrip(_DIGITS)}……"
    )


def _heading(words: str, look: Look) -> str:
    setting = replace(look.cell_setting, keep_next=True)
    return Paragraph(setting, look.table_head, run(words, look.table_head)).xml


def _line(words: str, look: Look) -> str:
    return Paragraph(look.cell_setting, look.table, run(words, look.table)).xml
