"""This year's material as proposals for the fact list: sorted by cues, nothing worded anew.

Every text proposed is a stretch of the material; level and kind are guesses from words that stand
in it. A person confirms each row before a draft may use it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Final

import yaml

from drafter.numerals import read_mentions
from drafter.numerals.segments import sentences
from drafter.records.mention import Mention
from drafter.records.proposal import Gathered, Proposal, Skipped
from drafter.records.summary import Block, PastSummary, SummarySection
from drafter.verification.facts.wordlists import load_words

_ENUMERATOR: Final = re.compile(
    r"^[\s　]*(?:[一二三四五六七八九十]{1,3}是|[(（][一二三四五六七八九十0-9]{1,3}[)）]、?"
    r"|[0-9]{1,2}[.、．](?![0-9])|[①-⑳]|[一二三四五六七八九十]{1,3}、)[\s　]*"
)
_CONNECTOR: Final = re.compile(r"^(?:同时|此外|另外|并且|与此同时|特别是|尤其是|其中)[，,]?")
_PERIOD_HEAD: Final = re.compile(r"^(?:今年以?来|上半年|一年来|截至目前|目前)[，,]")
_DANGLING: Final = re.compile(r"^(?:该|其|此项|此次|上述|这)")
_TITLE: Final = re.compile(r"《[^《》\n]{2,60}》")
_QUOTED: Final = re.compile(r"“[^“”\n]{2,40}”")
_NAMES: Final = re.compile(
    r"(?:[^，、；：。“”《》\s]{2,16}、)+[^，、；：。“”《》\s]{2,16}等[0-9一二三四五六七八九十]"
)
_ACTOR: Final = re.compile(
    r"^[\u4e00-\u9fff]{2,16}?(?:公司|集团|股份|局党组|局|委员会|办公室|中心|支部|学院|大学|乡|镇|街道|园区|开发区)"
    r"(?=[^，。；、和与及]{2})"
)
_FIRM_FIGURE: Final = re.compile(
    r"(?:公司|集团|股份|泵业|科技|电子|阀门|机械).{0,30}(?:产值|税收|利润|贷款|融资|营业收入)"
)
_NOT_LETTERS: Final = re.compile(r"[\W_]+")
_TOO_SHORT: Final = 6
_SAME: Final = 0.85


@dataclass(frozen=True, slots=True)
class Cues:
    """The words that tell kinds, stages and levels."""

    kinds: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    """Kind -> its cues; a cue is one word, or two that follow each other."""
    stages: tuple[str, ...]
    levels: tuple[tuple[str, tuple[str, ...]], ...]
    leveled: frozenset[str]
    internal: tuple[str, ...]


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """The package's own cues."""
    text = files("drafter.writing").joinpath("data/gathering.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    return Cues(
        kinds=tuple(
            (kind, tuple(tuple(cue.split("+")) for cue in str(words).split()))
            for kind, words in data["kinds"].items()
        ),
        stages=tuple(data["stages"].split()),
        levels=tuple((level, tuple(words.split())) for level, words in data["levels"].items()),
        leveled=frozenset(data["leveled"].split()),
        internal=tuple(data["internal"].split()),
    )


def gather(
    materials: Sequence[PastSummary], *, year: int | None = None, cues: Cues | None = None
) -> Gathered:
    """Proposals from some texts, in their order; what is said twice is proposed once.

    Args:
        materials: The texts, cleaned and cut into sections.
        year: The year of the draft: what is dated in an earlier one is not proposed.
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
    return Gathered(tuple(kept), tuple(skipped), len(proposals) - len(kept))


def _of_text(text: PastSummary, year: int | None, cues: Cues) -> Iterator[Proposal | Skipped]:
    for section in text.walk():
        topic = _topic(section)
        heading = section.heading.text if section.heading and not topic else ""
        for block in section.paragraphs:
            for start, end in sentences(block.text):
                found = _of_sentence(block, start, end, topic, year, cues)
                if found is None:
                    continue
                basis = f"{_file_name(text)}第{_paragraph(text, block, start)}段"
                yield (
                    replace(found, basis=basis)
                    if isinstance(found, Skipped)
                    else replace(found, basis=basis, section=heading)
                )


def _file_name(text: PastSummary) -> str:
    return text.file.replace("\\", "/").rsplit("/", 1)[-1]


def _paragraph(text: PastSummary, block: Block, start: int) -> int:
    """Number of the paragraph in the file's own text, from 1; empty ones count."""
    return text.source.count("\n", 0, block.offsets[start]) + 1


def _topic(section: SummarySection) -> str:
    """问题 or 打算 where the headings above say so."""
    path = "".join(section.path) + (section.heading.text if section.heading else "")
    if re.search(r"问题|不足|困难|短板", path) and not re.search(r"解决|破解|化解|纾困", path):
        return "问题"
    return "打算" if re.search(r"下一步|下步|打算|计划|安排|思路|明年|下半年", path) else ""


