"""Leads an edited text back to its template: what people left alone keeps its references.

    relink("完成投资{{ 甲.值 }}。", "今年完成投资5亿元。", materials).template
    → "今年完成投资{{ 甲.值 }}。"

Sentences that are the same keep their template byte for byte, wherever they were moved. In changed
ones a reference stays where its characters stayed; anything else typed is a literal, which becomes
a reference only where its own clause proves it (`linking`). The text never changes by it: what the
new template prints is the new text, character for character. Links are values, and each can be
undone.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from drafter.errors import RequestError, TemplateError
from drafter.numerals import read_mentions
from drafter.writing.aligning import Block, Unit, align
from drafter.writing.laid_out import LaidOut, is_carried, is_printed, place_of, source_of
from drafter.writing.linking import Place, Reading, Refused, link, read, widest
from drafter.writing.phrases import ESTIMATE, FIELD_NAMES
from drafter.writing.references import Materials, Reference, check_template
from drafter.writing.rendering import Placed, escape
from drafter.writing.sentences import LONGEST_SENTENCE, longest_sentence
from drafter.writing.setting import Mark, prints, set_sentence
from drafter.writing.tying import told_facts

_SPEAKS_FOR_ITSELF = 8
"""Characters of a phrase that need nothing beside it."""
LinkKind = Literal["linked", "exchanged", "widened", "tied"]
_CONTEXT = 2
"""Characters beside a reference that must have stayed too: 5家 alone may be anybody's."""


@dataclass(frozen=True, slots=True)
class Link:
    """A reference that relinking made; places are those of the new text."""

    start: int
    end: int
    text: str
    source: str
    """The reference, as templates have it."""
    indicator: str
    """Id of the row or fact."""
    field: str
    """Of the template grammar: 值, 增长, n1; 据 for a tie."""
    kind: LinkKind
    """linked: typed digits; exchanged: a reference that now stands in another row's clause;
    widened: a reference that took in its direction word; tied: a sentence tied to its fact."""
    why: str
    """In Chinese."""


@dataclass(frozen=True, slots=True)
class Relinked:
    """An edited text as a template."""

    template: str
    links: tuple[Link, ...] = ()
    kept: int = 0
    """References of the old template that the new one still has."""
    lost: tuple[str, ...] = ()
    """References of changed sentences that are gone, as templates have them."""
    refused: tuple[Refused, ...] = ()
    """Typed numbers that stay as they are; places are those of the new text."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A template whose typed numbers were linked where they are proven."""

    template: str
    links: tuple[Link, ...]
    refused: tuple[tuple[int, Refused], ...]
    """With the number of its sentence."""


def relink(template: str, text: str, materials: Materials, *, above: str = "") -> Relinked:
    """The template of an edited text.

    Args:
        template: Of the section before the edit; what it prints with `materials` is the old text.
        text: The section's text now. Control characters are to be gone.
        materials: Rows and facts that the old text was printed with; print with newer ones
            afterwards.
        above: Headings that the section stands under, for the verifier.

    Returns:
        A template that prints `text`, character for character.

    Raises:
        TemplateError: The template is not of the grammar, or the text has control characters or
            is too long for one, or has a sentence that is.
    """
    escaped = escape(text)
    problems = check_template(escaped, materials)
    if problems:
        raise TemplateError(problems[0].message, start=problems[0].start)
    longest = longest_sentence(text)
    if longest > LONGEST_SENTENCE:
        raise TemplateError(f"一句长{longest}个字符，超过上限{LONGEST_SENTENCE}个")
    old = LaidOut(template, materials)
    if old.text == text:
        return Relinked(template, kept=len(old.references))
    return _Relinking(old, text, above).done()


def link_typed(
    template: str,
    materials: Materials,
    *,
    above: str = "",
    facts: Collection[str] | None = None,
) -> Typed:
    """Links the digits of a template that are typed; its references and ties stay.

    Args:
        template: Of the grammar; names that nothing has may stand in it.
        materials: Rows and facts.
        above: Headings that the section stands under.
        facts: Ids of facts that may be linked; None for all.

    Returns:
        A template of the same text, sentence by sentence.
    """
    old = LaidOut(template, materials)
    if not _has_typed(old):
        return Typed(template, (), ())
    relinking = _Relinking(old, old.text, above, facts)
    pieces, links, refused = [], list[Link](), list[tuple[int, Refused]]()
    for number, (start, end) in enumerate(old.units):
        said, made, left = relinking.typed(number, start, end)
        pieces.append(said)
        links += made
        refused += [(number, one) for one in left]
    return Typed("".join(pieces), tuple(links), tuple(refused))


