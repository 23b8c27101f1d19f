"""Takes in a section that a model wrote: from raw text to a template that may be stored.

Size first; then braces are read as they were meant (full width, blanks, a name without its field),
the tree of each expression is checked against the closed grammar, and what is not of it becomes
visible text: nothing is ever evaluated. Direction words that references print are absorbed, typed
digits are linked where their own clause proves them. Whatever could not stand is an objection with
the number of its sentence, so that this sentence alone can be asked for again.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from drafter.records.indicator import Indicator
from drafter.writing.absorbing import absorb
from drafter.writing.deriving import Refusal, derive
from drafter.writing.phrases import FIELD_NAMES, printed_field
from drafter.writing.references import (
    LONGEST_TEMPLATE,
    Materials,
    Parsed,
    Reference,
    TemplateProblem,
    check_template,
    normal,
    parse,
)
from drafter.writing.relinking import Link, Typed, link_typed
from drafter.writing.rendering import escape
from drafter.writing.sentences import LONGEST_SENTENCE, longest_sentence, sentence_places

MOST_REFERENCES = 400
"""A section has 20 to 120 numbers; a model that writes more is caught in a loop."""
MOST_NEAR = 30
"""Unknown names for which likely ones are looked up."""

_FACT_FIELDS = ("全称", "时间", "要点", "主体")
_OPENS = re.compile(r"[{｛][ 　]?[{｛]")
_CLOSES = re.compile(r"[}｝][ 　]?[}｝]")
_EXPRESSION = re.compile(r"\{\{([^{}\n]{1,600})\}\}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_QUOTES = str.maketrans("“”„＂‘’", '""""\'\'')
_DOT = re.compile(r"\s*[.。．·]\s*")
_EVIDENCE = re.compile(r"^据\s*[:：]\s*")
_BARE = re.compile(r"^\w+$")


@dataclass(frozen=True, slots=True)
class Objection:
    """What could not stand in a model's section; in Chinese for a request to mend it."""

    code: str
    """size, control, grammar, unknown, field, empty, fact, carried: of references; contradicted,
    unsupported, ambiguous: of typed numbers; inexact, wording: true, but not linked."""
    sentence: int
    """Number of its sentence, as `sentences.sentence_places` counts them; -1 for the whole."""
    text: str
    """What was written."""
    message: str
    near: tuple[str, ...] = ()
    """References that may have been meant: 工业投资.增长."""
    is_open: bool = True
    """It has to be mended; False where it is but told."""


@dataclass(frozen=True, slots=True)
class Received:
    """A model's section as it may be stored."""

    template: str
    """Of the grammar always; '' where the size forbids even a look."""
    links: tuple[Link, ...] = ()
    """Typed numbers that became references; places are those of the rendered text."""
    objections: tuple[Objection, ...] = ()
    """In order of sentence."""

    @property
    def sentences(self) -> tuple[int, ...]:
        """Numbers of the sentences that have to be asked for again."""
        numbers = {one.sentence for one in self.objections if one.is_open and one.sentence >= 0}
        return tuple(sorted(numbers))


def receive(
    raw: str, materials: Materials, *, facts: Collection[str] | None = None, above: str = ""
) -> Received:
    """A template of what a model wrote.

    Args:
        raw: Its answer, freed from fences and the like; untrusted.
        materials: Rows and facts.
        facts: Ids of the facts that the section was given; None for all.
        above: Headings that it stands under, for the verifier.

    Returns:
        Template, links and objections. Never raises for what `raw` says.
    """
    refusal = _too_large(raw)
    if refusal:
        return Received("", (), (Objection("size", -1, "", refusal),))
    clean = _CONTROL.sub("", raw)
    section = _Section(materials, None if facts is None else frozenset(facts))
    template = section.admitted(_as_meant(clean, materials))
    if len(template) > LONGEST_TEMPLATE:
        message = f"花括号过多，模板长{len(template)}个字符，超过上限{LONGEST_TEMPLATE}个"
        return Received("", (), (Objection("size", -1, "", message),))
    places = sentence_places(template)
    stored = "".join(absorb(template[start:end], materials) for start, end in places)
    typed = link_typed(stored, materials, above=above, facts=section.facts)
    found = [*section.objections(places), *_of_literals(typed)]
    if clean != raw:
        count = len(raw) - len(clean)
        found.append(Objection("control", -1, "", f"已去掉{count}个控制字符", is_open=False))
    found.sort(key=lambda one: one.sentence)
    return Received(typed.template, typed.links, tuple(found))


