"""How long the Word copies take beside python-docx writing the same paragraphs plainly."""

import io
from collections.abc import Callable, Iterator

from docx import Document

from drafter.exporting.evidence import Sources
from drafter.exporting.word import clean_copy, review_copy
from drafter.records.claim import Finding
from drafter.records.draft import Draft, DraftSection, Span
from drafter.records.indicator import Cell

CHARACTERS, NUMBERS, SECTIONS = 5_000, 120, 10
_TELLING = "全县工业投资完成{}亿元，"
_FILLING = "持续加强运行调度，落实分片联系制度，协调解决企业用地用工等困难。"


def report(fastest: Callable[[Callable[[], object]], float]) -> Iterator[str]:
    """A line a copy; `fastest` measures."""
    draft = invented()
    plain = fastest(lambda: _plainly(draft))
    clean = fastest(lambda: clean_copy(draft)) / plain
    review = fastest(lambda: review_copy(draft, Sources())) / plain
    length = sum(len(one.text) for one in draft.sections)
    yield f"copy to print / plain paragraphs by python-docx {clean:6.2f}   (aim 2; {length} characters)"
    yield f"copy to review / the same                       {review:6.2f}   (aim 5; {NUMBERS} numbers)"


def invented() -> Draft:
    """A draft of so many characters and numbers, each with its finding, span and cell."""
    sections = [_section(number) for number in range(SECTIONS)]
    return Draft(
        title="云岭县科技和工业信息化局2024年工作总结",
        year=2024,
        organisation="云岭县科技和工业信息化局",
        sections=tuple(sections),
        date="2024年12月31日",
    )


def _section(number: int) -> DraftSection:
    text, findings, spans = "", [], []
    for row in range(NUMBERS // SECTIONS):
        said = _TELLING.format(f"{number * 100 + row}.5")
        start = len(text) + said.index("成") + 1
        end = len(text) + said.index("，")
        text += said + _FILLING
        cell = Cell("2024年指标表.xlsx", "指标", f"D{row + 3}", said[9:-3])
        identifier = f"R{number}{row}"
        findings.append(
            Finding(
                start=start,
                end=end,
                text=text[start:end],
                verdict="supported",
                indicator=identifier,
                indicator_name="工业投资",
                field="value",
                evidence=(cell,),
            )
        )
        spans.append(Span(start=start, end=end, kind="cell", indicator=identifier, field="值"))
    while len(text) < CHARACTERS // SECTIONS:
        text += _FILLING
    return DraftSection(
        id=f"s{number}",
        heading=f"（{'一二三四五六七八九十'[number]}）工业经济稳中有进",
        level=2,
        template=text,
        text=text,
        spans=tuple(spans),
        findings=tuple(findings),
    )


def _plainly(draft: Draft) -> bytes:
    document = Document()
    document.add_paragraph(draft.title)
    for section in draft.sections:
        for line in (section.heading, *section.text.split("\n")):
            document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
