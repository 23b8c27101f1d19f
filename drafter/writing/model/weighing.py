"""A model's section sentence by sentence, each with all that stands against it.

Stricter than the judgement of a finished draft: every open claim and fact point counts, every
clause must be borne by a row, a fact or routine, and only what the section was given may be used.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from drafter.records.claim import Finding
from drafter.records.draft import Rendering
from drafter.records.fact import Fact
from drafter.records.outline import SectionPlan
from drafter.writing.admission import Borne, borne
from drafter.writing.composing import is_nought
from drafter.writing.model.desk import Desk
from drafter.writing.model.receiving import receive
from drafter.writing.offline import CARRIED_LIMIT, WrittenSection
from drafter.writing.prompting.brief import tellable_facts
from drafter.writing.proving import OF_TITLE, Judged, judge
from drafter.writing.references import Materials, Prose, Reference, parse
from drafter.writing.rendering import render
from drafter.writing.sentences import SentenceTemplate, sentence_templates

_NOUGHT_FIELD = "未发生"
_BESIDE = ("时期", "时间", "主体")
"""Fields that say when and who, and nothing else."""
_WHOLE = ("要点", "未发生")
"""Fields that are a sentence by themselves."""
_STOPS = tuple("。！？”’）】")
_LEAST_PROSE = 4
_LETTERS = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sentence of a section."""

    sentence: SentenceTemplate
    text: str
    """As rendered, with the newline that closes its paragraph."""
    objections: tuple[str, ...] = ()
    """In Chinese, precise enough to mend it by."""
    rows: tuple[str, ...] = ()
    """Ids of the rows that it prints, or was about."""
    facts: tuple[str, ...] = ()
    """Ids of the facts that it tells."""

    @property
    def template(self) -> str:
        """Of the sentence."""
        return self.sentence.template


def template_of(sentences: Sequence[Weighed]) -> str:
    """The section's template."""
    return "".join(one.template for one in sentences)


def received(text: str, plan: SectionPlan, desk: Desk) -> tuple[str, dict[int, list[str]]]:
    """A model's cleaned answer as a template, and what could not stand in it.

    Args:
        text: Freed from fences and remarks; untrusted.
        plan: The section with the rows and facts that it was given.
        desk: What it is held against.

    Returns:
        A template of the grammar, and objections by number of its sentence.
    """
    own = {fact.id for fact in _tellable(plan, desk.materials)}
    taken = receive(text, desk.materials, facts=own, above=plan.section.heading)
    noted: dict[int, list[str]] = {}
    for one in taken.objections:
        if one.is_open:
            noted.setdefault(max(0, one.sentence), []).append(one.message)
    return taken.template, noted


def weigh(
    template: str,
    plan: SectionPlan,
    desk: Desk,
    noted: Mapping[int, Sequence[str]] | None = None,
) -> tuple[Weighed, ...]:
    """Each sentence of a template with what stands against it.

    Args:
        template: Of the grammar.
        plan: The section with the rows and facts that it was given.
        desk: What it is held against.
        noted: Objections from taking it in, by number of the sentence.
    """
    key = (plan.section.id, template)
    if key not in desk.weighed:
        desk.weighed[key] = _weighed(template, plan, desk)
    found = desk.weighed[key]
    return tuple(
        replace(one, objections=tuple(dict.fromkeys((*noted[number], *one.objections))))
        if noted and number in noted
        else one
        for number, one in enumerate(found)
    )


def _weighed(template: str, plan: SectionPlan, desk: Desk) -> tuple[Weighed, ...]:
    pieces = sentence_templates(template)
    if not pieces:
        return ()
    judged = _judged(template, plan, desk)
    rendering = judged.renderings[0]
    ends = _ends(pieces, rendering.text, desk.materials)
    clauses = _borne(rendering, plan, desk)
    against = _by_sentence(ends, _objections(judged, clauses, plan, desk))
    found = []
    for number, (piece, start, end) in enumerate(zip(pieces, (0, *ends), ends, strict=False)):
        inside = [one for one in clauses if start <= one.start < end]
        told = [one for one in judged.findings[0] if start <= one.start < end]
        objections = (*against.get(number, ()), *_hollow(piece))
        found.append(
            Weighed(
                piece,
                rendering.text[start:end],
                tuple(dict.fromkeys(objections)),
                _rows_of(piece, told, desk.materials),
                _facts_of(piece, inside, desk.materials),
            )
        )
    return tuple(found)


def _judged(template: str, plan: SectionPlan, desk: Desk) -> Judged:
    """The section alone under its heading, as a reader has it."""
    section = plan.section
    alone = WrittenSection(
        id=section.id,
        heading=section.heading,
        level=section.level,
        kind=section.kind,
        template=template,
    )
    return judge([alone], desk.materials, desk.strict)


def _tellable(plan: SectionPlan, materials: Materials) -> list[Fact]:
    """The section's facts that may be printed."""
    found = (materials.facts.by_id(one) for one in plan.facts)
    return tellable_facts(fact for fact in found if fact is not None)


def _ends(pieces: Sequence[SentenceTemplate], text: str, materials: Materials) -> tuple[int, ...]:
    """Where each sentence ends in the rendered text."""
    ends = tuple(accumulate(len(render(one.template, materials).text) for one in pieces))
    if ends[-1] == len(text):
        return ends
    # （预计，下同） in an earlier sentence silences the 预计 of later ones.
    parts = accumulate(one.template for one in pieces)
    return tuple(len(render(one, materials).text) for one in parts)


