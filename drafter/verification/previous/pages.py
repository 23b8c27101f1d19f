"""A year's text cut and read: sentences, their numbers and dates, the shingles of clauses and parts.

Numbers and dates take no part in likeness: 完成208.6亿元 and 完成230亿元 are one sentence, told twice.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from drafter.numerals import read_mentions
from drafter.numerals.segments import clauses, sentences
from drafter.records.mention import Mention
from drafter.verification.previous.writings import Part, Stretch, Topic, Writing


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text with what it says."""

    start: int
    end: int
    text: str
    shingles: frozenset[str]
    claims: tuple[Mention, ...]
    dates: tuple[Mention, ...]
    topic: Topic

    @property
    def numbers(self) -> Counter[tuple[object, ...]]:
        """What its numbers say, each as often as it does."""
        return Counter(said(claim) for claim in self.claims)


@dataclass(frozen=True, slots=True)
class Pages:
    """A writing, cut and read: its sentences, and the shingles of each part."""

    writing: Writing
    sentences: tuple[Sentence, ...]
    parts: tuple[frozenset[str], ...]
    clauses: dict[int, frozenset[str]]
    """The shingles of the clause about each claim, by the claim's start."""


WORDS = re.compile(r"[^\W_]+")
_PROBLEMS = re.compile(r"问题|不足|短板|困难|薄弱|差距")
_PLANS = re.compile(r"打算|计划|思路|谋划|安排|下一步|下步|明年|来年|下半年|展望")
_OPENS_PROBLEMS = re.compile(r"(?:存在|仍有|还有|面临)[^。]{0,20}(?:问题|不足|短板|困难|差距)")
_OPENS_PLANS = re.compile(
    r"(?:明年|来年|下一步|下步|下半年|20[0-9]{2}年)[^。]{0,20}(?:将|要|打算|计划)"
)
_OPENING = 60
# Headings that tell of problems or plans are short; a long one tells of work done.
_LONGEST_TOPIC = 24


def read(writing: Writing) -> Pages:
    """Cuts a text at its parts and sentences and reads the numbers of each."""
    mentions = read_mentions(writing.text)
    masked = _masked(writing.text, mentions)
    figures = [one for one in mentions if one.claim and one.kind not in ("date", "period")]
    dates = [one for one in mentions if one.kind in ("date", "period")]
    places = _places(writing)
    own_claims, own_dates = _within(places, figures), _within(places, dates)
    pieces: dict[int, set[str]] = defaultdict(set)
    found = []
    for at, (start, end, topic, number) in enumerate(places):
        shingles = shingles_of(masked[start:end])
        pieces[number] |= shingles
        claims, told = tuple(own_claims[at]), tuple(own_dates[at])
        words = writing.text[start:end]
        found.append(Sentence(start, end, words, shingles, claims, told, topic))
    parts = tuple(frozenset(pieces[number]) for number in range(len(writing.parts)))
    return Pages(writing, tuple(found), parts, _about(writing.text, masked, figures))


def _places(writing: Writing) -> list[tuple[int, int, Topic, int]]:
    """Each sentence's stretch, with the topic and the number of its part."""
    places = []
    for number, part in enumerate(writing.parts):
        topic = _topic(part, writing.text)
        for first, last in sentences(writing.text[part.start : part.end]):
            start, end = _trimmed(writing.text, part.start + first, part.start + last)
            if start < end:
                places.append((start, end, topic, number))
    return places


def _masked(text: str, mentions: Sequence[Mention]) -> str:
    """The text with every figure and date blanked, character for character."""
    pieces, at = [], 0
    for mention in mentions:
        if mention.kind in ("name", "document_number"):
            continue
        pieces += [text[at : mention.start], "　" * (mention.end - mention.start)]
        at = mention.end
    return "".join([*pieces, text[at:]])


def shingles_of(masked: str) -> frozenset[str]:
    """Pairs of neighbouring characters, punctuation and figures left out."""
    words = "".join(WORDS.findall(masked))
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
        about[figure.start] = shingles_of(masked[start : stretches[at][1]])
    return about


def said(claim: Mention) -> tuple[object, ...]:
    """What a number says, without its place and its approximator."""
    unit = claim.unit.written if claim.unit else ""
    return claim.kind, str(claim.number), unit, claim.direction
