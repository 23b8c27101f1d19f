"""The verifier: reads a finished text as a stranger would and judges every claim in it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

from drafter.numerals import read_mentions
from drafter.records.claim import Finding, Issue, Report
from drafter.records.fact import FactList
from drafter.records.indicator import IndicatorTable
from drafter.records.mention import Mention
from drafter.verification.approximators import Tolerances
from drafter.verification.binding.binder import bind
from drafter.verification.binding.candidates import Binding, Thresholds
from drafter.verification.binding.entries import NO_FACTS
from drafter.verification.dating import judge_dates
from drafter.verification.facts.absences import absences
from drafter.verification.facts.judging import BLOCKING, judge_conditions, judge_facts
from drafter.verification.facts.lexicon import load_lexicon
from drafter.verification.judging import Materials, judge
from drafter.verification.lint.document import document_issues
from drafter.verification.listed import listing_of
from drafter.verification.restating import Restatement, restatement_issues, restatements

FactPoints = Literal["auto", "all", "off"]
_NO_ROWS = IndicatorTable(())


@dataclass(frozen=True, slots=True)
class Options:
    """How strictly a text is judged."""

    thresholds: Thresholds = field(default_factory=Thresholds)
    contradict: float = 0.55
    tolerances: Tolerances = field(default_factory=Tolerances)
    """What 近, 超, 约 and 三成 allow."""
    without: frozenset[str] = frozenset()
    """Derivations that are switched off (`N05`), to see what each is worth."""
    open_dates_fail: bool = False
    """Dates of events that nothing confirms fail the text too."""
    fact_points: FactPoints = "auto"
    """Whether names, honours and judgements are judged: auto when facts are given (else only
    judgements that the rows refute), all always, off never."""
    blocking_points: frozenset[str] = BLOCKING
    """Kinds of fact points that fail a text while they are open."""
    standing: Path | None = None
    """A bureau's own standing names."""


def verify(
    text: str,
    table: IndicatorTable | None = None,
    facts: FactList | None = None,
    *,
    options: Options | None = None,
    last_year: str = "",
) -> Report:
    """Findings on every claim (with a table) and issues of the text as a document.

    Offsets are code points of `text`. Without a table numbers are not judged, without facts
    of the fact points only judgements. `last_year` is the
    text of last year's summary: where it printed another figure than this year's 上年同期, growth is
    quoted and not computed.
    """
    seen = examined(text, table, facts, options=options, last_year=last_year)
    numbers = None if table is None else seen.numbers
    issues = [
        *document_issues(
            text, seen.mentions, seen.bound, findings=numbers, table=table, facts=facts
        ),
        *restatement_issues(seen.restated, seen.bound),
    ]
    issues.sort(key=lambda issue: (issue.start, issue.end))
    return Report(seen.findings, told_once(seen.findings, issues), seen.mentions)


@dataclass(frozen=True, slots=True)
class Examined:
    """The claims of a text, what they were taken for, and the findings on them, in order of place."""

    mentions: tuple[Mention, ...]
    findings: tuple[Finding, ...]
    numbers: tuple[Finding, ...] = ()
    """Those on figures and dates alone."""
    bound: tuple[Binding, ...] = ()
    """Each claim on a figure with the rows it may speak of; () without a table."""
    restated: Mapping[str, Restatement] = field(default_factory=dict)
    """Row id -> figure that last year's text printed otherwise."""


def examined(
    text: str,
    table: IndicatorTable | None = None,
    facts: FactList | None = None,
    *,
    options: Options | None = None,
    last_year: str = "",
) -> Examined:
    """The text claim by claim, without a look at it as a document; see `verify`."""
    chosen = options or Options()
    mentions = read_mentions(text)
    if table is None:
        told = _fact_findings(text, mentions, (), _NO_ROWS, facts or NO_FACTS, chosen)
        return Examined(mentions, tuple(told))
    restated = restatements(table, last_year)
    materials = Materials(
        table,
        facts or NO_FACTS,
        chosen.contradict,
        tolerances=chosen.tolerances,
        restated=frozenset(restated),
        without=chosen.without,
    )
    bound = bind(text, mentions, table, materials.facts, thresholds=chosen.thresholds)
    numbers = _judge_all(text, bound, materials)
    numbers += judge_dates(text, mentions, bound, materials)
    if chosen.open_dates_fail:
        numbers = [replace(finding, blocking=True) for finding in numbers]
    numbers.sort(key=_place)
    told = _fact_findings(text, mentions, numbers, table, materials.facts, chosen)
    findings = sorted((*numbers, *told, *absences(text, table)), key=_place)
    return Examined(mentions, tuple(findings), tuple(numbers), bound, restated)


_TWICE: Final = {"L22": ("person",), "L29": ("quantifier", "judgement"), "L30": ("honour", "event")}
"""Rules of the document and the fact points that ask the same of the same words."""


def told_once(findings: Sequence[Finding], issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """The issues without the places of which an open fact point already speaks as gravely.

    A superlative that a fact bears out is no longer doubted either.
    """
    points = [one for one in findings if one.kind == "fact"]
    kept = []
    for issue in issues:
        kinds = _TWICE.get(issue.rule, ())
        same = [one for one in points if one.field in kinds and _speaks_for(one, issue)]
        places = ((issue.start, issue.end), *issue.related)
        left = [
            (start, end)
            for start, end in places
            if not any(one.start < end and start < one.end for one in same)
        ]
        pair = issue.rule != "L29"  # its places are two sides of one contradiction
        if left and not (pair and len(left) < len(places)):
            kept.append(replace(issue, start=left[0][0], end=left[0][1], related=tuple(left[1:])))
    return tuple(kept)


def _speaks_for(point: Finding, issue: Issue) -> bool:
    if not point.is_open:
        return issue.rule == "L29"
    return point.blocking or issue.level != "error"


def _place(finding: Finding) -> tuple[int, int]:
    return finding.start, finding.end


def _fact_findings(
    text: str,
    mentions: Sequence[Mention],
    numbers: Sequence[Finding],
    table: IndicatorTable,
    facts: FactList,
    options: Options,
) -> list[Finding]:
    if options.fact_points == "off":
        return []
    lexicon = load_lexicon(options.standing)
    if facts.facts or options.fact_points == "all":
        blocking = options.blocking_points
        return judge_facts(text, mentions, numbers, table, facts, lexicon, blocking)
    return judge_conditions(text, mentions, numbers, table, lexicon) if table.rows else []


def _judge_all(text: str, bound: Sequence[Binding], materials: Materials) -> list[Finding]:
    """A derivation may look at rows named later in its sentence, never at later sentences."""
    named: dict[int, list[Binding]] = defaultdict(list)
    for binding in bound:
        named[binding.context.sentence_number].append(binding)
    found = []
    for binding in bound:
        finding = judge(binding, materials, named[binding.context.sentence_number])
        found.append(_counted(text, binding, finding, materials))
    return found


def _counted(text: str, binding: Binding, finding: Finding, materials: Materials) -> Finding:
    """A count that no row speaks of is borne out by the things that the text lists beside it."""
    if finding.verdict != "unsupported" or finding.rule != "L01":
        return finding
    listing = listing_of(text, binding.mention)
    if listing is None or listing.rule in materials.without:
        return finding
    return replace(
        finding,
        verdict="derived",
        rule=listing.rule,
        formula=listing.formula,
        field=None,
        expected=None,
        evidence=(),
        message=f"与文中所列相符：{listing.formula}",
    )
