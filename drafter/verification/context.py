"""What a reader has in mind at each claim: the words around it, weighed by nearness.

Splits a text into paragraphs, sentences and clauses and gives every claim its own noun
(before it and after it in its clause), the clauses that it may inherit from, and the
heading it stands under. Knows nothing of rows.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from drafter.numerals.segments import clauses, sentences
from drafter.records.mention import Mention
from drafter.verification.names import GroupWords, group_words, normalise, normalise_name, pairs

_HEADING = re.compile(
    r"^[\s　]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.、．])"
)
_PART = re.compile(r"^[一二三四五六七八九十]{1,3}、")
_ENUMERATION = re.compile(r"[、和及与以]\s*$")
_OTHERS_NOUN = re.compile(r"(?:[、和及与]|以及).*")
# A clause that tells why, for whom or in which field: what it names is seldom what is counted.
_CIRCUMSTANCE = re.compile(
    r"^[，,；;\s]*(?:受|因|由于|随着|针对|围绕|根据|按照|[高低快慢]于|超过|领先)"
)

_PLAN = re.compile(
    r"(?:打算|计划|思路|下一步|安排|谋划|明年|目标)(?!(?:任务|指标|要求)?的?(?:完成|落实|执行|进展|实现))"
)

# Words of a clause that say what is said of a figure, never which figure it is.
_EMPTY_WORDS = re.compile(
    "[一二三四五六七八九十]{1,2}[是要]|同比|环比|较上年|比上年|较去年|比去年|上年同期|增长|下降|增加(?!值)|减少|提高|"
    "回落|上升|降低|持平|增速|增幅|降幅|排名|位次|位列|位居|名列|列(?!车)|居(?!民|住|家)|排(?!放|查|水|污|涝)|第|"
    "全[省市县区国州乡镇盟旗]|占比|占(?!地)|比重|的|了|为|(?<![签合节集条预])约(?!束)|近(?!视)|达到|达(?!标)|完成率|完成|实现|任务|目标|"
    "年度|全年|共(?!同|建|享)|累计|其中|分别|突破|超额|超过|超(?!市|限|标|声)|增(?!加值|值)|降(?!雨|水)|等(?!级)|"
    "(?<![人户亩])均(?!衡)|各[级类]?|现有|多$|少$|已|由|从(?!业)|到(?!位)|是|有(?!效|机|限|色)|在(?!建|校|园|册|库|编|职|岗|线)|以上|以下|左右|总计|合计|"
    "目前|截至|预计|市定|省定|县定|下达|年初|计划(?!总?投资)|的比|仅|只|虽|但|却|又|还|净|首次|提前|圆满|顺利|进度|序时|"
    "高于|低于|高出|快于|慢于|提升|上涨|双双|保持|稳定|控制|总量(?=[排居位列全])|县?[（(]市、?区?[）)]|县市区|市县区|"
    "压缩|扩大|缩小|收窄|升至|降至|至|其余|要求|考核|力争|确保|争取(?!.*资金)|不少于|不低于|聚焦|对照|紧盯"
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
    nouns: tuple[str, ...] = ()
    """What may be a short name: the clause's words next to the figure, else the clause before."""
    in_plan: bool = False
    """It stands under a heading of plans and goals."""

    @property
    def has_own_subject(self) -> bool:
        """The clause itself names something; otherwise the claim inherits its subject."""
        return bool(self.own)


def content_pairs(text: str) -> tuple[str, ...]:
    """Pairs of what is left of a stretch when words that name no indicator are out."""
    return tuple(pairs(normalise(_EMPTY_WORDS.sub(" ", text))))


def _nouns(before: str, after: str, earlier: str) -> tuple[str, ...]:
    """The words next to a figure that may be a short name of its row."""
    if words := content_words(before):
        # 发放移民后扶资金: a verb of two characters may stand before the name.
        return (words[-1], *([words[-1][2:]] if len(words[-1]) >= 4 else []))
    if words := content_words(after):
        return (words[0],)
    if any(character.isdigit() for character in earlier):
        return ()  # its figures speak of their own rows
    return tuple(content_words(earlier)[:2])


def content_words(stretch: str) -> list[str]:
    """What is left of a stretch without words that name no indicator."""
    return [normalise_name(word) for word in normalise(_EMPTY_WORDS.sub(" ", stretch)).split()]


@dataclass(frozen=True, slots=True)
class _Layout:
    text: str
    sentences: tuple[tuple[int, int], ...]
    clauses: tuple[tuple[int, int], ...]
    sentence_of: tuple[int, ...]
    """Clause number -> sentence number."""
    paragraph_of: tuple[int, ...]
    """Sentence number -> paragraph number."""
    heading_of: tuple[str, ...]
    """Sentence number -> heading above it."""


