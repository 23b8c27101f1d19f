"""Last year beside this year: what of an older text was left standing in a newer one.

Knows sentences, shingles and claims; needs no table. Where a text's sections begin is told by the
caller (`Writing`), since files and headings belong to `reading`. Rules, in addition to L14:

    P01  a number of last year in a like sentence (warning; info where recurring is common)
    P02  a problem in last year's words        (warning)
    P03  a plan or goal in last year's words   (warning)
    P04  a heading in last year's words        (info)
    P05  other sentences in last year's words  (info: standing measures rightly recur)
    P06  a section that is mostly last year's  (info)

Numbers and dates take no part in likeness: 完成208.6亿元 and 完成230亿元 are one sentence, told twice.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from drafter.numerals import read_mentions
from drafter.numerals.segments import clauses, sentences
from drafter.records.claim import Issue, Level
from drafter.records.mention import Mention

Stretch = tuple[int, int]
Topic = Literal["problems", "plans", ""]


@dataclass(frozen=True, slots=True)
class Likelihood:
    """From where on two texts count as one; shares of common shingles, 0 to 1."""

    like: float = 0.6
    """Sentences (without their numbers) that say the same thing of another year."""
    near: float = 0.6
    """The clause about a number, beside the clause about the older number."""
    unchanged: float = 0.9
    section: float = 0.7
    """Sections from here on are listed as mostly last year's."""
    paired: float = 0.15
    """Sections below this have no counterpart."""
    shortest_section: int = 60
    """Characters; a salutation is the same every year."""
    shortest: int = 10
    """Characters; shorter sentences are alike by chance."""
    commonest: int = 40
    """Shingles in more older sentences than this find nothing (they bound the cost)."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section's own stretch `[start, end)` of a text, without its subsections."""

    heading: str
    start: int
    end: int
    path: tuple[str, ...] = ()
    """Headings from the outermost down to this one."""
    heading_at: Stretch | None = None


@dataclass(frozen=True, slots=True)
class Writing:
    """A text with its sections and the year that it reports on, where that is known."""

    text: str = field(repr=False)
    parts: tuple[Part, ...]
    year: int | None = None
    title_at: Stretch | None = None


@dataclass(frozen=True, slots=True)
class SectionLikeness:
    """How much of a section is in the older text's nearest section, 0 to 1."""

    heading: str
    likeness: float
    previous_heading: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing two years found."""

    issues: tuple[Issue, ...]
    sections: tuple[SectionLikeness, ...]


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    text: str
    shingles: frozenset[str]
    claims: tuple[Mention, ...]
    dates: tuple[Mention, ...]
    topic: Topic

    @property
    def numbers(self) -> Counter[tuple[object, ...]]:
        return Counter(_said(claim) for claim in self.claims)


@dataclass(frozen=True, slots=True)
class _Pages:
    """A writing, cut and read: its sentences, and the shingles of each part."""

    writing: Writing
    sentences: tuple[_Sentence, ...]
    parts: tuple[frozenset[str], ...]
    clauses: dict[int, frozenset[str]]
    """The shingles of the clause about each claim, by the claim's start."""


def compare(
    new: Writing,
    old: Writing,
    *,
    proven: Collection[Stretch] = (),
    likelihood: Likelihood | None = None,
) -> Comparison:
    """Issues on `new` (offsets of its text) and the likeness of each of its sections.

    Args:
        new: This year's text.
        old: The text of an earlier year.
        proven: Places of claims of `new` that this year's table bears out; that such a number is
            last year's too is then mere chance and not reported.
        likelihood: The thresholds.
    """
    chosen = likelihood or Likelihood()
    ours, theirs = _read(new), _read(old)
    pairs = list(_pairs(ours.sentences, theirs.sentences, chosen))
    standing = list(_standing(pairs, ours, theirs, set(proven), chosen))
    unchanged = list(_unchanged(pairs, new.text, chosen))
    sections = tuple(_likeness(ours, theirs, chosen))
    issues = [
        *standing,
        *unchanged,
        *_years(pairs, new, old),
        *_headings(new, old),
        *_mostly_old(new, sections, chosen),
    ]
    ordered = sorted(issues, key=lambda issue: (issue.start, issue.end, issue.rule))
    return Comparison(tuple(ordered), sections)


# ---- reading -----------------------------------------------------------------------------------

