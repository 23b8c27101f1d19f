"""This year's material as proposals for the fact list: sorted by cues, nothing worded anew.

Every text proposed is a stretch of the material; level and kind are guesses from words that stand
in it. A person confirms each row before a draft may use it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from drafter.numerals import read_mentions
from drafter.numerals.segments import sentences
from drafter.records.mention import Mention
from drafter.records.proposal import Gathered, Proposal, Skipped
from drafter.records.summary import PastSummary, SummarySection
from drafter.verification.facts.wordlists import load_words
from drafter.writing.aligning import pairs_of
from drafter.writing.sorting import (
    HEADLINE,
    Cues,
    actor_of,
    kind_of,
    level_of,
    load_cues,
    note_on,
    stage_of,
    tells_a_fact,
    title_of,
)

_ENUMERATOR: Final = re.compile(
    r"^[\s　]*(?:[一二三四五六七八九十]{1,3}是|[(（][一二三四五六七八九十0-9]{1,3}[)）]、?"
    r"|[0-9]{1,2}[.、．](?![0-9])|[①-⑳◆◇■□●○★☆▲•·※-]|[一二三四五六七八九十]{1,3}、)[\s　]*"
)
_CONNECTOR: Final = re.compile(r"^(?:同时|此外|另外|并且|与此同时|特别是|尤其是|其中)[，,]?")
_PERIOD_HEAD: Final = re.compile(r"^(?:今年以?来|上半年|一年来|截至目前|目前)[，,]")
_TAG: Final = re.compile(r"^\s*【([^【】\n]{2,12})】")
_MONTH: Final = re.compile(r"[0-9]{1,2}月份?")
_DAY: Final = re.compile(r"[0-9]{1,2}日")
_ITEM: Final = 3
"""Level from which on a heading with text behind it is an item of a list."""
_SHORT_ITEM: Final = 30
_NOT_LETTERS: Final = re.compile(r"[\W_]+")
_TOO_SHORT: Final = 6
_SHORT_PLAN: Final = 4
"""Problems and plans may be told in fewer letters."""
_SAME: Final = 0.85


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence of the material and where it stands."""

    text: str
    place: int
    """In the file's own text."""
    month: str = ""
    """`7月` where the sentence stands below that line of a chronicle."""

    @property
    def is_headline(self) -> bool:
        """The title of a material: a line without a full stop that ends as titles do."""
        return HEADLINE.search(self.text) is not None


def gather(
    materials: Sequence[PastSummary],
    *,
    year: int | None = None,
    listed: Sequence[str] = (),
    cues: Cues | None = None,
) -> Gathered:
    """Proposals from some texts, in their order; what is said twice is proposed once.

    Args:
        materials: The texts, cleaned and cut into sections.
        year: The year of the draft: what is dated in an earlier one is not proposed.
        listed: Texts that stand in the fact list already; they are not proposed again.
        cues: How sentences are sorted; the package's own if None.
    """
    known = cues or load_cues()
    proposals: list[Proposal] = []
    skipped: list[Skipped] = []
    for found in (each for one in materials for each in _of_text(one, year, known)):
        if isinstance(found, Skipped):
            skipped.append(found)
        else:
            proposals.append(found)
    kept = _without_repeats(proposals)
    merged = len(proposals) - len(kept)
    new = [one for one in kept if not any(_says_the_same(one.text, text) for text in listed)]
    return Gathered(tuple(new), tuple(skipped), merged, len(kept) - len(new))


def _of_text(text: PastSummary, year: int | None, cues: Cues) -> Iterator[Proposal | Skipped]:
    for section in text.walk():
        topic = _topic(section)
        head = "" if topic else _section_name(section)
        for piece in _pieces(text, section, topic):
            tag = _TAG.match(piece.text)
            body = piece.text[tag.end() :] if tag else piece.text
            found = _of_sentence(replace(piece, text=body), topic, year, cues)
            if tag and not topic:
                head = tag[1]
            if found is None:
                continue
            basis = f"{_file_name(text)}第{_paragraph(text, piece.place)}段"
            yield (
                replace(found, basis=basis)
                if isinstance(found, Skipped)
                else replace(found, basis=basis, section=head)
            )


def _pieces(text: PastSummary, section: SummarySection, topic: str) -> Iterator[_Piece]:
    """The sentences of a section, after its heading where that says something itself."""
    heading, month = section.heading, ""
    whole = _joined_item(text, section)
    if whole:
        yield whole
    elif heading and _speaks(section, topic):
        yield _Piece(heading.text, heading.offsets[0])
    for number, block in enumerate(section.paragraphs):
        if whole and number == 0:
            continue
        if _MONTH.fullmatch(block.text):
            month = block.text.removesuffix("份")
            continue
        for start, end in sentences(block.text):
            yield _Piece(block.text[start:end], block.offsets[start], month)


def _joined_item(text: PastSummary, section: SummarySection) -> _Piece | None:
    """`6.全国民主法治示范村：枫林村。`: an item of a list that a colon cuts in two."""
    if section.heading is None or not section.heading.run_in or section.level < _ITEM:
        return None
    rest = section.paragraphs[0]
    begin, end = section.heading.offsets[0], rest.offsets[-1] + 1
    between = text.source[section.heading.offsets[-1] + 1 : rest.offsets[0]]
    short = len(rest.text) <= _SHORT_ITEM and len(sentences(rest.text)) == 1
    return _Piece(text.source[begin:end], begin) if "：" in between and short else None


def _speaks(section: SummarySection, topic: str) -> bool:
    """A heading that is all there is of its item, or that names a problem or a plan."""
    if section.heading is None:
        return False
    if topic:
        return not _topic_of(section.heading.text)
    if section.level >= _ITEM and section.heading.run_in:
        return tells_a_fact(section.heading.text)
    return not section.paragraphs and not section.children


