"""What carries each sentence of a draft: a cell, a fact, last year's routine, a condition that holds.

Derived from the stored draft by rule (spans, findings, words), so that it can also say that nothing
carries a sentence: 未说明.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

from drafter.numerals.segments import clauses, sentences
from drafter.records.claim import Finding
from drafter.records.draft import Draft, DraftSection, Rendering, Wording
from drafter.records.fact import FactList
from drafter.records.indicator import Indicator, IndicatorTable
from drafter.verification.facts.judgements import holds, judging
from drafter.verification.facts.lexicon import Lexicon
from drafter.writing.admission import Borne, borne
from drafter.writing.clauses import licence_of
from drafter.writing.headings import known_heading
from drafter.writing.rearranging import bare_heading
from drafter.writing.references import Materials

KINDS: Final = ("标题", "数据", "素材", "沿用", "评价", "套语", "未说明")
_MOST_SHOWN: Final = 4
_UNNAMED: Final = {"lead": "导语", "problems": "存在的问题", "plan": "工作打算", "closing": "结尾"}
UNEXPLAINED: Final = "未说明"
_LEAST_WORDS: Final = 4
"""Characters by which a clause is known again."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A stretch of a draft, at most a sentence, and what carries it."""

    section: str
    """Id of the section."""
    heading: bool
    start: int
    end: int
    """Offsets in the section's text; in its heading where `heading` is set."""
    text: str
    kind: str
    """One of KINDS."""
    by: str
    """In Chinese: rows and cells, the fact and its basis, the condition; or what nobody vouches for."""


def explained(
    draft: Draft, table: IndicatorTable, facts: FactList, lexicon: Lexicon
) -> tuple[Explained, ...]:
    """Every heading and sentence of a draft with what carries it, in the order of the page.

    Args:
        draft: As stored.
        table: Its rows, with the references that it uses.
        facts: Its facts.
        lexicon: The word lists, with the bureau's own standing names.
    """
    materials = Materials(table, facts, draft.year, draft.organisation)
    found: list[Explained] = []
    for section in draft.sections:
        rows = _rows_of(section, table)
        if section.heading:
            found.append(_heading(section, rows, draft, materials, lexicon))
        noted = [one for one in draft.wordings if one.section == section.id]
        stretches = _text(section, rows, materials, lexicon)
        # A draft of before these notes has none at all: its carried clauses stay as they are.
        found += (_traced(one, noted) for one in stretches) if draft.wordings else stretches
    return tuple(found)


def in_words(found: Sequence[Explained], draft: Draft) -> str:
    """For the officer: by sections, with the counts at the end."""
    lines = []
    for identifier, stretches in groupby(found, key=lambda one: one.section):
        section = next(one for one in draft.sections if one.id == identifier)
        lines.append(f"## {section.heading or _UNNAMED.get(section.kind, '正文')}")
        lines += [f"[{one.kind}] {one.text}\n        {one.by}" for one in stretches]
    counts = Counter(one.kind for one in found)
    told = "，".join(f"{kind}{counts[kind]}处" for kind in KINDS if counts[kind])
    lines.append(f"共{len(found)}处：{told}")
    return "\n".join(lines)


def as_json(found: Iterable[Explained]) -> list[dict[str, Any]]:
    """For programs."""
    return [
        {
            "section": one.section,
            "heading": one.heading,
            "start": one.start,
            "end": one.end,
            "text": one.text,
            "kind": one.kind,
            "by": one.by,
        }
        for one in found
    ]


def _rows_of(section: DraftSection, table: IndicatorTable) -> tuple[Indicator, ...]:
    """The rows that a section prints, and those of their 板块; of a part all."""
    if section.kind == "part":
        return table.rows
    printed = {span.indicator for span in section.spans}
    themes = {row.section for row in table.rows if row.id in printed and row.section}
    return tuple(row for row in table.rows if row.id in printed or row.section in themes)


def _heading(
    section: DraftSection,
    rows: Sequence[Indicator],
    draft: Draft,
    materials: Materials,
    lexicon: Lexicon,
) -> Explained:
    _, text = bare_heading(section.heading)
    older = draft.settings.get("older_headings")
    known = [str(one) for one in older] if isinstance(older, list | tuple) else []
    facts = [f"{fact.section}\n{fact.title}\n{fact.text}" for fact in materials.facts.facts]
    licence = "\n".join((licence_of(rows), draft.organisation, *facts, *known))
    strange = known_heading(text, lexicon.words, licence, instead="").reason
    told: list[str] = []
    ids = {span.indicator for span in section.spans}
    printed = [row for row in rows if row.id in ids]
    kind = "标题"
    for _, judgement in judging(text, lexicon.words, licence):
        if holds(judgement.needs, (), rows) or holds(judgement.needs, (), printed):
            told.append(f"“{judgement.word}”：{_moving(rows)}")
        else:
            kind, told = UNEXPLAINED, [f"“{judgement.word}”没有今年的数据支持"]
            break
    if strange:
        kind, told = UNEXPLAINED, [strange]
    by = "；".join(told) or "标题用语出自今年的材料、历年标题或通用词语"
    return Explained(section.id, True, 0, len(section.heading), section.heading, kind, by)