def _borne(rendering: Rendering, plan: SectionPlan, desk: Desk) -> tuple[Borne, ...]:
    rows = [row for row in map(desk.materials.table.by_id, plan.indicators) if row is not None]
    own = _tellable(plan, desk.materials)
    return borne(rendering, plan.section.kind, rows, own, desk.materials, desk.lexicon)


def _hollow(piece: SentenceTemplate) -> Iterator[str]:
    """What is no sentence: a line without a full stop, a bare name, time or number."""
    parsed = parse(piece.template).pieces
    printed = [one for one in parsed if isinstance(one, Reference) and one.prints]
    prose = "".join(one.text for one in parsed if isinstance(one, Prose)).strip()
    if not prose and not printed:
        return
    if not prose.endswith(_STOPS):
        yield "不是完整的句子，句末缺少句号"
    elif not any(one.field in _WHOLE for one in printed) and not _LETTERS.search(prose):
        yield "只有一个名称、时间或数，没有成句"
    elif _says_nothing(printed, prose):
        yield "只有时间或主体，没有说出数据或素材"


def _says_nothing(printed: Sequence[Reference], prose: str) -> bool:
    """It prints when and who, and beside a row's name there are hardly any words."""
    beside = all(one.field in _BESIDE or one.kind == "document" for one in printed)
    few = len(_LETTERS.findall(prose)) < _LEAST_PROSE + _named(printed)
    return bool(printed) and beside and few


def _named(printed: Sequence[Reference]) -> int:
    """Letters by which a sentence names the rows that it does not say anything of."""
    return max((len(one.name) for one in printed if one.kind == "row"), default=0)


Objection = tuple[int, str]
"""Place in the section's text, and what is said."""


def _objections(
    judged: Judged, clauses: Sequence[Borne], plan: SectionPlan, desk: Desk
) -> Iterator[Objection]:
    rendering = judged.renderings[0]
    against = [one for one in judged.findings[0] if one.is_open]
    for finding in against:
        yield finding.start, f"“{finding.text}”：{finding.message}"
    if not any(one.kind == "number" for one in against):
        # One wrong figure makes right ones look inconsistent: those are not to be mended.
        yield from _issues(judged)
    yield from _spans(rendering, plan, desk)
    for one in clauses:
        if one.kind == "未说明":
            yield one.start, f"“{one.text}”：{one.objection}，请删去或照素材改写"
    yield from _too_much_routine(clauses, rendering)


def _issues(judged: Judged) -> Iterator[Objection]:
    """Errors of the document rules, at their places in the section's own text."""
    rendering, before = judged.renderings[0], judged.starts[0]
    for issue in judged.issues:
        at = issue.start - before
        own = issue.level == "error" and not issue.message.startswith(OF_TITLE)
        if own and 0 <= at < len(rendering.text):
            yield at, f"{issue.rule}：{issue.message}"


def _spans(rendering: Rendering, plan: SectionPlan, desk: Desk) -> Iterator[Objection]:
    """References that print nothing, or what this section was not given."""
    given = set(plan.indicators)
    for span in rendering.spans:
        said = rendering.text[span.start : span.end]
        if span.kind == "open":
            yield span.start, f"引用“{span.indicator or ''}.{span.field or ''}”没有数据"
        if span.kind not in ("cell", "formula") or span.indicator is None:
            continue
        row = desk.materials.table.by_id(span.indicator)
        if row is not None and row.id not in given:
            yield span.start, f"“{said}”：“{row.name}”不在本板块的指标之内"
        elif row is not None and is_nought(row) and span.field != _NOUGHT_FIELD:
            yield span.start, f"“{said}”：“{row.name}”今年为零，不写"


def _too_much_routine(clauses: Sequence[Borne], rendering: Rendering) -> Iterator[Objection]:
    """Measures that nothing but custom bears, beyond the share that a section may have."""
    room = len(rendering.text) * CARRIED_LIMIT
    for one in clauses:
        if one.kind == "沿用":
            room -= one.end - one.start
            if room < 0:
                yield one.start, f"“{one.text}”：没有数据和素材的一般表述过多，请删去"


def _by_sentence(
    ends: Sequence[int], objections: Iterator[Objection]
) -> Mapping[int, Sequence[str]]:
    found: dict[int, list[str]] = {}
    for place, said in objections:
        number = next((at for at, end in enumerate(ends) if place < end), len(ends) - 1)
        found.setdefault(number, []).append(said)
    return found


def _rows_of(
    piece: SentenceTemplate, told: Sequence[Finding], materials: Materials
) -> tuple[str, ...]:
    """Rows that a sentence refers to; without a reference, those that it was read as."""
    printed = [row.id for name in piece.rows if (row := materials.row(name)) is not None]
    read = [one.indicator for one in told if one.kind == "number" and one.indicator]
    known = [one for one in read if materials.table.by_id(one) is not None]
    return tuple(dict.fromkeys((*printed, *known)))


def _facts_of(
    piece: SentenceTemplate, clauses: Sequence[Borne], materials: Materials
) -> tuple[str, ...]:
    printed = [fact.id for name in piece.facts if (fact := materials.fact(name)) is not None]
    borne_by = [one for clause in clauses if clause.kind == "素材" for one in clause.by]
    return tuple(dict.fromkeys((*printed, *borne_by)))