def _lay_out(text: str) -> _Layout:
    all_sentences, all_clauses = sentences(text), clauses(text)
    owner, at = [], 0
    for start, _ in all_clauses:
        while at + 1 < len(all_sentences) and start >= all_sentences[at][1]:
            at += 1
        owner.append(at)
    paragraph, paragraphs, headings = 0, [], []
    heading, part = "", ""
    for start, end in all_sentences:
        if start and "\n" in text[max(0, start - 1) : start]:
            paragraph += 1
        sentence = text[start:end]
        if _HEADING.match(sentence) and len(sentence.strip()) <= 45:
            heading = sentence.strip()
            if _PART.match(heading):
                part = heading
        paragraphs.append(paragraph)
        headings.append(heading if part in ("", heading) else f"{part} {heading}")
    return _Layout(
        text, all_sentences, all_clauses, tuple(owner), tuple(paragraphs), tuple(headings)
    )


def contexts(text: str, claims: Sequence[Mention]) -> tuple[ClaimContext, ...]:
    """The context of each claim, in their order. `claims` are sorted and do not overlap."""
    layout = _lay_out(text)
    found, number = [], 0
    for at, claim in enumerate(claims):
        while number + 1 < len(layout.clauses) and claim.start >= layout.clauses[number][1]:
            number += 1
        previous = claims[at - 1].end if at else 0
        following = claims[at + 1].start if at + 1 < len(claims) else len(text)
        found.append(_context(layout, claim, number, previous, following))
    return tuple(found)


def _context(
    layout: _Layout, claim: Mention, number: int, previous: int, following: int
) -> ClaimContext:
    text = layout.text
    start, end = layout.clauses[number]
    left_from = max(start, previous)
    before = text[left_from : claim.start]
    earlier = text[start:left_from]
    after = text[claim.end : max(claim.end, min(end, following))]
    if earlier and "、" in before:  # 291家企业、69个项目: what stands before 、 is the other's noun
        head, _, before = before.rpartition("、")
        earlier += head
    if _ENUMERATION.search(after):
        after = _ENUMERATION.sub("", after)
    elif claim.end < following < end and not _OTHERS_NOUN.sub("", after).strip():
        after = ""  # 城市低保3216人、农村低保21874人: what stands behind 、 is the next one's noun
    elif claim.end < following < end and "、" in after and "（" not in after:
        after = after.rpartition("、")[0]
    rest = text[max(claim.end, min(end, following)) : end]
    sentence = layout.sentence_of[number]
    heading = layout.heading_of[sentence]
    stretches = [
        (before, 1.0),
        (after, 1.0),
        (earlier, 0.8),
        (rest, 0.8 if not after else 0.5),
        *_inherited(layout, number, sentence),
    ]
    own_text = normalise(f"{before} {after}")
    return ClaimContext(
        mention=claim,
        before=before,
        after=after,
        clause=text[start:end],
        clause_number=number,
        sentence_number=sentence,
        paragraph_number=layout.paragraph_of[sentence],
        heading=heading,
        own=content_pairs(before) + content_pairs(after),
        nearness=_nearness((*stretches, (heading, 0.25))),
        own_text=own_text,
        own_groups=group_words(own_text),
        near_groups=group_words(normalise(" ".join(stretch for stretch, _ in stretches))),
        lead=text[start : claim.start],
        letters=frozenset(normalise(text[start:end])),
        nouns=_nouns(before, after, _clause_before(layout, number, sentence)),
        in_plan=bool(_PLAN.search(heading)),
    )


def _clause_before(layout: _Layout, number: int, sentence: int) -> str:
    """The clause before in the same sentence, '' for a sentence's first."""
    if number == 0 or layout.sentence_of[number - 1] != sentence:
        return ""
    start, end = layout.clauses[number - 1]
    return layout.text[start:end]


def _inherited(layout: _Layout, number: int, sentence: int) -> list[tuple[str, float]]:
    """Stretches around the clause that it may inherit its subject from, nearest first."""
    found, weight = [], 0.7
    at = number - 1
    while at >= 0 and layout.sentence_of[at] == sentence:
        start, end = layout.clauses[at]
        stretch = layout.text[start:end]
        found.append((stretch, min(weight, 0.4) if _CIRCUMSTANCE.match(stretch) else weight))
        weight = max(0.3, weight - 0.08)
        at -= 1
    follower = number + 1
    if follower < len(layout.clauses) and layout.sentence_of[follower] == sentence:
        start, end = layout.clauses[follower]
        if not any(c.isdigit() for c in layout.text[start:end]):
            found.append((layout.text[start:end], 0.4))
    if sentence and layout.paragraph_of[sentence - 1] == layout.paragraph_of[sentence]:
        start, end = layout.sentences[sentence - 1]
        found.append((layout.text[start:end], 0.3))
        first = sentence
        while first and layout.paragraph_of[first - 1] == layout.paragraph_of[sentence]:
            first -= 1
        start, end = layout.sentences[first]
        found.append((layout.text[start:end], 0.25))
    return found


def _nearness(stretches: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Pairs of all stretches with the nearness of the nearest that holds them."""
    nearness: dict[str, float] = {}
    for stretch, weight in sorted(stretches, key=itemgetter(1)):
        nearness.update(dict.fromkeys(pairs(normalise(stretch)), weight))
    return nearness