def _of_sentence(
    block: Block, start: int, end: int, topic: str, year: int | None, cues: Cues
) -> Proposal | Skipped | None:
    text = _trimmed(block.text[start:end])
    if len(_NOT_LETTERS.sub("", text)) < _TOO_SHORT:
        return None
    mentions = read_mentions(text)
    past = _other_year(mentions, year)
    if past:
        return Skipped(text, "", f"记的是{past}年的事")
    kind = topic or _kind(text, cues)
    if not kind:
        reason = (
            "只有数据，请填入指标表" if any(one.claim for one in mentions) else "不是可列的事项"
        )
        return Skipped(text, "", reason)
    return Proposal(
        text=text,
        kind=kind,
        title=_title(text),
        date=next((one.text for one in mentions if one.kind == "date"), ""),
        actor=_actor(text),
        level=_level(text, cues) if kind in cues.leveled else "",
        stage=next((stage for stage in cues.stages if stage in text), ""),
        disclosure="内部" if any(word in text for word in cues.internal) else "",
        note=_note(text, kind),
    )


def _trimmed(sentence: str) -> str:
    """A sentence without number, connector and full stop: still a stretch of the text."""
    text = _ENUMERATOR.sub("", sentence.strip())
    text = _PERIOD_HEAD.sub("", _CONNECTOR.sub("", text))
    return text.strip().rstrip("。；;，, 　")


def _other_year(mentions: Sequence[Mention], year: int | None) -> int | None:
    """The earlier year that the sentence tells of, where it names no other."""
    named = {
        one.span.year
        for one in mentions
        if one.kind in ("date", "period") and one.span is not None and one.span.year
    }
    if year is None or not named or any(one >= year for one in named):
        return None
    return max(named)


def _kind(text: str, cues: Cues) -> str:
    if _NAMES.search(text) and not any(word in text for word in ("举办", "召开")):
        return "名单"
    return next(
        (kind for kind, words in cues.kinds if any(_stands(cue, text) for cue in words)), ""
    )


def _stands(cue: tuple[str, ...], text: str) -> bool:
    place = 0
    for word in cue:
        place = text.find(word, place)
        if place < 0:
            return False
        place += len(word)
    return True


def _title(text: str) -> str:
    """The first title or quoted term."""
    found = _TITLE.search(text)
    if found:
        return found[0]
    quoted = _QUOTED.search(text)
    return quoted[0] if quoted else ""


def _actor(text: str) -> str:
    """Who did it, where the sentence opens with a body and not with the doing."""
    found = _ACTOR.match(text)
    if found is None or "同志" in found[0] or found[0].startswith(load_words().actions):
        return ""
    return found[0]


def _level(text: str, cues: Cues) -> str:
    """The level of the first awarding body named; '' where none is."""
    places = [
        (text.find(word), level) for level, words in cues.levels for word in words if word in text
    ]
    return min(places)[1] if places else ""


def _note(text: str, kind: str) -> str:
    notes = []
    if _DANGLING.match(text):
        notes.append("承接上文，请补写主语")
    if _FIRM_FIGURE.search(text):
        notes.append("涉及单个企业的经营数据，请核对能否公开")
    if kind == "提法":
        notes.append("提法须与文件一字不差")
    return "；".join(notes)


def _without_repeats(proposals: Iterable[Proposal]) -> list[Proposal]:
    """The fuller of two that say the same; the same with other numbers stays, and says so."""
    kept: list[Proposal] = []
    for one in proposals:
        at = next((n for n, other in enumerate(kept) if _alike(one.text, other.text)), None)
        if at is None:
            kept.append(one)
            continue
        other = kept[at]
        if _numbers(one.text) - _numbers(other.text) and _numbers(other.text) - _numbers(one.text):
            kept.append(replace(one, note=_joined(one.note, f"与{other.basis}所说的数不同")))
            continue
        fuller = one if len(one.text) > len(other.text) else other
        basis = (
            other.basis if one.basis in other.basis.split("；") else f"{other.basis}；{one.basis}"
        )
        kept[at] = replace(fuller, basis=basis)
    return kept


def _joined(*notes: str) -> str:
    return "；".join(note for note in notes if note)


def _alike(one: str, other: str) -> bool:
    """One holds nearly all pairs of letters of the other (numbers aside)."""
    first, second = _letters(one), _letters(other)
    if not first or not second:
        return first == second and one == other
    if first in second or second in first:
        return min(len(first), len(second)) >= _TOO_SHORT
    pairs, others = _pairs(first), _pairs(second)
    return len(pairs & others) >= _SAME * min(len(pairs), len(others))


def _letters(text: str) -> str:
    return re.sub(r"[\W_0-9]+", "", text)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


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
