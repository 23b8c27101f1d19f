"""Sets a template with this year's values: the text and the spans that were inserted.

Walks the pieces that `references.parse` admitted; nothing is evaluated. A reference whose cell
is empty, whose row has vanished or whose calculation is refused prints 【待核实】 and is open.
`escape` makes template text of prose, so that `render(escape(x)).text == x`.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from drafter.errors import TemplateError
from drafter.numerals.segments import clauses, sentences
from drafter.records.draft import Rendering, Span, SpanKind
from drafter.records.fact import Fact
from drafter.writing.deriving import Refusal, derive
from drafter.writing.name_lists import listed
from drafter.writing.phrases import ESTIMATE, Printed, printed_field
from drafter.writing.references import Materials, Piece, Reference, parse
from drafter.writing.wording import period_phrase

OPEN_MARK = "【待核实】"

Origin = tuple[int, int]

# 预计 stands before the verb (预计完成13.4亿元), not between it and the figure.
_VERB_BEFORE = re.compile(
    r"(?:(?:全年|共|共计|累计|可|将)?(?:完成|达到|达|实现|为))$|(?:全年|共|共计|累计)$"
)
SCOPE_OF_ESTIMATE = re.compile(r"[（(][^（）()]{0,20}预计[^（）()]{0,20}下同[^（）()]{0,10}[）)]")
"""（预计，下同）: what follows in the paragraph is an estimate and does not say so."""
_FACT_FIELDS = {"全称": "title", "时间": "date", "要点": "text", "主体": "actor"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece of a template and where its characters stand in the rendered text."""

    piece: Piece
    start: int
    end: int
    """Both of the text; prose may hold the 预计 of a figure behind it."""
    estimate: int | None = None
    """Where the 预计 stands that this reference printed before the verb of its clause."""


def lay_out(template: str, materials: Materials) -> tuple[str, tuple[Placed, ...]]:
    """The rendered text and the place of each piece in it, in order; raises as `render` does."""
    writer = _written(template, materials, ())
    return writer.text, tuple(writer.placed)


def escape(prose: str) -> str:
    """Prose as template text: braces come back exactly as they were."""
    return prose.replace("{", '{{ "{" }}')


def render(template: str, materials: Materials, origins: Sequence[Origin | None] = ()) -> Rendering:
    """Sets a template with values.

    Args:
        template: A template that `check_template` has nothing against, vanished names apart.
        materials: This year's rows and facts.
        origins: For the k-th printing reference the place of the precedent's numeral it
            replaces; may be shorter than the references are many.

    Returns:
        The text, and its spans by place, wider ones first.

    Raises:
        TemplateError: The template is not of the grammar; the first problem is named.
    """
    writer = _written(template, materials, origins)
    spans = [*writer.spans, *_ties(writer)]
    return Rendering(
        text=writer.text, spans=tuple(sorted(spans, key=lambda span: (span.start, -span.end)))
    )


def _written(template: str, materials: Materials, origins: Sequence[Origin | None]) -> "_Writer":
    parsed = parse(template)
    if parsed.problems:
        first = parsed.problems[0]
        raise TemplateError(first.message, start=first.start, near=first.near)
    writer = _Writer(materials, origins)
    for piece in parsed.pieces:
        writer.place(piece)
    return writer