def _section_name(section: SummarySection) -> str:
    """The nearest heading that names a field of work, and neither an item nor a headline."""
    heading = section.heading
    if heading is None:
        return ""
    item = section.level >= _ITEM and heading.run_in
    headline = not heading.marker and (
        any(one.kind != "name" for one in read_mentions(heading.text))
        or heading.text.endswith("）")
        or HEADLINE.search(heading.text)
        or any(word in heading.text for word in load_words().events)
    )
    if not item and not headline:
        return heading.text
    return next((one for one in reversed(section.path[:-1])), "")


def _file_name(text: PastSummary) -> str:
    return text.file.replace("\\", "/").rsplit("/", 1)[-1]


def _paragraph(text: PastSummary, place: int) -> int:
    """Number of the paragraph in the file's own text, from 1; empty ones count."""
    return text.source.count("\n", 0, place) + 1


def _topic(section: SummarySection) -> str:
    """问题 or 打算 where the headings above say so."""
    return _topic_of("".join(section.path) + (section.heading.text if section.heading else ""))


def _topic_of(path: str) -> str:
    if re.search(r"问题|不足|困难|短板", path) and not re.search(r"解决|破解|化解|纾困", path):
        return "问题"
    return "打算" if re.search(r"下一步|下步|打算|计划|安排|思路|明年|下半年", path) else ""


def _of_sentence(
    piece: _Piece, topic: str, year: int | None, cues: Cues
) -> Proposal | Skipped | None:
    text = _trimmed(piece.text)
    shortest = _SHORT_PLAN if topic else _TOO_SHORT
    if len(_NOT_LETTERS.sub("", text)) < shortest or piece.is_headline:
        return None
    mentions = read_mentions(text)
    past = _other_year(text, mentions, year)
    if past:
        return Skipped(text, "", f"记的是{past}年的事")
    kind = topic or kind_of(text, cues)
    if not kind:
        reason = (
            "只有数据，请填入指标表" if any(one.claim for one in mentions) else "不是可列的事项"
        )
        return Skipped(text, "", reason)
    date = next((one.text for one in mentions if one.kind == "date"), "")
    return Proposal(
        text=text,
        kind=kind,
        title=title_of(text),
        date=piece.month + date if _DAY.fullmatch(date) else date,
        actor=actor_of(text, mentions, cues),
        level=level_of(text, kind, cues),
        stage=stage_of(text, cues),
        disclosure="内部" if any(word in text for word in cues.internal) else "",
        note=note_on(text, kind),
    )


def _trimmed(sentence: str) -> str:
    """A sentence without number, connector and full stop: still a stretch of the text."""
    text = _ENUMERATOR.sub("", sentence.strip())
    text = _PERIOD_HEAD.sub("", _CONNECTOR.sub("", text))
    return text.strip().rstrip("。；;，, 　")


def _other_year(text: str, mentions: Sequence[Mention], year: int | None) -> int | None:
    """The earlier year that the sentence tells of, where it names no other.

    2023年度全国…名单 is a name: it may be published this year.
    """
    named = {
        one.span.year
        for one in mentions
        if one.kind in ("date", "period")
        and one.span is not None
        and one.span.year
        and not text[one.end - 1 :].startswith(("度", "年度"))
        and not text[one.end :].startswith("度")
    }
    if year is None or not named or any(one >= year for one in named):
        return None
    return max(named)


def _without_repeats(proposals: Iterable[Proposal]) -> list[Proposal]:
    """The fuller of two that say the same; the same with other numbers stays, and says so."""
    kept: list[Proposal] = []
    for one in proposals:
        at = next((n for n, other in enumerate(kept) if _alike(one.text, other.text)), None)
        if at is None:
            kept.append(one)
            continue
        other = kept[at]
        if _numbers_differ(one.text, other.text):
            kept.append(replace(one, note=_joined(one.note, f"与{other.basis}所说的数不同")))
            continue
        fuller, shorter = (one, other) if len(one.text) > len(other.text) else (other, one)
        basis = (
            other.basis if one.basis in other.basis.split("；") else f"{other.basis}；{one.basis}"
        )
        kept[at] = replace(fuller, basis=basis, section=fuller.section or shorter.section)
    return kept


def _says_the_same(one: str, other: str) -> bool:
    return _alike(one, other) and not _numbers_differ(one, other)


def _numbers_differ(one: str, other: str) -> bool:
    """Each has a number that the other lacks."""
    first, second = _numbers(one), _numbers(other)
    return bool(first - second and second - first)


def _joined(*notes: str) -> str:
    return "；".join(note for note in notes if note)


def _alike(one: str, other: str) -> bool:
    """One holds nearly all pairs of letters of the other (numbers aside)."""
    first, second = _letters(one), _letters(other)
    if not first or not second:
        return first == second and one == other
    if first in second or second in first:
        return min(len(first), len(second)) >= _TOO_SHORT
    pairs, others = pairs_of(first), pairs_of(second)
    return len(pairs & others) >= _SAME * min(len(pairs), len(others))


def _letters(text: str) -> str:
    return re.sub(r"[\W_0-9]+", "", text)


def _numbers(text: str) -> frozenset[str]:
    return frozenset(one.core for one in read_mentions(text) if one.claim)


def as_row(proposal: Proposal) -> Mapping[str, str]:
    """A proposal by the heads of the fact list."""
    return {
        "板块": proposal.section,
        "类型": proposal.kind,
        "要点": proposal.text,
        "全称": proposal.title,
        "时间": proposal.date,
        "主体": proposal.actor,
        "级别": proposal.level,
        "阶段": proposal.stage,
        "依据": proposal.basis,
        "公开": proposal.disclosure,
        "备注": proposal.note,
    }
