"""What a reader has in mind at each claim: the words around it, weighed by nearness.

Splits a text into paragraphs, sentences and clauses and gives every claim its own noun
(before it and after it in its clause), the clauses that it may inherit from, and the
heading it stands under. Knows nothing of rows.

A sentence is read by itself, its heading, the sentence before it and the first of its paragraph;
what was read is kept. A draft is judged anew at every change, which is of a sentence or two mostly.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter, itemgetter

from drafter.keeping import kept
from drafter.numerals.segments import clauses, sentences
from drafter.records.mention import Mention
from drafter.verification.binding.names import GroupWords, group_words, normalise, pairs
from drafter.verification.binding.nouns import content_pairs, content_words, without_verb
from drafter.verification.binding.periods import over_years

_HEADING = re.compile(
    r"^[\s　]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.、．])"
)
_PART = re.compile(r"^[一二三四五六七八九十]{1,3}、")
_ENUMERATION = re.compile(r"[、和及与以]\s*$")
_BRACKETED = re.compile(r"[（(]?[^（()）、]{0,3}、[^（()）]{0,3}[）)]")
_OPENS = re.compile(r"[（(][^（()）]*$")
_OTHERS_NOUN = re.compile(r"(?:[、和及与]|以及).*")
# A clause that tells why, for whom or in which field: what it names is seldom what is counted.
_CIRCUMSTANCE = re.compile(
    r"^[，,；;\s]*(?:受|因|由于|随着|针对|围绕|根据|按照|[高低快慢]于|超过|领先)"
)

_ENDS_PART = frozenset("；;。！？!?")

_PLAN = re.compile(
    r"(?:打算|计划|思路|要点|下一步|下步|下阶段|安排|谋划|明年|目标|努力方向|今后)(?!(?:任务|指标|要求)?的?(?:完成|落实|执行|进展|实现))"
)


@dataclass(frozen=True, slots=True)
class ClaimContext:
    """A claim with the words that may name its indicator."""

    mention: Mention
    before: str
    """Its own clause up to it (from the previous claim on)."""
    after: str
    """Its own clause behind it (up to the next claim)."""
    clause: str
    """Its whole clause."""
    clause_number: int
    """Clauses counted through the text."""
    sentence_number: int
    paragraph_number: int
    heading: str
    own: tuple[str, ...]
    """Pairs of its own noun, without words that name no indicator."""
    nearness: dict[str, float] = field(repr=False)
    """Pairs of all context -> nearness 0..1."""
    own_text: str = ""
    """Normalised own clause."""
    own_groups: GroupWords = field(default_factory=dict, repr=False)
    """Words of exclusive groups in its own clause."""
    near_groups: GroupWords = field(default_factory=dict, repr=False)
    """Those of its whole context."""
    lead: str = ""
    """Its clause up to it, other figures included."""
    letters: frozenset[str] = frozenset()
    """Characters of its whole clause, normalised."""
    near_letters: frozenset[str] = frozenset()
    """Those of its sentence, of the one before it and of its heading."""
    own_words: tuple[str, ...] = ()
    """Words of its own, before it and behind it."""
    nouns: tuple[str, ...] = ()
    """What may be a short name: the clause's words next to the figure, else the clause before."""
    over_years: bool = False
    """The sentence up to it speaks of several years together."""
    in_plan: bool = False
    """It stands under a heading of plans and goals."""
    part_number: int = 0
    """Parts of sentences, as semicolons cut them, counted through the text."""

    @property
    def has_own_subject(self) -> bool:
        """The clause itself names something; otherwise the claim inherits its subject."""
        return bool(self.own)


def _nouns(before: str, after: str, earlier: str) -> tuple[str, ...]:
    """The words next to a figure that may be a short name of its row."""
    if words := content_words(before) or content_words(after)[:1]:
        return tuple(dict.fromkeys((words[-1], without_verb(words[-1]))))
    if any(character.isdigit() for character in earlier):
        return ()  # its figures speak of their own rows
    return tuple(content_words(earlier)[:2])


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what is claimed in it; places count from its beginning."""

    text: str
    claims: tuple[Mention, ...]
    heading: str
    """Under which it stands, its part's before it."""
    before: str
    """The sentence before it in its paragraph; '' for the first."""
    opening: str
    """The first of its paragraph; '' for that itself."""

    def __len__(self) -> int:
        return len(self.text) + len(self.before) + len(self.opening)


