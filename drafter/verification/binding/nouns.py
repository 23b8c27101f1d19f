"""What names a figure in a clause: its content words, apart from verbs and empty words.

Knows nothing of rows but the names that are handed in.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from drafter.keeping import kept
from drafter.verification.binding.names import normalise, pairs, without_tail
from drafter.verification.word_files import any_of, guarded, words_of

_EMPTY = guarded("empty_words.txt")
_MONTHS = re.compile(r"(?:\d{1,2}[—–~～至到-])?\d{1,2}月(?:份|底|末|\d{1,2}日)?")
_JOINED = re.compile(r"^[\s、，]*(?:以及|[和及与])")
_MANY = re.compile("[多少]$")
_VERBS = re.compile(f"(?:{any_of(words_of('verbs.txt'))})+")
_QUALIFIER = re.compile(any_of(words_of("qualifiers.txt")))
_PLACE = re.compile(
    r"\w{0,4}[省市县区州盟旗乡镇村](?:域|内|级以上)?|全社会|全体|辖区|我局|全局|全系统"
)
_TOWARDS = re.compile("[对向给把将于]")
_SAID_OF_IT = re.compile(
    "(?:总[额量值数]|规模|面积|产量|金额|增速|增幅|增长率?|目标值?|完成[率额]?|排名|位次|[额数量])*"
)
_AMOUNT = re.compile("(?<=..)总?[额数量]$")
_MEASURE = re.compile(any_of(words_of("measures.txt")))
_LEAST_SHARED = 2


def content_pairs(text: str) -> tuple[str, ...]:
    """Pairs of what is left of a stretch when words that name no indicator are out."""
    return tuple(pairs(normalise(_without_empty(text))))


def content_words(stretch: str) -> list[str]:
    """What is left of a stretch without words that name no indicator, as names are compared."""
    return [without_tail(word) for word in normalise(_without_empty(stretch)).split()]


def _without_empty(stretch: str) -> str:
    return _MANY.sub(" ", _EMPTY.sub(" ", _MONTHS.sub(" ", _JOINED.sub(" ", stretch))))


def only_a_verb(noun: str) -> bool:
    """组织126家企业参加: the verb names nothing, what stands behind the figure does."""
    return _VERBS.fullmatch(noun) is not None


@kept(4096)
def without_verb(noun: str) -> str:
    """发放移民后扶资金 -> 移民后扶资金; the noun itself where no verb stands first."""
    match = _VERBS.match(noun)
    return noun[match.end() :] if match and len(noun) - match.end() >= _LEAST_SHARED else noun


def qualifier(noun: str, names: Iterable[str]) -> str:
    """What stands before a shared name and is no part of the row's: 工业 of 工业固定资产投资.

    '' where a name holds all of the noun, where they share no end, and where only a verb or a
    place stands before. The shortest over all names of the row.
    """
    found = [_before_shared(noun, name) for name in names]
    return min(found, key=len, default="")


@kept(8192)
def _before_shared(noun: str, name: str) -> str:
    if noun in name:
        return ""
    noun = _AMOUNT.sub("", noun)
    longest = len(noun) - max(_LEAST_SHARED, (len(name) + 1) // 2)
    start = next((at for at in range(1, longest + 1) if noun[at:] in name), None)
    if start is None:
        return ""
    if _VERBS.match(noun, start):
        return ""  # 对干部职工开展谈心谈话: for whom, not what
    rest = _VERBS.split(noun[:start])[-1]
    if not rest or all(letter in name for letter in rest):
        return ""
    if _TOWARDS.match(rest) or (_PLACE.fullmatch(rest) and not narrows(rest)):
        return ""
    return rest


def narrows(word: str) -> bool:
    """The word before a name is known to make another indicator of it."""
    return _QUALIFIER.search(word) is not None


def narrows_beyond(word: str, names: Sequence[str]) -> bool:
    """The word before a shared name narrows it by what no name of the row holds.

    新建改造城镇 before 排水管网 narrows nothing where the row is 排水管网新建改造.
    """
    said = _QUALIFIER.findall(word)
    return any(not any(one in name for name in names) for one in said)


def unsaid_before(noun: str, names: Sequence[str], said: frozenset[str]) -> bool:
    """Every name of the row says more before the noun (装配式 of 装配式建筑面积) than the text does.

    `said` are the characters of the words around the claim.
    """
    more = [name.removesuffix(noun) for name in names if name.endswith(noun)]
    return bool(more) and all(
        rest and not said & frozenset(rest) and not _PLACE.fullmatch(rest) for rest in more
    )


def inserted(word: str, names: Iterable[str]) -> bool:
    """市重大科技攻关项目, 市重大攻关项目: the word only comes between parts of the name."""
    return any(word[:1] in name for name in names)


@kept(8192)
def just_names(noun: str, name: str) -> bool:
    """The noun is the name, apart from a place before it and what is said of it (增速, 目标)."""
    before, found, behind = name.partition(noun)
    if not found or not _SAID_OF_IT.fullmatch(behind):
        return False
    return not before or (_PLACE.fullmatch(before) is not None and not narrows(before))


@lru_cache(maxsize=8192)
def topic(name: str) -> str:
    """What a name is about, apart from how it is measured and from verbs before it."""
    return _MEASURE.sub(" ", without_verb(name))


@kept(4096)
def says_only_the_measure(noun: str) -> bool:
    """支出, 面积, 建成: nothing tells what it is said of; the topic stands before."""
    rest = _MEASURE.sub("", noun)
    return not rest or _VERBS.fullmatch(rest) is not None


@kept(8192)
def goes_on(noun: str, name: str) -> bool:
    """企业所得税支出 goes on behind the name 企业所得税: it may be something else."""
    _, found, behind = noun.partition(name)
    return bool(found and behind) and not _SAID_OF_IT.fullmatch(behind)