def _has_typed(old: LaidOut) -> bool:
    """A number stands in the text that no reference printed."""
    printed = [(one.start, one.end) for one in old.references]
    return any(
        mention.claim and not any(a < mention.end and mention.start < b for a, b in printed)
        for mention in read_mentions(old.text)
    )


def unlink(template: str, start: int, end: int, materials: Materials) -> str:
    """The template with the references of a stretch of its text turned into what they print.

    Args:
        template: A section.
        start: Of the stretch, in the rendered text.
        end: Likewise; where it equals `start`, a tie standing there is cut.
        materials: Rows and facts.

    Returns:
        A template of the same text; other sentences stay byte for byte.

    Raises:
        RequestError: No reference stands there.
    """
    old = LaidOut(template, materials)
    for number in range(len(old.units) - 1, -1, -1):
        held = old.of_unit(number)
        gone = [one for one in held if _meets(one, start, end)]
        if not gone:
            continue
        kept = [one for one in held if one not in gone]
        places = [place_of(one, 0, materials) for one in kept if is_printed(one)]
        marks = [(one.start, source_of(one)) for one in kept if not is_printed(one)]
        said, _ = set_sentence(old.text, *old.units[number], places, marks, materials)
        low, high = old.stretches[number]
        template = template[:low] + said + template[high:]
    if template == old.template:
        raise RequestError(f"第{start + 1}个字符处没有引用")
    return template


def _meets(placed: Placed, start: int, end: int) -> bool:
    if start == end:
        return placed.start == placed.end == start
    return placed.start < end and start < placed.end


@dataclass(slots=True)
class _Sentence:
    """A changed sentence while its references are found."""

    start: int
    end: int
    places: list[Place]
    marks: list[Mark]
    lost: list[str]
    links: list[Link]
    refused: list[Refused]

    def is_free(self, start: int, end: int) -> bool:
        """No reference stands in the stretch."""
        return all(one.end <= start or end <= one.start for one in self.places)