def _moving(rows: Sequence[Indicator]) -> str:
    """The rows that a judgement on a section rests on."""
    results = [(row, _trend(row)) for row in rows if row.status != "目标"]
    moving = [(row, trend) for row, trend in results if trend]
    required = [(row, trend) for row, trend in moving if row.weight == "必报"] or moving
    shown = [f"{row.name}{trend}" for row, trend in required]
    return "、".join(shown[:_MOST_SHOWN]) + ("等" if len(shown) > _MOST_SHOWN else "")


def _trend(row: Indicator) -> str:
    """同比8.7 or 上年3、今年4, as in the table; '' where it has neither."""
    if row.yoy is not None:
        return f"同比{row.yoy.cell.value}"
    if row.prior is not None and row.value is not None:
        return f"上年{row.prior.cell.value}、今年{row.value.cell.value}"
    return ""


def _text(
    section: DraftSection, rows: Sequence[Indicator], materials: Materials, lexicon: Lexicon
) -> Iterator[Explained]:
    rendering = Rendering(text=section.text, spans=section.spans)
    judged = [
        _with_findings(one, section.findings)
        for one in borne(rendering, section.kind, rows, materials.facts.facts, materials, lexicon)
    ]
    for start, end in sentences(section.text):
        inside = _with_times([one for one in judged if start <= one[0].start < end])
        for (kind, by), run in groupby(inside, key=lambda one: (one[0].kind, one[0].by)):
            members = list(run)
            first, last = members[0][0], members[-1][0]
            notes = list(dict.fromkeys(note for _, note in members if note))
            carrier = _carrier(kind, by, members, materials)
            told = "；".join([carrier, *notes] if carrier else notes)
            shown = "评价" if notes and kind in ("沿用", "套语") else kind
            text = section.text[first.start : last.end]
            yield Explained(section.id, False, first.start, last.end, text, shown, told)


def _traced(one: Explained, noted: Sequence[Wording]) -> Explained:
    """A carried stretch with the past clauses that it stems from; without them unexplained."""
    if one.kind not in ("沿用", "评价") or "往年原句" not in one.by:
        return one
    told: list[str] = []
    for start, end in clauses(one.text):
        said = _words(one.text[start:end])
        own = [note for note in noted if note.indicators == () and _alike(said, _words(note.text))]
        if said and not own:
            return replace(one, kind=UNEXPLAINED, by=f"“{said}”没有记下出自往年哪一句")
        told += [_past(note) for note in own[:1]]
    return replace(one, by="；".join([one.by, *dict.fromkeys(told)]))


def _words(text: str) -> str:
    """A clause without numbering and marks."""
    return re.sub("^[一二三四五六七八九十]{1,3}是|[，。；：！？、,;:!?\\s]", "", text.strip())


def _alike(said: str, noted: str) -> bool:
    """The clause as it was taken over, or what is left of it without its connector."""
    return said == noted or (len(said) >= _LEAST_WORDS and noted.endswith(said))


def _past(note: Wording) -> str:
    place = f"第{note.origin[0]}—{note.origin[1]}字" if note.origin else "知识库"
    return f"{place}“{note.past}”"


def _with_times(inside: Sequence[tuple[Borne, str]]) -> list[tuple[Borne, str]]:
    """A time at the head belongs to what follows it."""
    found: list[tuple[Borne, str]] = []
    for one, note in reversed(inside):
        after = found[-1][0] if found else None
        if one.kind == "套语" and after is not None and after.kind == "数据":
            found.append((replace(one, kind=after.kind, by=after.by), note))
        else:
            found.append((one, note))
    return found[::-1]


def _with_findings(one: Borne, findings: Sequence[Finding]) -> tuple[Borne, str]:
    """A clause with what is said of its judging words; open ones leave it unexplained."""
    own = [
        finding
        for finding in findings
        if finding.field in ("judgement", "quantifier")
        and finding.start < one.end
        and one.start < finding.end
    ]
    against = next((finding.message for finding in own if finding.is_open), "")
    if against:
        return replace(one, kind=UNEXPLAINED, objection=against), ""
    return one, "；".join(f"“{finding.text}”{finding.message}" for finding in own)


def _carrier(
    kind: str,
    by: Sequence[str],
    members: Sequence[tuple[Borne, str]],
    materials: Materials,
) -> str:
    if kind == UNEXPLAINED:
        return "；".join(dict.fromkeys(one.objection for one, _ in members if one.objection))
    if kind == "沿用":
        return "往年原句，常规工作，无数字、名称和事件"
    if kind == "评价":
        return f"必报指标均上升：{_moving([row for row in materials.table.rows if row.id in by])}"
    if kind == "套语":
        return "时间、衔接或起承用语"
    return "；".join(_named(identifier, materials) for identifier in by)


def _named(identifier: str, materials: Materials) -> str:
    row = materials.table.by_id(identifier)
    if row is not None:
        return f"{row.name}（{row.row.place}）"
    fact = materials.facts.by_id(identifier)
    if fact is None:
        return identifier
    basis = f"，依据：{fact.basis}" if fact.basis else ""
    return f"素材{fact.id}（{fact.cell.place}{basis}）"
