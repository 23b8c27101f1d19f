"""A checked text as one HTML file: every number marked, its evidence on hover and by keyboard.

No script, nothing loaded from elsewhere; prints with the evidence as notes. Documents are data:
everything is escaped, and characters that are not seen (control, bidirectional, zero-width) are
shown by their code. Takes the verifier's report as it is and judges nothing itself.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from drafter.exporting.evidence import field_name
from drafter.records.claim import VERDICTS, Finding, Issue, Level, Report, Verdict

LEVELS: dict[Level, str] = {"error": "错误", "warning": "提醒", "info": "提示"}
SIGNS: dict[Verdict, str] = {
    "supported": "",
    "derived": "",
    "attested": "",
    "contradicted": "✗",
    "unsupported": "？",
}
_ORDER: tuple[Verdict, ...] = ("contradicted", "unsupported", "derived", "attested", "supported")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that findings speak of; the gravest of them gives its looks."""

    number: int
    text: str
    findings: tuple[Finding, ...]
    issue: Level | None = None

    @property
    def verdict(self) -> Verdict:
        """The gravest verdict."""
        return min((finding.verdict for finding in self.findings), key=_ORDER.index)

    @property
    def label(self) -> str:
        """The verdict in Chinese."""
        return VERDICTS[self.verdict]

    @property
    def sign(self) -> str:
        """What stands behind open numbers, so that colour is not needed."""
        return SIGNS[self.verdict]

    @property
    def is_open(self) -> bool:
        """Somebody must look at it."""
        return any(finding.is_open for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Plain:
    """Text without a number; `issue` is the gravest objection that covers it."""

    text: str
    issue: Level | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """The place of an issue, right behind the words it objects to."""

    number: int
    issue: Issue


Piece = Mark | Plain | Pin


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text; level 1 for 一、, 2 for （一）, 0 for all others."""

    pieces: tuple[Piece, ...]
    level: int = 0


def evidence_page(
    text: str,
    report: Report,
    *,
    file: str,
    tables: Sequence[str] = (),
    with_issues: bool = True,
) -> str:
    """The page as HTML, complete in itself.

    Args:
        text: The checked text; the report's offsets are its code points.
        report: What the verifier found in it.
        file: The text's name, shown as title.
        tables: Names of the files it was checked against.
        with_issues: Errors among the issues fail the text.
    """
    marks = _marks(text, report.findings)
    pins = [Pin(at, issue) for at, issue in enumerate(report.issues, start=1)]
    return _template().render(
        file=file,
        tables=tuple(tables),
        passed=report.verdict(with_issues=with_issues) == "pass",
        counts=[(VERDICTS[one], report.counts[one]) for one in _ORDER if report.counts.get(one)],
        paragraphs=tuple(_paragraphs(text, marks, pins)),
        marks=[mark for _, _, mark in marks],
        open_marks=[mark for _, _, mark in marks if mark.is_open],
        pins=pins,
        text=text,
        levels=LEVELS,
        verdicts=VERDICTS,
        checked=bool(tables or report.findings),
    )


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("drafter.exporting", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "seen": seen,
        "field": field_name,
        "place": attrgetter("place"),
        "excerpt": excerpt,
    }
    return environment.get_template("evidence.html")


# ---- characters that are not seen --------------------------------------------------------------

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def seen(text: str) -> Markup:
    """The text, escaped, with every character that has no shape shown by its code."""
    pieces: list[Markup] = []
    plain: list[str] = []
    for character in text:
        if unicodedata.category(character) in _UNSEEN and character not in "\t\n":
            pieces += [escape("".join(plain)), _code(character)]
            plain = []
        else:
            plain.append(character)
    return Markup().join([*pieces, escape("".join(plain))])


def _code(character: str) -> Markup:
    return Markup('<span class="unseen" title="不可见字符">U+{:04X}</span>').format(ord(character))


def excerpt(text: str, start: int, end: int, around: int = 10) -> str:
    """The words at a place with a little of what stands about them, on one line."""
    before, after = max(0, start - around), min(len(text), max(end, start + 1) + around)
    cut = text[before:after]
    if len(cut) > 60:
        cut = f"{cut[:36]}…{cut[-18:]}"
    line = " ".join(cut.split())
    return f"{'…' if before else ''}{line}{'…' if after < len(text) else ''}"


# ---- marks, pins and paragraphs ----------------------------------------------------------------

_Placed = tuple[int, int, Mark]


def _marks(text: str, findings: Sequence[Finding]) -> list[_Placed]:
    """One mark for findings that share characters; a mark never runs over the end of a line."""
    groups: list[list[Finding]] = []
    end = 0
    for finding in sorted(findings, key=lambda one: (one.start, -one.end)):
        if groups and finding.start < end:
            groups[-1].append(finding)
        else:
            groups.append([finding])
            end = 0
        end = max(end, finding.end)
    placed = []
    for number, group in enumerate(groups, start=1):
        start, stop = group[0].start, max(one.end for one in group)
        line = text.find("\n", start, stop)
        stop = stop if line < 0 else line
        placed.append((start, stop, Mark(number, text[start:stop], tuple(group))))
    return placed


_HEADINGS = (
    (1, re.compile(r"\s*(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、)")),
    (2, re.compile(r"\s*[（(][一二三四五六七八九十]+[）)]")),
)
_LONGEST_HEADING = 40


def _paragraphs(text: str, marks: Sequence[_Placed], pins: Sequence[Pin]) -> Iterator[Paragraph]:
    covers = _covered(len(text), [pin.issue for pin in pins])
    waiting = sorted(pins, key=lambda pin: (max(pin.issue.end, pin.issue.start), pin.number))
    next_mark = next_pin = start = 0
    for line in text.split("\n"):
        end = start + len(line)
        first_mark, first_pin = next_mark, next_pin
        while next_mark < len(marks) and marks[next_mark][0] <= end:
            next_mark += 1
        while next_pin < len(waiting) and waiting[next_pin].issue.end <= end:
            next_pin += 1
        pieces = _pieces(
            text,
            (start, end - (len(line) - len(line.rstrip("\r")))),
            marks[first_mark:next_mark],
            waiting[first_pin:next_pin],
            covers,
        )
        if pieces:
            yield Paragraph(tuple(pieces), _level(line))
        start = end + 1
    if next_pin < len(waiting):  # places past the end of the text: told, if only at its foot
        yield Paragraph(tuple(waiting[next_pin:]))


def _level(line: str) -> int:
    if len(line) > _LONGEST_HEADING:
        return 0
    return next((level for level, pattern in _HEADINGS if pattern.match(line)), 0)


def _covered(length: int, issues: Sequence[Issue]) -> list[tuple[int, Level | None]]:
    """Where the gravest covering issue changes: (place, level from there on)."""
    grave: tuple[Level, ...] = ("info", "warning", "error")
    change: dict[int, list[tuple[Level, int]]] = {}
    for issue in issues:
        change.setdefault(max(0, issue.start), []).append((issue.level, 1))
        change.setdefault(min(length, issue.end), []).append((issue.level, -1))
    depth = dict.fromkeys(grave, 0)
    found: list[tuple[int, Level | None]] = [(0, None)]
    for place in sorted(change):
        for level, step in change[place]:
            depth[level] += step
        found.append((place, next((one for one in reversed(grave) if depth[one] > 0), None)))
    return found


def _pieces(
    text: str,
    line: tuple[int, int],
    marks: Sequence[_Placed],
    pins: Sequence[Pin],
    covers: Sequence[tuple[int, Level | None]],
) -> list[Piece]:
    """A line cut at its marks, at the places of pins and where the cover by issues changes."""
    start, end = line
    inside = [(a, b) for a, b, _ in marks]
    cuts = {start, end, *(place for pair in inside for place in pair)}
    cuts |= {pin.issue.end for pin in pins}
    cuts |= {place for place, _ in covers[_since(covers, start) :] if start < place < end}
    kept = sorted(
        cut for cut in cuts if start <= cut <= end and not any(a < cut < b for a, b in inside)
    )
    at_mark = {a: mark for a, _, mark in marks}
    pieces: list[Piece] = []
    waiting = list(pins)
    for here, there in zip(kept, [*kept[1:], end], strict=True):
        while waiting and waiting[0].issue.end <= here:
            pieces.append(waiting.pop(0))
        if here == there:
            continue
        level = covers[_since(covers, here)][1]
        mark = at_mark.get(here)
        if mark is None:
            pieces.append(Plain(text[here:there], level))
        else:
            pieces.append(Mark(mark.number, mark.text, mark.findings, level))
    return [*pieces, *waiting]


def _since(covers: Sequence[tuple[int, Level | None]], place: int) -> int:
    """The last entry at or before a place."""
    low, high = 0, len(covers)
    while low < high:
        middle = (low + high) // 2
        if covers[middle][0] <= place:
            low = middle + 1
        else:
            high = middle
    return low - 1
