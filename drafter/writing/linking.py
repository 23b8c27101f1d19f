"""Which typed numbers may become references, and which phrase prints just what was typed.

The verifier reads the text as a stranger would. A number is linked only where its own clause
proves the row: bound by name, field, unit and period, to one row alone, and the same to the last
digit. The phrase must print the very characters that stand there, with direction word,
approximator and unit, for those may change with the cell. An equal value proves nothing.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter

from drafter.numerals.segments import clauses
from drafter.records.claim import Finding
from drafter.records.indicator import Indicator
from drafter.records.mention import Mention
from drafter.verification import examined
from drafter.verification.binding.candidates import Binding, Candidate
from drafter.verification.binding.periods import fits
from drafter.verification.judging import Materials as Judging
from drafter.verification.judging import compare
from drafter.writing.phrases import ESTIMATE, FIELD_NAMES, printed_field
from drafter.writing.references import Materials, Reference

SURE = 0.55
"""Likeness below which a row is but a guess: the limit from which the verifier accuses."""
RIVAL = 0.1
"""Another row this much less likely that says the same keeps a number from being linked."""

_UNITED = ("值", "上年", "目标", "增减")
_DIRECTED = ("增长", "增减")
"""Fields whose phrase says the direction itself."""
_MOVING = ("yoy", "change")


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a text that a reference prints."""

    start: int
    end: int
    source: str
    """The reference as templates have it."""
    indicator: str
    """Id of the row or fact; '' for words of the document."""
    field: str
    """Of the template grammar; the call for a calculation."""
    estimate: int | None = None
    """Where a 预计 stands that the reference prints before the verb of its clause."""
    is_estimate: bool = False
    """The row has that status: whether 预计 is printed depends on what stands around."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A typed number that stays as it is, and why."""

    start: int
    end: int
    text: str
    code: str
    """contradicted, unsupported, ambiguous: open; wording, inexact: true, but it will not follow
    its cell."""
    message: str
    near: tuple[str, ...] = ()
    """References that may have been meant."""

    @property
    def is_open(self) -> bool:
        """Nothing proves the number."""
        return self.code in ("contradicted", "unsupported", "ambiguous")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the verifier reads it; places are those of `text`."""

    text: str
    """With the headings above, if any."""
    findings: Mapping[tuple[int, int], Finding]
    """On numbers, by place."""
    facts: tuple[Finding, ...]
    """On fact points."""
    bindings: tuple[Binding, ...]
    clauses: tuple[tuple[int, int], ...]
    mentions: tuple[Mention, ...]
    materials: Materials

    def claims_in(self, start: int, end: int) -> Sequence[Binding]:
        """The claims that begin in a stretch, in order."""
        key = attrgetter("mention.start")
        low = bisect_left(self.bindings, start, key=key)
        return self.bindings[low : bisect_left(self.bindings, end, lo=low, key=key)]

    def clause_at(self, place: int) -> tuple[int, int]:
        """The clause that holds a place."""
        number = bisect_right(self.clauses, place, key=itemgetter(0)) - 1
        return self.clauses[max(0, number)]

    def finding(self, mention: Mention) -> Finding | None:
        """The verdict on a claim."""
        return self.findings.get((mention.start, mention.end))


def read(text: str, materials: Materials) -> Reading:
    """The verifier's reading of a text."""
    seen = examined(text, materials.table, materials.facts)
    numbers = {(one.start, one.end): one for one in seen.findings if one.kind == "number"}
    told = tuple(one for one in seen.findings if one.kind == "fact")
    return Reading(text, numbers, told, seen.bound, clauses(text), seen.mentions, materials)


def link(binding: Binding, reading: Reading) -> Place | Refused | None:
    """The reference that a typed number may become.

    Args:
        binding: Of the number.
        reading: Of its text.

    Returns:
        The place that the reference takes, which may reach beyond the number; why there is none;
        None where the number stands by itself (a calculation that the verifier carried out).
    """
    finding = reading.finding(binding.mention)
    best = binding.best
    if finding is None or (finding.verdict == "derived" and not finding.field):
        return None
    if finding.is_open or best is None:
        code = "contradicted" if finding.verdict == "contradicted" else "unsupported"
        code = "ambiguous" if finding.rule == "ambiguous" else code
        return _refused(binding, code, finding.message, reading)
    doubt = _doubt(binding, best, reading)
    if doubt:
        return _refused(binding, "ambiguous", doubt, reading)
    if finding.rule is not None:
        message = f"“{finding.text}”与表中数相符，但不是表中原数，不随表更新"
        return _refused(binding, "inexact", message, reading)
    found = (
        _fact_place(binding, best, reading) if best.is_fact else _row_place(binding, best, reading)
    )
    if found is None:
        message = f"“{finding.text}”属实，但写法与表中短语不同，不随表更新"
        return _refused(binding, "wording", message, reading)
    return found


def _refused(binding: Binding, code: str, message: str, reading: Reading) -> Refused:
    mention = binding.mention
    near = tuple(dict.fromkeys(_references(binding, reading.materials)))[:3]
    return Refused(mention.start, mention.end, mention.text, code, message, near)


def _references(binding: Binding, materials: Materials) -> Iterator[str]:
    """What the likeliest candidates are called in templates."""
    for one in binding.candidates:
        if one.is_fact:
            yield f"{materials.fact_ref(one.indicator)}.{one.field}"
            continue
        row = materials.table.by_id(one.indicator)
        for name in _fields_of(one.field):
            if row is not None and printed_field(row, name, materials) is not None:
                yield f"{row.ref}.{name}"
                break