@dataclass(frozen=True, slots=True)
class Start:
    """Where a sentence begins: what places and numbers that count from there are short of."""

    place: int = 0
    clause: int = 0
    sentence: int = 0
    paragraph: int = 0
    part: int = 0

    def moved(self, context: ClaimContext) -> ClaimContext:
        """A context of the sentence as one of the text."""
        return replace(
            context,
            mention=self.of_text(context.mention),
            clause_number=context.clause_number + self.clause,
            sentence_number=context.sentence_number + self.sentence,
            paragraph_number=context.paragraph_number + self.paragraph,
            part_number=context.part_number + self.part,
        )

    def of_text(self, mention: Mention) -> Mention:
        """A mention of the sentence as one of the text."""
        return _moved(mention, self.place)


def _moved(mention: Mention, by: int) -> Mention:
    start, end, core = mention.start + by, mention.end + by, mention.core_start + by
    return mention._replace(start=start, end=end, core_start=core)


@dataclass(frozen=True, slots=True)
class _Clauses:
    """The clauses of a sentence."""

    stretches: tuple[tuple[int, int], ...]
    part_of: tuple[int, ...]
    """Clause number -> number of the part that it stands in."""
    parts: int
    """How many parts end here."""


LONGEST_KEPT = 2000
"""Characters of a sentence, with those it is read by, whose reading is kept."""


def in_sentences(text: str, claims: Sequence[Mention]) -> Iterator[tuple[Sentence, Start]]:
    """A text sentence by sentence; `claims` are sorted and do not overlap."""
    start, above, first = Start(), _Above(), 0
    before = opening = ""
    for begin, end in sentences(text):
        written = text[begin:end]
        above = above.under(written)
        behind = bisect_left(claims, end, lo=first, key=attrgetter("start"))
        own = tuple(_moved(claim, -begin) for claim in claims[first:behind])
        yield Sentence(written, own, above.said, before, opening), start
        before, opening, first = written, opening or written, behind
        ends_paragraph = written.endswith("\n")
        if ends_paragraph:
            before = opening = ""
        cut = _clauses(written)
        start = Start(
            end,
            start.clause + len(cut.stretches),
            start.sentence + 1,
            start.paragraph + ends_paragraph,
            start.part + cut.parts,
        )


@dataclass(frozen=True, slots=True)
class _Above:
    """The headings that a reader has passed last."""

    heading: str = ""
    part: str = ""

    @property
    def said(self) -> str:
        return self.heading if self.part in ("", self.heading) else f"{self.part} {self.heading}"

    def under(self, sentence: str) -> "_Above":
        """With this sentence, where it is a heading."""
        if not _HEADING.match(sentence) or len(sentence.strip()) > _LONGEST_HEADING:
            return self
        heading = sentence.strip()
        return _Above(heading, heading if _PART.match(heading) else self.part)


_LONGEST_HEADING = 45


@kept(2048, longest=LONGEST_KEPT)
def _clauses(sentence: str) -> _Clauses:
    stretches = clauses(sentence)
    # A new part begins behind each ；and full stop.
    numbers = [0]
    for start, end in stretches:
        numbers.append(numbers[-1] + (sentence[start:end].rstrip()[-1:] in _ENDS_PART))
    return _Clauses(stretches, tuple(numbers[:-1]), numbers[-1])


def contexts(text: str, claims: Sequence[Mention]) -> tuple[ClaimContext, ...]:
    """The context of each claim, in their order. `claims` are sorted and do not overlap."""
    return tuple(
        start.moved(context)
        for sentence, start in in_sentences(text, claims)
        for context in contexts_in(sentence)
    )