class _Relinking:
    """One text on its way back."""

    def __init__(
        self, old: LaidOut, text: str, above: str, facts: Collection[str] | None = None
    ) -> None:
        self.old, self.text, self.materials, self.facts = old, text, old.materials, facts
        self.above = f"{above.rstrip()}\n" if above.strip() else ""
        self._reading: Reading | None = None

    @property
    def reading(self) -> Reading:
        """The verifier's reading, made when the first changed sentence asks for it."""
        if self._reading is None:
            self._reading = read(self.above + self.text, self.materials)
        return self._reading

    def done(self) -> Relinked:
        """All sentences set."""
        pieces: list[str] = []
        links: list[Link] = []
        lost: list[str] = []
        refused: list[Refused] = []
        kept = 0
        for unit in align(self.old.text, self.old.units, self.text, self.old.whole()):
            template = self._untouched(unit)
            if template is not None:
                pieces.append(template)
                kept += sum(map(is_printed, self.old.of_unit(unit.same or 0)))
                continue
            sentence = self._changed(unit)
            said, places = set_sentence(
                self.text, unit.start, unit.end, sentence.places, sentence.marks, self.materials
            )
            standing = {(one.start, one.end) for one in places}
            made = [
                one
                for one in sentence.links
                if one.kind == "tied" or any(a <= one.start and one.end <= b for a, b in standing)
            ]
            pieces.append(said)
            links += made
            lost += sentence.lost
            refused += sentence.refused
            kept += len(places) - sum(one.kind in ("linked", "exchanged") for one in made)
        return Relinked("".join(pieces), tuple(links), kept, tuple(lost), tuple(refused))

    def typed(self, number: int, start: int, end: int) -> tuple[str, list[Link], list[Refused]]:
        """A sentence as it stands, with its typed numbers linked."""
        held = self.old.of_unit(number)
        sentence = _Sentence(start, end, [], [], [], [], [])
        sentence.places = [place_of(one, 0, self.materials) for one in held if is_printed(one)]
        sentence.marks = [(one.start, source_of(one)) for one in held if not is_printed(one)]
        before = len(sentence.places)
        self._link(sentence)
        template = self.old.template[slice(*self.old.stretches[number])]
        if len(sentence.places) == before:
            return template, [], sentence.refused
        said, places = set_sentence(
            self.text, start, end, sentence.places, sentence.marks, self.materials
        )
        standing = {one.source for one in places}
        made = [one for one in sentence.links if one.source in standing]
        return said, made, sentence.refused

    def _untouched(self, unit: Unit) -> str | None:
        """The template of a sentence that is what it was; None for a changed one."""
        if unit.same is None:
            return None
        template = self.old.template[slice(*self.old.stretches[unit.same])]
        moved = "下同" in self.text or "下同" in self.old.text
        if moved and not prints(template, self.text, unit.start, unit.end, self.materials):
            return None
        return template

    def _changed(self, unit: Unit) -> _Sentence:
        sentence = _Sentence(unit.start, unit.end, [], [], [], [], [])
        self._keep(unit, sentence)
        self._link(sentence)
        self._tie(unit, sentence)
        sentence.places.sort(key=lambda one: one.start)
        return sentence

    def _keep(self, unit: Unit, sentence: _Sentence) -> None:
        """References of the likest old sentences whose characters stayed."""
        likest, blocks = unit.likest, unit.blocks
        if unit.same is not None:
            start, end = self.old.units[unit.same]
            likest, blocks = (unit.same,), (Block(start, unit.start, end - start),)
        for number in likest:
            for placed in self.old.of_unit(number):
                block = _holding(placed, blocks)
                if block is not None and is_printed(placed):
                    place = place_of(placed, block.new - block.old, self.materials)
                    self._put(_with_its_estimate(place, placed, blocks), sentence)
                elif block is not None and is_carried(placed):
                    at = placed.start + block.new - block.old
                    if self._same_clause(placed.start, at, block):
                        sentence.marks.append((at, source_of(placed)))
                elif is_printed(placed) and number == likest[0]:
                    sentence.lost.append(source_of(placed))

    def _same_clause(self, old: int, new: int, block: Block) -> bool:
        """The clause before a mark is all in the block, and begins as a clause in both texts."""
        behind = max(self.old.text.rfind(mark, 0, old) for mark in _CLAUSE_ENDS) + 1
        ahead = max(self.text.rfind(mark, 0, new) for mark in _CLAUSE_ENDS) + 1
        return old - behind == new - ahead and block.old <= behind

    def _put(self, place: Place, sentence: _Sentence) -> None:
        """A reference that stayed; another row's where the clause now proves that."""
        if not sentence.is_free(place.start, place.end) or self._is_denied(place):
            return
        found = self._proven(place)
        if found is not None and sentence.is_free(found.start, found.end):
            exchanged = found.indicator != place.indicator
            if exchanged or found.source != place.source:
                sentence.links.append(self._told(found, "exchanged" if exchanged else "widened"))
                place = found
        sentence.places.append(place)

    def _is_denied(self, place: Place) -> bool:
        """A reader takes it for another row's now, and wrongly: it is a typed number there."""
        shift = len(self.above)
        for one in self.reading.claims_in(place.start + shift, place.end + shift):
            finding = self.reading.finding(one.mention)
            if finding is not None and finding.verdict == "contradicted":
                return finding.indicator != place.indicator
        return False

    def _proven(self, place: Place) -> Place | None:
        """What a reader takes a kept reference for, if that is another row's or a wider phrase."""
        row = self.materials.table.by_id(place.indicator)
        shift = len(self.above)
        held = self.reading.claims_in(place.start + shift, place.end + shift)
        if row is None or len(held) != 1:
            return None
        found = link(held[0], self.reading)
        if not isinstance(found, Place):
            return None
        if found.indicator == place.indicator:
            contract = FIELD_NAMES.get(place.field, "")
            core = (place.start + shift, place.end + shift)
            wide = widest(row, contract, core, self.reading) if contract in _WIDENED else None
            wider = wide is not None and wide.end - wide.start > place.end - place.start
            return _shifted(wide, -shift) if wide is not None and wider else None
        return _shifted(found, -shift)

    def _link(self, sentence: _Sentence) -> None:
        """What was typed, judged number by number."""
        shift = len(self.above)
        for binding in self.reading.claims_in(sentence.start + shift, sentence.end + shift):
            start, end = binding.mention.start - shift, binding.mention.end - shift
            if not sentence.is_free(start, end):
                continue
            found = link(binding, self.reading)
            if isinstance(found, Refused):
                sentence.refused.append(_refused_at(found, -shift))
            elif found is not None:
                place = _shifted(found, -shift)
                inside = sentence.start <= place.start and place.end <= sentence.end
                inside = inside and self._given(place)
                if inside and sentence.is_free(place.start, place.end):
                    sentence.places.append(place)
                    sentence.links.append(self._told(place, "linked"))

    def _given(self, place: Place) -> bool:
        """A fact's numeral is linked only where the section was given the fact."""
        is_fact = self.materials.facts.by_id(place.indicator) is not None
        return self.facts is None or not is_fact or place.indicator in self.facts

    def _tie(self, unit: Unit, sentence: _Sentence) -> None:
        """Ties to the facts that the sentence as it is now tells."""
        shift = len(self.above)
        places = [_shifted(one, shift) for one in sentence.places]
        said = self.text[unit.start : unit.end]
        at = unit.start + len(said.rstrip("。！？”’）】\n"))
        told = told_facts(unit.start + shift, unit.end + shift, places, self.reading)
        ties = [f"{{{{ 据.{self.materials.fact_ref(one)} }}}}" for one in told]
        tied = [
            source_of(one)
            for number in unit.likest
            for one in self.old.of_unit(number)
            if isinstance(one.piece, Reference) and one.piece.kind == "evidence"
        ]
        sentence.lost += [one for one in dict.fromkeys(tied) if one not in ties]
        for identifier, tie in zip(told, ties, strict=True):
            if any(low < at < high for low, high in ((p.start, p.end) for p in sentence.places)):
                continue
            sentence.marks.append((at, tie))
            if tie not in tied:
                why = f"此句所述见于素材{identifier}"
                sentence.links.append(Link(at, at, "", tie, identifier, "据", "tied", why))

    def _told(self, place: Place, kind: LinkKind) -> Link:
        row = self.materials.table.by_id(place.indicator)
        name = f"“{row.name}”" if row else f"素材{place.indicator}"
        why = {
            "linked": f"所在分句说的是{name}，与表中一致",
            "exchanged": f"所在分句现在说的是{name}",
            "widened": f"升降等词随{name}的数一起变化",
            "tied": "",
        }[kind]
        text = self.text[place.start : place.end]
        return Link(
            place.start, place.end, text, place.source, place.indicator, place.field, kind, why
        )


_CLAUSE_ENDS = "，,；;。！？：\n"
_WIDENED = frozenset({"yoy"})


def _holding(placed: Placed, blocks: Sequence[Block]) -> Block | None:
    """The stretch that stayed and holds a reference with a little of what stood beside it."""
    said = placed.end - placed.start
    wanted = max(said, min(said + _CONTEXT, _SPEAKS_FOR_ITSELF))
    for one in blocks:
        if one.old <= placed.start and placed.end <= one.old + one.length >= one.old + wanted:
            return one
    return None


def _with_its_estimate(place: Place, placed: Placed, blocks: Sequence[Block]) -> Place:
    """The place with its 预计 where that stayed too."""
    if placed.estimate is None:
        return place
    end = placed.estimate + len(ESTIMATE)
    for one in blocks:
        if one.old <= placed.estimate and end <= one.old + one.length:
            return replace(place, estimate=placed.estimate + one.new - one.old)
    return replace(place, estimate=None)


def _shifted(place: Place, by: int) -> Place:
    estimate = None if place.estimate is None else place.estimate + by
    return replace(place, start=place.start + by, end=place.end + by, estimate=estimate)


def _refused_at(one: Refused, by: int) -> Refused:
    return replace(one, start=one.start + by, end=one.end + by)