def _of_literals(typed: Typed) -> Iterator[Objection]:
    for number, one in typed.refused:
        near = one.near if one.is_open else ()
        yield Objection(one.code, number, one.text, one.message, near, is_open=one.is_open)


def _too_large(raw: str) -> str:
    """Why a text is not even looked at; '' where it is."""
    if len(raw) > LONGEST_TEMPLATE:
        return f"全文共{len(raw)}个字符，超过上限{LONGEST_TEMPLATE}个"
    longest = longest_sentence(raw)
    if longest > LONGEST_SENTENCE:
        return f"一句长{longest}个字符，超过上限{LONGEST_SENTENCE}个"
    openings = len(_OPENS.findall(raw))
    if openings > MOST_REFERENCES:
        return f"引用共{openings}处，超过上限{MOST_REFERENCES}处"
    return ""


def _as_meant(raw: str, materials: Materials) -> str:
    """Braces and what is between them as the house writes them."""
    braced = _CLOSES.sub("}}", _OPENS.sub("{{", raw))
    return _EXPRESSION.sub(lambda found: _expression(found[1], materials), braced)


def _expression(written: str, materials: Materials) -> str:
    """`｛｛ 工业投资 。增长 ｝｝` as `{{ 工业投资.增长 }}`; what is not understood stays."""
    asked = unicodedata.normalize("NFKC", written.translate(_QUOTES)).strip()
    asked = _EVIDENCE.sub("据.", _DOT.sub(".", asked))
    head, dot, rest = asked.partition(".")
    if not dot and _BARE.match(asked):
        asked = _with_field(asked, materials)
    elif materials.row(head) is None and dot:
        asked = f"{_row_named(head, materials) or head}.{rest}"
    return f"{{{{ {asked} }}}}"


def _row_named(name: str, materials: Materials) -> str | None:
    """The ref of the one row of a name, where a model wrote the name itself."""
    found = [row.ref for row in materials.table.rows if normal(row.name) == name]
    return found[0] if len(found) == 1 else None


def _with_field(name: str, materials: Materials) -> str:
    """A name without a field means the one phrase that its row or fact has; else it stays."""
    ref = name if materials.row(name) else _row_named(name, materials)
    row, fact = materials.row(ref or name), materials.fact(name)
    if row is not None:
        figures = list(row.figures())
        names = [
            field
            for field, contract in FIELD_NAMES.items()
            if field != "增速" and len(figures) == 1 and contract == figures[0][0]
        ]
        return f"{row.ref}.{names[0]}" if len(names) == 1 else name
    return f"{name}.要点" if fact is not None and not fact.title else name