def _doubt(binding: Binding, best: Candidate, reading: Reading) -> str:
    """Why the row is not proven although the value agrees; '' where it is."""
    if best.score < SURE or best.is_faint:
        return "所指指标只是相近，数值相同不足为凭"
    judging = Judging(reading.materials.table, reading.materials.facts)
    for one in binding.candidates[1:]:
        other = (one.indicator, one.field) != (best.indicator, best.field)
        tied = one.score >= best.score - binding.tie
        near = one.indicator != best.indicator and one.score >= best.score - RIVAL
        if other and (tied or (near and compare(one, binding.mention, judging).agrees)):
            return "说的是哪一项指标不明确，数值相同不足为凭"
    row = reading.materials.table.by_id(best.indicator)
    if row is not None and not _in_time(binding.mention, row, best.field):
        return f"时期与“{row.name}”的统计期不同"
    return ""


def _in_time(mention: Mention, row: Indicator, field: str) -> bool:
    """The period that scopes the number is the row's own, or the year before for 上年同期."""
    said, kept = mention.period, row.period
    if said is None or kept is None:
        return True
    before = field == "prior" and said.year is not None and kept.year is not None
    return fits(said, kept) or (before and said.year == kept.year - 1)  # type: ignore[operator]


def _fields_of(contract: str) -> list[str]:
    """Template fields that may print a field of the contract."""
    own = [name for name, field in FIELD_NAMES.items() if field == contract]
    return [*own, "增长", "增速"] if contract == "value" else own


def _row_place(binding: Binding, best: Candidate, reading: Reading) -> Place | None:
    row = reading.materials.table.by_id(best.indicator)
    if row is None or row.id in reading.materials.table.overruled:
        return None
    mention = binding.mention
    written = mention.unit.written if mention.unit and not mention.implied_unit else None
    return widest(row, best.field, _core(mention), reading, mention, written)


def _core(mention: Mention) -> tuple[int, int]:
    """The number with what leans on it; 达 and 达到 promise nothing and may stay outside."""
    head = mention.text[: mention.core_start - mention.start]
    return (mention.core_start if head in ("达", "达到") else mention.start), mention.end


def widest(
    row: Indicator,
    contract: str,
    core: tuple[int, int],
    reading: Reading,
    mention: Mention | None = None,
    written: str | None = None,
) -> Place | None:
    """The longest phrase of a cell that stands, to the character, around a core.

    Args:
        row: Whose cell.
        contract: The field of the contract.
        core: What the phrase has to take in.
        reading: Of the text.
        mention: The number; None where the core is a reference already.
        written: The unit typed, tried where the row has another one.
    """
    found: list[Place] = []
    clause = reading.clause_at(core[0])
    for name, source, text, estimated in _phrases(row, contract, written, reading.materials):
        at = _around(reading.text, text, core, clause)
        moves = mention is not None and mention.direction is not None and contract in _MOVING
        if at is None or (moves and name not in _DIRECTED):
            continue
        place = Place(at, at + len(text), source, row.id, name, is_estimate=estimated)
        found.append(_with_estimate(place, reading.text, clause) if estimated else place)
    return max(found, key=lambda one: one.end - one.start, default=None)


def _phrases(
    row: Indicator, contract: str, written: str | None, materials: Materials
) -> Iterator[tuple[str, str, str, bool]]:
    """Field, reference, phrase and whether it is an estimate, for all that print the cell."""
    for name in _fields_of(contract):
        for asked in (None, written) if name in _UNITED and written else (None,):
            printed = printed_field(row, name, materials, unit_asked=asked)
            if printed is None or printed.field != contract or printed.formula is not None:
                continue
            source = Reference("row", row.ref, 0, 0, name, asked).source
            yield name, source, printed.text, printed.estimated


def _around(text: str, said: str, core: tuple[int, int], clause: tuple[int, int]) -> int | None:
    """Where a phrase stands around the core, within its clause."""
    start, end = core
    low, high = max(clause[0], end - len(said)), min(clause[1], start + len(said))
    at = text.find(said, low, high)
    return at if at >= 0 and at <= start and at + len(said) >= end else None


def _with_estimate(place: Place, text: str, clause: tuple[int, int]) -> Place:
    """The place with the 预计 that stands before it or before the verb of its clause."""
    at = text.rfind(ESTIMATE, clause[0], place.start)
    if at < 0:
        return place
    if at + len(ESTIMATE) == place.start:
        return Place(at, place.end, place.source, place.indicator, place.field, None, True)
    return Place(place.start, place.end, place.source, place.indicator, place.field, at, True)


def _fact_place(binding: Binding, best: Candidate, reading: Reading) -> Place | None:
    """A fact's numeral where its clause is said as the fact says it, character for character."""
    fact = reading.materials.facts.by_id(best.indicator)
    figure = next((one for one in fact.figures if one.name == best.field), None) if fact else None
    if fact is None or figure is None:
        return None
    at = _around(
        reading.text,
        figure.text,
        _core(binding.mention),
        reading.clause_at(binding.mention.start),
    )
    if at is None:
        return None
    source = Reference("fact", reading.materials.fact_ref(fact.id), 0, 0, figure.name).source
    return Place(at, at + len(figure.text), source, fact.id, figure.name)