def contexts_in(sentence: Sentence) -> tuple[ClaimContext, ...]:
    """The context of each claim of a sentence; places and numbers count from its beginning."""
    stretches, claims = _clauses(sentence.text).stretches, sentence.claims
    found, number = [], 0
    for at, claim in enumerate(claims):
        while number + 1 < len(stretches) and claim.start >= stretches[number][1]:
            number += 1
        previous = claims[at - 1].end if at else 0
        following = claims[at + 1].start if at + 1 < len(claims) else len(sentence.text)
        found.append(_context(sentence, claim, number, previous, following))
    return tuple(found)


def _context(
    sentence: Sentence, claim: Mention, number: int, previous: int, following: int
) -> ClaimContext:
    text, heading, cut = sentence.text, sentence.heading, _clauses(sentence.text)
    start, end = cut.stretches[number]
    left_from = max(start, previous)
    before = text[left_from : claim.start]
    earlier = text[start:left_from]
    after = text[claim.end : max(claim.end, min(end, following))]
    if earlier and "、" in _BRACKETED.sub("", before):
        # 291家企业、69个项目: what stands before 、 is the other's noun
        head, _, before = before.rpartition("、")
        earlier += head
    if opened := _OPENS.search(after):
        after = after[
            : opened.start()
        ]  # 74所学校（含幼儿园46所）: what is inside names the next one
    if _ENUMERATION.search(after):
        after = _ENUMERATION.sub("", after)
    elif claim.end < following < end and not _OTHERS_NOUN.sub("", after).strip():
        after = ""  # 城市低保3216人、农村低保21874人: what stands behind 、 is the next one's noun
    elif claim.end < following < end and "、" in after and "（" not in after:
        after = after.rpartition("、")[0]
    rest = text[max(claim.end, min(end, following)) : end]
    stretches = [
        (before, 1.0),
        (after, 1.0),
        (earlier, 0.8),
        (rest, 0.8 if not after else 0.5),
        *_inherited(sentence, cut.stretches, number),
    ]
    own_text = normalise(f"{before} {after}")
    near_text = normalise(" ".join(stretch for stretch, _ in stretches))
    return ClaimContext(
        mention=claim,
        before=before,
        after=after,
        clause=text[start:end],
        clause_number=number,
        sentence_number=0,
        paragraph_number=0,
        heading=heading,
        own=content_pairs(before) + content_pairs(after),
        nearness=_nearness((*stretches, (heading, 0.25))),
        own_text=own_text,
        own_groups=group_words(own_text),
        near_groups=group_words(near_text),
        lead=text[start : claim.start],
        letters=frozenset(normalise(text[start:end])),
        near_letters=frozenset(near_text + normalise(heading)),
        own_words=(*content_words(before), *content_words(after)),
        nouns=_nouns(before, after, text[slice(*cut.stretches[number - 1])] if number else ""),
        over_years=over_years(text[: claim.start]),
        in_plan=bool(_PLAN.search(heading)),
        part_number=cut.part_of[number],
    )


def _inherited(
    sentence: Sentence, stretches: Sequence[tuple[int, int]], number: int
) -> list[tuple[str, float]]:
    """Stretches around the clause that it may inherit its subject from, nearest first."""
    found, weight = [], 0.7
    for at in range(number - 1, -1, -1):
        stretch = sentence.text[slice(*stretches[at])]
        found.append((stretch, min(weight, 0.4) if _CIRCUMSTANCE.match(stretch) else weight))
        weight = max(0.3, weight - 0.08)
    if number + 1 < len(stretches):
        follower = sentence.text[slice(*stretches[number + 1])]
        if not any(character.isdigit() for character in follower):
            found.append((follower, 0.4))
    if sentence.opening:
        found += [(sentence.before, 0.3), (sentence.opening, 0.25)]
    return found


@kept(1024)
def _nearness(stretches: tuple[tuple[str, float], ...]) -> dict[str, float]:
    """Pairs of all stretches with the nearness of the nearest that holds them; not to be changed."""
    nearness: dict[str, float] = {}
    for stretch, weight in sorted(stretches, key=itemgetter(1)):
        nearness.update(dict.fromkeys(pairs(normalise(stretch)), weight))
    return nearness
