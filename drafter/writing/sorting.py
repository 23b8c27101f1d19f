"""One sentence of this year's material as a row of the fact list: kind, actor, level, stage.

Everything is read from words that stand in the sentence; a person confirms the row.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

import yaml

from drafter.numerals import read_mentions
from drafter.numerals.segments import clauses
from drafter.records.mention import Mention
from drafter.verification.facts.lexicon import load_lexicon
from drafter.verification.facts.vocabulary import SLOT, unknown_words
from drafter.verification.facts.wordlists import load_words

_TITLE: Final = re.compile(r"《[^《》\n]{2,60}》")
_QUOTED: Final = re.compile(r"“[^“”\n]{2,40}”")
_NAMES: Final = re.compile(
    r"(?:[^，、；：。“”《》\s]{2,16}、)+[^，、；：。“”《》\s]{2,16}等[0-9一二三四五六七八九十]"
)
_DEMAND: Final = re.compile(
    r"^(?:[^，。：]{0,10}(?:要求|强调)[，：]|要(?!素|求|闻|点)|(?:各|相关)[^，。]{1,12}?(?:要(?!素|求)|须))"
)
_BLAME: Final = re.compile(
    r"^[^，。]{0,6}指出，(?:但|部分|个别|少数|一些|有的|当前)|^(?:有的|个别|少数|一些)[^，。]{0,20}[不未缺难]"
)
_FIRST_PERSON: Final = re.compile(r"我(?![局县市区省们院校国乡镇委办厅])|大家")
_FIRM_FIGURE: Final = re.compile(
    r"(?:公司|集团|股份|泵业|科技|电子|阀门|机械).{0,30}(?:产值|税收|利润|贷款|融资|营业收入)"
)
_DANGLING: Final = re.compile(r"^(?:该|其|此项|此次|上述|这)")
_OPENING: Final = re.compile(r"^(?:日前|近日|同日|当日|目前)?[，,]?[上下]午[，,]?|^[，,　\s]+")
_EXPLICIT: Final = re.compile(r"(国家级|省级|市级|县级)(?!领导|林长|河长|以上)")
_COMPARES: Final = re.compile(r"比|较|[低高优]于|同比|占|其中|排|居|位|在.*下")
_THANKS: Final = re.compile(r"来之不易|有目共睹|已经绘就|各项工作[^，]*(?:取得|推进)|成绩单")
HEADLINE: Final = re.compile(
    r"(?:提纲|讲话|纪要|简报|总结|要点|汇报|专报|动态|信息|素材|通报|报告|工作|情况|快报)(?:（.*）)?$"
)
_AFTER_GRANTS: Final = "活动"
"""Before this kind it is asked what was granted or built in words beyond the cues."""
_LONGEST_ACTOR: Final = 26


@dataclass(frozen=True, slots=True)
class Cues:
    """The words that tell kinds, stages, levels and actors."""

    kinds: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    """Kind -> its cues; a cue is one word, or several that follow each other."""
    stages: tuple[str, ...]
    awaited: re.Pattern[str]
    levels: tuple[tuple[str, re.Pattern[str]], ...]
    ambient: re.Pattern[str]
    leveled: frozenset[str]
    internal: tuple[str, ...]
    mending: re.Pattern[str]
    """补短板: a problem word that tells of its mending."""
    honour: re.Pattern[str]
    pilot: re.Pattern[str]
    works: re.Pattern[str]
    predicates: re.Pattern[str]
    bodies: tuple[str, ...]
    roles: re.Pattern[str]
    boilerplate: tuple[str, ...]


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """The package's own cues."""
    text = files("drafter.writing").joinpath("data/gathering.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    awaited = "|".join(data["awaited"].split())
    return Cues(
        kinds=tuple(
            (kind, tuple(tuple(cue.split("+")) for cue in str(words).split()))
            for kind, words in data["kinds"].items()
        ),
        stages=tuple(data["stages"].split()),
        awaited=re.compile(rf"(?:{awaited})[^，。；]{{0,12}}$"),
        levels=tuple(
            (level, re.compile("|".join(words.split()))) for level, words in data["levels"].items()
        ),
        ambient=re.compile(data["ambient"]),
        leveled=frozenset(data["leveled"].split()),
        internal=tuple(data["internal"].split()),
        mending=re.compile(data["mending"]),
        honour=re.compile("|".join(data["honour"].split())),
        pilot=re.compile("|".join(data["pilot"].split())),
        works=re.compile("|".join(data["works"].split())),
        predicates=re.compile("|".join(data["predicates"].split())),
        bodies=tuple(data["bodies"].split()),
        roles=re.compile(f"(?:{'|'.join(data['roles'].split())})$"),
        boilerplate=tuple(data["boilerplate"].split()),
    )


def kind_of(text: str, cues: Cues) -> str:
    """The kind of fact that a sentence tells; '' where it tells none.

    >>> kind_of("会议要求，各股室要倒排工期", load_cues())
    '打算'
    """
    if text.endswith("：") or text.startswith(cues.boilerplate):
        return ""
    if _FIRST_PERSON.search(_QUOTED.sub("", text)):
        return ""
    if _DEMAND.match(text):
        return "打算"
    if _BLAME.match(text):
        return "问题"
    if _NAMES.search(text) and not any(word in text for word in ("举办", "召开")):
        return "名单"
    worded = _worded(text, cues)
    rhetoric = _THANKS.search(text) or _is_data(text) or not _is_particular(text)
    return worded or ("" if rhetoric else "举措")


def tells_a_fact(text: str) -> bool:
    """A name, an honour, a once-only doing or a figure stands in it: no mere heading.

    >>> tells_a_fact("狠抓项目建设"), tells_a_fact("综合服务中心主体完工，设床位320张")
    (False, True)
    """
    words = load_words()
    named = _TITLE.search(text) or any(word in text for word in (*words.once, *words.honours))
    return bool(named) or any(one.claim for one in read_mentions(text))


def _worded(text: str, cues: Cues) -> str:
    """The kind by the first cue, else by what was granted, built or issued in other words."""
    told = cues.mending.sub("", text)
    for kind, words in cues.kinds:
        if kind == _AFTER_GRANTS:
            break
        if any(_stands(cue, told) for cue in words):
            return kind
    return _granted(told, cues) or next(
        (kind for kind, words in cues.kinds if any(_stands(cue, told) for cue in words)), ""
    )


def _granted(text: str, cues: Cues) -> str:
    """Kind by the ladder of a stage word: 被确定为…培育对象, 大桥合龙."""
    lexicon = load_lexicon()
    ladders = {
        lexicon.stages[one[0]][0]
        for one in lexicon.stage_pattern.finditer(text)
        if one[0] in lexicon.stages
    }
    weak = any(word in text for word in lexicon.weak)
    if "grant" in ladders or weak:
        if cues.honour.search(text):
            return "荣誉"
        if cues.pilot.search(text):
            return "获批试点"
    return "项目" if cues.works.search(text) else ""


def _is_particular(text: str) -> bool:
    """It says more than routine words and figures do, and says it of something."""
    for mention in reversed(read_mentions(text)):
        text = text[: mention.start] + SLOT + text[mention.end :]
    prose = re.sub(r"[，。；：、！？“”（）\s]", SLOT, text)
    known = load_lexicon().known
    return any(len(unknown_words(one, known, "")) > 1 for one in re.split("[\0]", prose))


def _is_data(text: str) -> bool:
    """Each of its clauses has a figure or a period, and none a name or a once-only doing."""
    if _TITLE.search(text) or _QUOTED.search(text):
        return False
    if any(word in text for word in load_words().once):
        return False
    pieces = [text[start:end] for start, end in clauses(text)]
    return all(
        any(one.claim or one.span for one in read_mentions(piece)) or _COMPARES.match(piece)
        for piece in pieces
    )


def _stands(cue: tuple[str, ...], text: str) -> bool:
    place = 0
    for word in cue:
        place = text.find(word, place)
        if place < 0:
            return False
        place += len(word)
    return True


def title_of(text: str) -> str:
    """The first title or quoted term."""
    found = _TITLE.search(text)
    if found:
        return found[0]
    quoted = _QUOTED.search(text)
    return quoted[0] if quoted else ""


def stage_of(text: str, cues: Cues) -> str:
    """The earliest stage named; one that is only awaited (待公示) just where there is no other."""
    named = [stage for stage in cues.stages if stage in text]
    reached = [one for one in named if not cues.awaited.search(text[: text.find(one)])]
    return next(iter(reached or named), "")


def level_of(text: str, kind: str, cues: Cues) -> str:
    """The level of the awarding body; '' where none is named.

    Honours, pilots, lists: of the first body in the clause that grants, else in the sentence.
    Documents: in the clause of the title. Others: only where the word itself stands (省级).
    """
    pieces = [text[start:end] for start, end in clauses(text)]
    telling = [piece for piece in pieces if kind_of(piece, cues) == kind] or pieces
    if kind not in cues.leveled:
        explicit = _EXPLICIT.search("".join(telling)) if kind == "项目" else None
        return explicit[1] if explicit else ""
    ranges = telling if kind == "制度文件" else [*telling, text]
    return next((level for level in (_first_level(one, cues) for one in ranges) if level), "")


def _first_level(text: str, cues: Cues) -> str:
    text = cues.ambient.sub("", _TITLE.sub("", text))
    found = [
        (match.start(), level) for level, words in cues.levels if (match := words.search(text))
    ]
    return min(found)[1] if found else ""


def actor_of(text: str, mentions: Sequence[Mention], cues: Cues) -> str:
    """Who did it or got it: the body or person before the predicate, where one opens the sentence."""
    first = mentions[0] if mentions else None
    start = first.end if first is not None and first.start <= 1 and first.kind == "date" else 0
    start += _opening(text[start:])
    end = next((b for a, b in clauses(text) if b > start), len(text))
    if text[end - 1 : end] == "，" and "、" not in text[start:end]:
        end -= 1
    for found in cues.predicates.finditer(text, start + 2, min(end, start + _LONGEST_ACTOR)):
        head = text[start : found.start()]
        if _is_doer(head, found[0], cues):
            return head
    return _owner(text[start:end], cues)


def _opening(text: str) -> int:
    """Length of what stands between a date and the actor."""
    found = _OPENING.match(text)
    return found.end() + _opening(text[found.end() :]) if found and found.end() else 0


def _is_doer(head: str, predicate: str, cues: Cues) -> bool:
    bare = head.removesuffix("一行").removesuffix("同志")
    if head.startswith(("我", "全", "各", "该", "本")) or _says_doing(head):
        return False
    place = bare.endswith(("县", "区", "市", "村", "社区"))
    if place and predicate not in ("荣获", "获", "被", "入选", "上榜", "列入", "创成"):
        return False
    return bare.endswith(cues.bodies) or _is_person(bare, cues)


def _says_doing(head: str) -> bool:
    """A verb stands in it, so it is more than a name: 会议决定成立城镇."""
    words = load_words()
    return head.startswith(words.actions) or any(
        word in head
        for word in (
            *words.once,
            "成功",
            "决定",
            "审定",
            "同意",
            "已",
            "将",
            "听取",
            "，",
            "。",
            "“",
            "《",
        )
    )


def _is_person(head: str, cues: Cues) -> bool:
    """Posts or a calling before two or three characters that begin with a surname."""
    lexicon = load_lexicon()
    for length in (3, 2):
        name, before = head[-length:], head[:-length]
        if len(name) == length and name[0] in lexicon.surnames:
            last = [found.end() for found in lexicon.post_pattern.finditer(before)]
            if not before or (last and last[-1] == len(before)) or cues.roles.search(before):
                return True
    return False


def _owner(clause: str, cues: Cues) -> str:
    """The firm or body that opens a clause and is followed by more: 绿源公司|二期项目投产."""
    ends = [
        found.end()
        for word in cues.bodies[:8]
        for found in re.finditer(re.escape(word), clause[:20])
        if 3 <= found.end() <= len(clause) - 2 and clause[found.end()] not in "、和与及的长员"
    ]
    head = clause[: min(ends)] if ends else ""
    whole = re.fullmatch(r"[\u4e00-\u9fff]{2,20}", head)
    return head if whole and not _says_doing(head) and not head.startswith(("我", "全")) else ""


def note_on(text: str, kind: str) -> str:
    """What a person should look at before confirming."""
    notes = []
    if _DANGLING.match(text):
        notes.append("承接上文，请补写主语")
    if _FIRM_FIGURE.search(text):
        notes.append("涉及单个企业的经营数据，请核对能否公开")
    if kind == "提法":
        notes.append("提法须与文件一字不差")
    return "；".join(notes)