_WORDS = re.compile(r"[^\W_]+")
_PROBLEMS = re.compile(r"问题|不足|短板|困难|薄弱|差距")
_PLANS = re.compile(r"打算|计划|思路|谋划|安排|下一步|下步|明年|来年|下半年|展望")
_OPENS_PROBLEMS = re.compile(r"(?:存在|仍有|还有|面临)[^。]{0,20}(?:问题|不足|短板|困难|差距)")
_OPENS_PLANS = re.compile(
    r"(?:明年|来年|下一步|下步|下半年|20[0-9]{2}年)[^。]{0,20}(?:将|要|打算|计划)"
)
_OPENING = 60
# Headings that tell of problems or plans are short; a long one tells of work done.
_LONGEST_TOPIC = 24


def _read(writing: Writing) -> _Pages:
    mentions = read_mentions(writing.text)
    masked = _masked(writing.text, mentions)
    figures = [one for one in mentions if one.claim and one.kind not in ("date", "period")]
    dates = [one for one in mentions if one.kind in ("date", "period")]
    topics = [(part.start, part.end, _topic(part, writing.text)) for part in writing.parts]
    found = []
    for number, (first, last, topic) in enumerate(topics):
        body = writing.text[first:last]
        for a, b in sentences(body):
            start, end = _trimmed(writing.text, first + a, first + b)
            if start < end:
                found.append((start, end, topic, number))
    own_claims, own_dates = _within(found, figures), _within(found, dates)
    pieces: dict[int, set[str]] = defaultdict(set)
    read = []
    for at, (start, end, topic, number) in enumerate(found):
        shingles = _shingles(masked[start:end])
        pieces[number] |= shingles
        read.append(
            _Sentence(
                start,
                end,
                writing.text[start:end],
                shingles,
                tuple(own_claims[at]),
                tuple(own_dates[at]),
                topic,
            )
        )
    parts = tuple(frozenset(pieces[number]) for number in range(len(writing.parts)))
    return _Pages(writing, tuple(read), parts, _about(writing.text, masked, figures))


def _masked(text: str, mentions: Sequence[Mention]) -> str:
    """The text with every figure and date blanked, character for character."""
    pieces, at = [], 0
    for mention in mentions:
        if mention.kind in ("name", "document_number"):
            continue
        pieces += [text[at : mention.start], "　" * (mention.end - mention.start)]
        at = mention.end
    return "".join([*pieces, text[at:]])


def _shingles(masked: str) -> frozenset[str]:
    """Pairs of neighbouring characters, punctuation and figures left out."""
    words = "".join(_WORDS.findall(masked))
    return frozenset(words[at : at + 2] for at in range(len(words) - 1))


def _topic(part: Part, text: str) -> Topic:
    """What a section is of, by its headings; by its opening words where it has none."""
    if not part.heading:
        opening = text[part.start : min(part.end, part.start + _OPENING)]
        if _OPENS_PROBLEMS.search(opening):
            return "problems"
        return "plans" if part.start and _OPENS_PLANS.search(opening) else ""
    for heading in reversed(part.path or (part.heading,)):
        if len(heading) > _LONGEST_TOPIC:
            continue
        if _PLANS.search(heading):
            return "plans"
        if _PROBLEMS.search(heading):
            return "problems"
    return ""


def _trimmed(text: str, start: int, end: int) -> Stretch:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _within(
    places: Sequence[tuple[int, int, Topic, int]], mentions: Sequence[Mention]
) -> list[list[Mention]]:
    """The mentions of each place; both are in the order of the text."""
    found: list[list[Mention]] = [[] for _ in places]
    at = 0
    for mention in mentions:
        while at < len(places) and places[at][1] <= mention.start:
            at += 1
        if at < len(places) and places[at][0] <= mention.start:
            found[at].append(mention)
    return found


def _about(text: str, masked: str, figures: Sequence[Mention]) -> dict[int, frozenset[str]]:
    """The shingles of the clause about each figure, and of the one before, which names it."""
    about, at = {}, 0
    stretches = clauses(text)
    for figure in figures:
        while at < len(stretches) and stretches[at][1] <= figure.start:
            at += 1
        start = stretches[max(0, at - 1)][0]
        about[figure.start] = _shingles(masked[start : stretches[at][1]])
    return about


# ---- pairing -----------------------------------------------------------------------------------


def _pairs(
    ours: Sequence[_Sentence], theirs: Sequence[_Sentence], chosen: Likelihood
) -> Iterator[tuple[_Sentence, _Sentence, float]]:
    """Each sentence with the older one most like it, where that is like enough."""
    index: dict[str, list[int]] = defaultdict(list)
    for at, sentence in enumerate(theirs):
        for shingle in sentence.shingles:
            index[shingle].append(at)
    for sentence in ours:
        if len(sentence.text) < chosen.shortest:
            continue
        best, likeness = _nearest(
            sentence.shingles, index, [one.shingles for one in theirs], chosen.commonest
        )
        if best is not None and likeness >= chosen.like:
            yield sentence, theirs[best], likeness


