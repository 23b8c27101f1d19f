"""What a clause without figures says by its build, whatever its words: a result, a campaign, an intent.

All its words may be routine words and it still tells of last year: 服务水平得到提升 is a result, 开展作风建设年活动
a campaign, 将加强服务 an intent, 对所有企业开展检查 a claim of completeness. The build of the clause gives it away.
"""

import re
from collections.abc import Sequence
from typing import Final

from drafter.verification.facts.wordlists import Words
from drafter.writing.clauses import Label, Refusal

_PASSIVE: Final = re.compile(
    r"得到|获得|受到|赢得|取得|有所|已(?!知)|均已|无一|零(?=发生|投诉|事故|违[规法])"
)
_BECOME: Final = re.compile(
    r"(?:常态化|规范化|制度化|标准化|精细化|长效化|到位|见效|有力|有序|有效|扎实|规范|顺畅|良好|健全|畅通|便捷|高效"
    r"|过硬|务实|稳定|有方|得力|充分|深入|突出|显现|加快|加大|增强|提高|提升|改善|好转)$"
)
_ADVERBS: Final = r"(?:积极|主动|进一步|大力|着力|切实|认真|扎实|全面|不断|持续|深入|加快|努力|全力|稳妥|及时|精准|更好|统筹|协同|联合|定期|常态化)*"
_MAKES: Final = re.compile(
    rf"^{_ADVERBS}(?:推动|推进|促进|保障|保证|维护|保持|督促|指导|引导|做到|坚持|助推|力促|实行|执行|遵守|完善|健全|制定|建立|落实"
    r"|统一|确保|抓|帮助|支持|激励|带动|强化|加强|优化|加快|以)"
)
"""What opens a measure that names the state it aims at: 推动服务规范, against 服务规范."""
_CLAIMED: Final = re.compile(
    r"^(?:有效|有力|成功|圆满|顺利|如期|提前|超额)(?!的|性)|使(?!用|命|馆)"
)
_CAMPAIGN: Final = re.compile(
    r"活动|(?:实施|开展|推进|打好|打赢|决战)[^，、]{0,12}(?:攻坚|会战|大比武|百日)|[^，、]{2}(?:建设|服务|提升|落实)[年月周季](?![度报])"
    r"|专项$|(?:开展|组织|搞好)[^，、]{2,}[月周日年]$|座谈|外出"
)
_FOUNDED: Final = re.compile(
    rf"^{_ADVERBS}建(?:立|成|起)[^，、]{{2,12}}(?:平台|库|窗口|中心|站|基地|队伍?|专班|园区)$"
)
_COMPLETE: Final = re.compile(r"所有(?!制|权|者)|每一|每个|每家|每名|一切|悉数|逐一|无遗漏")
_PEOPLE: Final = re.compile(
    r"^(?:[^，、]{0,4})(?:选派|选聘|招聘|招录|录用|聘请|邀请|抽调|引进|招引)"
)
_INTENT: Final = re.compile(r"^(?:我[局县区市])?(?:还|也|都)?(?:将|要|会|拟|准备|打算|计划)")
_BUILDS: Final[tuple[tuple[Label, re.Pattern[str], str], ...]] = (
    ("J", _PASSIVE, "没有数的成效表述"),
    ("J", _CLAIMED, "没有数的成效表述"),
    ("P", _CAMPAIGN, "属活动"),
    ("E", _COMPLETE, "说的是全部，要有事实为据"),
    ("E", _FOUNDED, "记一次性工作"),
    ("E", _PEOPLE, "记一次性工作"),
)


def telltale(text: str, words: Words) -> Refusal | None:
    """Why the build of a clause without figures forbids carrying it; None where nothing does.

    Args:
        text: The clause.
        words: The lists; 将 is an intent only before one of their actions.
    """
    for label, pattern, what in _BUILDS:
        found = pattern.search(text)
        if found:
            return Refusal(label, f"{what}（{found[0]}）")
    intent = _INTENT.match(text)
    if intent and text[intent.end() :].startswith(_verbs(words.actions)):
        return Refusal("G", f"谈目标和打算（{intent[0]}）")
    state = _BECOME.search(text)
    if state and state.start() > 1 and not _MAKES.match(text):
        return Refusal("J", f"没有数的成效表述（{state[0]}）")
    return None


def _verbs(actions: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in actions if len(word) > 1)