@dataclass(slots=True)
class _Writer:
    """The text as it grows, and what was put into it."""

    materials: Materials
    origins: Sequence[Origin | None]
    text: str = ""
    spans: list[Span] = field(default_factory=list)
    printed: int = 0
    facts: list[tuple[int, str]] = field(default_factory=list)
    """Place of each 据.F07 and the id of its fact."""
    carried: list[int] = field(default_factory=list)
    estimated: dict[str, int] = field(default_factory=dict)
    """Where 预计 was last printed for a row."""
    placed: list[Placed] = field(default_factory=list)
    moved_to: int | None = None
    """Where the 预计 of the reference at hand went."""

    def place(self, piece: Piece) -> None:
        """Appends a piece and notes where it stands."""
        start, self.moved_to = len(self.text), None
        if isinstance(piece, Reference):
            self.set(piece)
        else:
            self.text += piece.text
        if self.moved_to is not None:
            start += len(ESTIMATE)
            self._make_room(self.moved_to)
        self.placed.append(Placed(piece, start, len(self.text), self.moved_to))

    def _make_room(self, at: int) -> None:
        """The pieces behind an inserted 预计 stand further on; the one that it split is longer."""
        room = len(ESTIMATE)
        for index in range(len(self.placed) - 1, -1, -1):
            one = self.placed[index]
            if one.end <= at:
                break
            start = one.start + room if one.start >= at else one.start
            self.placed[index] = replace(one, start=start, end=one.end + room)

    def set(self, reference: Reference) -> None:
        """Appends what a reference prints and notes its span."""
        if reference.kind == "brace":
            self.text += "{"
        elif reference.kind == "carried":
            self.carried.append(len(self.text))
        elif reference.kind == "evidence":
            self._tie(reference.field)
        else:
            origin = self.origins[self.printed] if self.printed < len(self.origins) else None
            self.printed += 1
            self._insert(reference, origin)

    def _tie(self, name: str) -> None:
        fact = self.materials.fact(name)
        if fact is None:
            self._append(OPEN_MARK, "open", indicator=name, field="据")
        else:
            self.facts.append((len(self.text), fact.id))

    def _insert(self, reference: Reference, origin: Origin | None) -> None:
        if reference.kind == "fact":
            self._fact(reference, origin)
        elif reference.kind == "document":
            self._document(reference, origin)
        else:
            self._figure(reference, origin)

    def _figure(self, reference: Reference, origin: Origin | None) -> None:
        names = reference.arguments or (reference.name,)
        rows = [self.materials.row(name) for name in names]
        known = [row for row in rows if row is not None]
        indicator = known[0].id if known else names[0]
        printed: Printed | Refusal | None = None
        if len(known) == len(rows):
            printed = (
                derive(reference.name, known)
                if reference.kind == "call"
                else printed_field(
                    known[0], reference.field, self.materials, unit_asked=reference.unit
                )
            )
        asked = reference.field or reference.name
        if not isinstance(printed, Printed):
            reason = printed.reason if isinstance(printed, Refusal) else None
            self._append(
                OPEN_MARK, "open", indicator=indicator, field=asked, formula=reason, origin=origin
            )
            return
        kind: SpanKind = "cell" if printed.formula is None else "formula"
        head = self._estimate(indicator) if printed.estimated else ""
        self._append(
            head + printed.text,
            kind,
            indicator=indicator,
            field=printed.field,
            formula=printed.formula,
            origin=origin,
        )

    def _estimate(self, indicator: str) -> str:
        """预计 once in a sentence: before the verb where one stands there, else returned."""
        paragraph = self.text.rfind("\n") + 1
        sentence = max(self.text.rfind(mark) for mark in "。！？\n") + 1
        clause = max(self.text.rfind(mark) for mark in "，,；;。！？：\n") + 1
        if self.estimated.get(indicator, -1) >= sentence or ESTIMATE in self.text[clause:]:
            return ""
        if SCOPE_OF_ESTIMATE.search(self.text, paragraph):
            return ""
        self.estimated[indicator] = len(self.text)
        verb = _VERB_BEFORE.search(self.text, max(clause, len(self.text) - 12))
        taken = self.spans[-1].end if self.spans else 0
        if verb is None or verb.start() < taken:
            return ESTIMATE
        self.moved_to = verb.start()
        moved, self.text = self.text[verb.start() :], self.text[: verb.start()]
        self._append(ESTIMATE, "cell", indicator=indicator, field="status")
        self.text += moved
        return ""

    def _fact(self, reference: Reference, origin: Origin | None) -> None:
        fact = self.materials.fact(reference.name)
        text = _fact_text(fact, reference.field, self.materials.year) if fact else ""
        identifier = fact.id if fact else reference.name
        name = _FACT_FIELDS.get(reference.field, reference.field)
        kind: SpanKind = "fact" if text else "open"
        self._append(text or OPEN_MARK, kind, indicator=identifier, field=name, origin=origin)

    def _document(self, reference: Reference, origin: Origin | None) -> None:
        year, shift = self.materials.year, {"年份": 0, "上年": -1, "下年": 1}
        if reference.name == "单位":
            text = self.materials.organisation
        else:
            text = "" if year is None else str(year + shift[reference.name])
        if text:
            self._append(text, "formula", field="document", formula=reference.name, origin=origin)
        else:
            self._append(OPEN_MARK, "open", field=reference.name, origin=origin)

    def _append(
        self,
        text: str,
        kind: SpanKind,
        *,
        field: str,
        indicator: str | None = None,
        formula: str | None = None,
        origin: Origin | None = None,
    ) -> None:
        start = len(self.text)
        self.text += text
        self.spans.append(
            Span(
                start=start,
                end=len(self.text),
                kind=kind,
                indicator=indicator,
                field=field,
                formula=formula,
                origin=origin,
            )
        )


def _fact_text(fact: Fact, name: str, year: int | None) -> str:
    """What a field of a fact prints; '' where the cell is empty."""
    if name == "全称":
        return fact.title
    if name == "要点":
        return fact.text
    if name == "主体":
        return fact.actor
    if name == "名单":
        return "、".join(listed(fact)[0])
    if name == "时间":
        return period_phrase(fact.date, year) if fact.date else fact.date_written
    return next((figure.text for figure in fact.figures if figure.name == name), "")


def _ties(writer: _Writer) -> list[Span]:
    """Spans over whole sentences (facts) and clauses (carried measures)."""
    spans = []
    of_facts = _around(sentences(writer.text), [place for place, _ in writer.facts])
    for (start, end), (_, identifier) in zip(of_facts, writer.facts, strict=True):
        spans.append(Span(start=start, end=end, kind="fact", indicator=identifier, field="text"))
    of_measures = _around(clauses(writer.text), writer.carried)
    for (start, _), place in zip(of_measures, writer.carried, strict=True):
        spans.append(Span(start=start, end=place, kind="carried"))
    return [span for span in spans if span.start < span.end]


def _around(stretches: Sequence[tuple[int, int]], places: Sequence[int]) -> list[tuple[int, int]]:
    """For each place, in order, the stretch that a mark there closes or stands in."""
    ends = [end for _, end in stretches]
    found = []
    for place in places:
        # A mark right behind a stretch belongs to it, not to the one that begins there.
        index = bisect_left(ends, max(place, 1))
        found.append(stretches[index] if index < len(stretches) else (place, place))
    return found