def _nearest(
    shingles: Iterable[str],
    index: dict[str, list[int]],
    candidates: Sequence[frozenset[str]],
    commonest: int,
) -> tuple[int | None, float]:
    own = frozenset(shingles)
    shared: Counter[int] = Counter()
    for shingle in own:
        holders = index.get(shingle, ())
        if len(holders) <= commonest:
            shared.update(holders)
    # Few are worth a full comparison; ties go to the earlier sentence, run after run.
    likely = sorted(shared, key=lambda at: (-_dice(shared[at], own, candidates[at]), at))[:4]
    best = max(likely, key=lambda at: (_alike(own, candidates[at]), -at), default=None)
    return best, _alike(own, candidates[best]) if best is not None else 0.0


def _dice(shared: int, one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * shared / (len(one) + len(other)) if one or other else 0.0


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return _dice(len(one & other), one, other)


# ---- judging -----------------------------------------------------------------------------------

_OF_LAST_YEAR = re.compile(r"(?:上年|去年|同期|上一年|前年)[^，；。]{0,12}$")


def _said(claim: Mention) -> tuple[object, ...]:
    unit = claim.unit.written if claim.unit else ""
    return claim.kind, str(claim.number), unit, claim.direction


def _standing(
    pairs: Sequence[tuple[_Sentence, _Sentence, float]],
    ours: _Pages,
    theirs: _Pages,
    proven: set[Stretch],
    chosen: Likelihood,
) -> Iterator[Issue]:
    """P01: numbers that are the same as last year's, in like clauses of like sentences."""
    for sentence, older, _ in pairs:
        if _is_plan_kept(sentence, older, chosen):
            continue
        for claim in sentence.claims:
            if (claim.start, claim.end) in proven or _tells_last_year(claim, ours.writing):
                continue
            about = ours.clauses[claim.start]
            same = any(
                _said(claim) == _said(other)
                and _alike(about, theirs.clauses[other.start]) >= chosen.near
                for other in older.claims
            )
            if same:
                yield Issue(
                    rule="P01",
                    level=_weight(claim),
                    start=claim.start,
                    end=claim.end,
                    message=f"与上年总结中的数字相同：“{_quoted(older.text)}”，请确认是今年的数",
                )


def _tells_last_year(claim: Mention, writing: Writing) -> bool:
    """The number is said of the year before: there it ought to be last year's."""
    if writing.year and claim.period and claim.period.year:
        return claim.period.year < writing.year
    return bool(_OF_LAST_YEAR.search(writing.text[max(0, claim.start - 20) : claim.start]))


def _weight(claim: Mention) -> Level:
    """Ranks, small counts, 0 and 100 % are often the same two years running."""
    digits = re.sub(r"\D", "", str(claim.number or "")).strip("0")
    by_chance = claim.kind == "rank" or digits in ("", "1")
    small = len(digits) == 1 and claim.kind not in ("percent", "rate_change", "points")
    return "info" if by_chance or small else "warning"


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"


def _is_kept(sentence: _Sentence, older: _Sentence, likeness: float, chosen: Likelihood) -> bool:
    """In last year's words and with last year's numbers (rolled dates are no change)."""
    return likeness >= chosen.unchanged and sentence.numbers == older.numbers


def _is_plan_kept(sentence: _Sentence, older: _Sentence, chosen: Likelihood) -> bool:
    likeness = _alike(sentence.shingles, older.shingles)
    return sentence.topic == "plans" and _is_kept(sentence, older, likeness, chosen)


_KEPT: dict[Topic, tuple[str, Level, str]] = {
    "problems": ("P02", "warning", "问题与上年总结写法相同，请确认今年仍然存在并更新表述"),
    "plans": ("P03", "warning", "打算与上年总结写法相同，请确认不是上年未改的内容"),
    "": ("P05", "info", "与上年总结写法相同；常规工作可以沿用，请看是否需要更新"),
}


def _unchanged(
    pairs: Sequence[tuple[_Sentence, _Sentence, float]], text: str, chosen: Likelihood
) -> Iterator[Issue]:
    """P02, P03, P05: sentences that stayed; neighbours of one kind are reported together.

    What was done and holds numbers is left to P01, which looks at each number.
    """
    kept = [
        one
        for one, older, likeness in pairs
        if _is_kept(one, older, likeness, chosen) and (one.topic or not one.claims)
    ]
    run: list[_Sentence] = []
    for sentence in kept:
        goes_on = run and sentence.topic == run[-1].topic == ""
        if goes_on and not text[run[-1].end : sentence.start].strip():
            run.append(sentence)
            continue
        yield from _of_run(run)
        run = [sentence]
    yield from _of_run(run)


def _of_run(run: Sequence[_Sentence]) -> Iterator[Issue]:
    if not run:
        return
    rule, level, message = _KEPT[run[0].topic]
    count = f"（连续{len(run)}句）" if len(run) > 1 else ""
    yield Issue(
        rule=rule, level=level, start=run[0].start, end=run[-1].end, message=message + count
    )


def _years(
    pairs: Sequence[tuple[_Sentence, _Sentence, float]], new: Writing, old: Writing
) -> Iterator[Issue]:
    """L14: years that did not roll on with the sentence around them."""
    if old.year is None:
        return
    if new.year == old.year:
        yield from _same_year(new)
        return
    for sentence, older, _ in pairs:
        before = {date.span.year for date in older.dates if date.span}
        for date in sentence.dates:
            year = date.span.year if date.span else None
            if year not in before or not _is_stale(year, old.year, sentence.topic):
                continue
            if _looks_back(date, new):
                continue
            yield _stale(date.start, date.end, f"上年总结的同一句也写{year}年")


def _same_year(new: Writing) -> Iterator[Issue]:
    start, end = new.title_at or (0, min(1, len(new.text)))
    if start < end:
        yield _stale(start, end, f"两份总结写的都是{new.year}年")


def _is_stale(year: int | None, before: int, topic: Topic) -> bool:
    """The older text's own year; where it planned, also the year that it planned for.

    Years further back (自2019年以来) and further on (到2025年) rightly stay.
    """
    return year == before or (topic == "plans" and year == before + 1)


def _stale(start: int, end: int, what: str) -> Issue:
    message = f"{what}，请确认年份已更新"
    return Issue(rule="L14", level="warning", start=start, end=end, message=message)


def _looks_back(date: Mention, new: Writing) -> bool:
    """The sentence speaks of the past on purpose: 较2022年, 与2022年相比."""
    return new.text[max(0, date.start - 2) : date.start].endswith(("较", "比", "与", "自", "从"))


_PLAIN_HEADING = re.compile(
    r"工作(?:开展|总结|回顾|情况|成效|打算|计划|思路|安排|重点)|主要(?:工作|指标|做法|成效|经济)"
    r"|存在|问题|不足|困难|下一?步|明年|基本情况|亮点"
)
_YEAR = re.compile(r"(20[0-9]{2})年")
_SHORTEST_HEADING = 6


def _headings(new: Writing, old: Writing) -> Iterator[Issue]:
    """P04: headings with a wording of their own that did not change; L14: nor did their year."""
    before = {_bare(part.heading) for part in old.parts}
    for part in new.parts:
        bare = _bare(part.heading)
        if part.heading_at is None or bare not in before:
            continue
        start, end = part.heading_at
        year = _YEAR.search(part.heading)
        if year and old.year and int(year[1]) in (old.year, old.year + 1):
            yield _stale(start, end, f"上年总结也有标题“{part.heading}”")
        elif len(bare) >= _SHORTEST_HEADING and not _PLAIN_HEADING.search(bare):
            message = f"标题“{part.heading}”与上年总结相同"
            yield Issue(rule="P04", level="info", start=start, end=end, message=message)


def _bare(heading: str) -> str:
    return "".join(_WORDS.findall(heading))


def _likeness(ours: _Pages, theirs: _Pages, chosen: Likelihood) -> Iterator[SectionLikeness]:
    index: dict[str, list[int]] = defaultdict(list)
    for at, shingles in enumerate(theirs.parts):
        for shingle in shingles:
            index[shingle].append(at)
    for part, shingles in zip(ours.writing.parts, ours.parts, strict=True):
        if part.start == part.end:  # all that it has stands in its subsections
            continue
        best, likeness = _nearest(shingles, index, theirs.parts, chosen.commonest)
        paired = best is not None and likeness >= chosen.paired
        heading = theirs.writing.parts[best].heading if paired and best is not None else None
        yield SectionLikeness(part.heading, round(likeness, 3), heading)


def _mostly_old(
    new: Writing, sections: Sequence[SectionLikeness], chosen: Likelihood
) -> Iterator[Issue]:
    """P06: told where the section begins."""
    told = [part for part in new.parts if part.start < part.end]
    for part, section in zip(told, sections, strict=True):
        length = part.end - part.start
        if section.likeness < chosen.section or length < chosen.shortest_section:
            continue
        start, end = part.heading_at or (part.start, part.start + 12)
        name = f"“{section.previous_heading}”" if section.previous_heading else "开头部分"
        share = round(section.likeness * 100)
        message = f"本节文字与上年总结{name}相似度{share}%（不计数字）"
        yield Issue(rule="P06", level="info", start=start, end=end, message=message)