class _Section:
    """A section while it is admitted: what was refused in it, by place in the template."""

    def __init__(self, materials: Materials, facts: frozenset[str] | None) -> None:
        self.materials, self.facts = materials, facts
        self.found: list[tuple[int, Objection]] = []
        self.looked_up = 0

    def admitted(self, template: str) -> str:
        """The template with everything outside the grammar as visible text."""
        parsed = parse(template)
        refused = {one.start: one for one in parsed.problems}
        pieces: list[str] = []
        at = length = 0
        for start, end, reference in _expressions(parsed):
            pieces.append(escape(template[at:start]))
            length += len(pieces[-1])
            written = template[start:end]
            if reference is None:
                self._refuse(refused[start], written, length)
                pieces.append(escape(written))
            elif reference.kind == "carried":
                message = "只有沿用往年的句子才能这样标注"
                self._object(length, "carried", written, message, ())
                pieces.append("")
            else:
                self._weigh(reference, written, length)
                pieces.append(reference.source)
            length += len(pieces[-1])
            at = end
        return "".join((*pieces, escape(template[at:])))

    def objections(self, places: Sequence[tuple[int, int]]) -> Iterator[Objection]:
        """What was found, with the numbers of its sentences."""
        number = 0
        for at, one in self.found:
            while number + 1 < len(places) and places[number][1] <= at:
                number += 1
            yield Objection(one.code, number, one.text, one.message, one.near)

    def _object(self, at: int, code: str, text: str, message: str, near: Sequence[str]) -> None:
        advice = f"；可用的相近引用：{'、'.join(near)}" if near else ""
        told = f"“{text.strip()[:60]}”：{message}{advice}"
        self.found.append((at, Objection(code, 0, text, told, tuple(near))))

    def _refuse(self, problem: TemplateProblem, written: str, at: int) -> None:
        name = _BARE.match(written.strip("{} "))
        row = self.materials.row(normal(name[0])) if name else None
        of_row = written.strip("{} ").partition(".")[0]
        known = row or self.materials.row(normal(of_row))
        fact = self.materials.fact(normal(of_row))
        if known is not None:
            self._object(at, "field", written, problem.message, _others(known, self.materials))
        elif fact is not None:
            near = [f"{of_row}.{name}" for name in (*_FACT_FIELDS[:3], *_figures(fact.figures))]
            self._object(at, "field", written, problem.message, near)
        else:
            self._object(at, "grammar", written, problem.message, problem.near)

    def _weigh(self, reference: Reference, written: str, at: int) -> None:
        """An admitted reference: whether it names what there is and what was given."""
        unknown = self._unknown(reference)
        if unknown:
            message, near = unknown
            self._object(at, "unknown", written, message, near)
        elif reference.kind in ("fact", "evidence"):
            self._weigh_fact(reference, written, at)
        elif reference.kind in ("row", "call"):
            self._weigh_cell(reference, written, at)

    def _unknown(self, reference: Reference) -> tuple[str, tuple[str, ...]] | None:
        problems = check_template(reference.source, self.materials)
        if not problems:
            return None
        self.looked_up += 1
        near = problems[0].near if self.looked_up <= MOST_NEAR else ()
        if reference.kind == "row":
            near = tuple(f"{name}.{reference.field}" for name in near)
        return problems[0].message, near

    def _weigh_fact(self, reference: Reference, written: str, at: int) -> None:
        name = reference.name if reference.kind == "fact" else reference.field
        fact = self.materials.fact(name)
        if fact is not None and self.facts is not None and fact.id not in self.facts:
            message = f"素材“{fact.id}”不在本板块所给素材之内"
            self._object(at, "fact", written, message, sorted(self.facts)[:5])

    def _weigh_cell(self, reference: Reference, written: str, at: int) -> None:
        names = reference.arguments or (reference.name,)
        rows = [row for name in names if (row := self.materials.row(name)) is not None]
        if reference.kind == "call":
            done = derive(reference.name, rows)
            if isinstance(done, Refusal):
                self._object(at, "empty", written, done.reason, ())
        elif printed_field(rows[0], reference.field, self.materials) is None:
            message = f"“{rows[0].name}”没有“{reference.field}”的数据"
            self._object(at, "empty", written, message, _others(rows[0], self.materials))


def _expressions(parsed: Parsed) -> Iterator[tuple[int, int, Reference | None]]:
    """References and refused expressions in order of place; characters are no expressions."""
    found: list[tuple[int, int, Reference | None]] = [
        (one.start, one.end, one) for one in parsed.pieces if isinstance(one, Reference)
    ]
    found += [(one.start, one.end, None) for one in parsed.problems]
    return iter(sorted(found, key=lambda one: one[:2]))


def _others(row: Indicator, materials: Materials) -> tuple[str, ...]:
    """What else may be said of a row."""
    return tuple(
        f"{row.ref}.{name}"
        for name in FIELD_NAMES
        if name != "名称" and printed_field(row, name, materials) is not None
    )


def _figures(figures: Sequence[object]) -> list[str]:
    return [f"n{number}" for number in range(1, min(len(figures), 5) + 1)]
