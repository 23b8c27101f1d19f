"""Names of rows as the beginning of a clause: what stands before and after the figure.

Names in tables are labels: 进入…名单企业数, 全体干部职工大会组织学习…次数, …占GDP比重. A clause
wants 9家企业进入…名单, 在全体干部职工大会上组织学习…12次. Knows words, nothing of sentences.

>>> subject_of("进入绿色工厂名单企业", "家")
Subject(lead='', tail='企业进入绿色工厂名单')
"""

import re
from dataclasses import dataclass

from drafter.records.quantity import unit


@dataclass(frozen=True, slots=True)
class Subject:
    """Words before and behind a figure; plain text, not yet escaped."""

    lead: str
    tail: str = ""


HEADS = (
    *("企业", "项目", "产品", "平台", "园区", "单位", "个人", "人才", "案例", "集群", "车间"),
    *("工厂", "场景", "品牌", "基地", "机构"),
)
_ENTERING = re.compile(r"(?P<verb>进入|纳入|入选|列入|入围|跻身|上榜)(?P<rest>.+)")
_IN_MEDIA = re.compile(
    r"(?:新闻媒体|各级媒体|主流媒体|门户网站|[^，]{0,6}媒体)(?=发表|刊发|刊登|推出)"
)
_AT_MEETING = re.compile(r"(?P<at>.{2,14}?(?:大会|会议|例会))(?P<act>组织|学习|传达|开展|集中)")
_VERBS = re.compile(
    "新增|新建|新认定|申报|认定|反馈|发表|刊发|组织|开展|完成|选派|派出|帮扶|摸排|解决|交办|办结|办理|"
    "兑现|发放|代缴|退税|审核|放贷|放款|制作|调度|抽查|报道|收集|排查|整改|备案|入库|登记|入园|入驻|"
    "上榜|建设|引进|签约|争取|协调|检查|培训|走访|慰问|诊断|改造|联系|评价|培育|举办|实施|集中学习|"
    "研讨|授信|发展|选举|产生|讲|修订|到会|出动|保障|覆盖|盘活|注册|组建|投用|高于|低于|提高|接待|受理|"
    "指导|达成|招聘|宣讲|演练|发布|出台|印发|制定|参加|参与|帮扶|减少|节约|降低|淘汰|带动|吸纳|安置|"
    "扶持|帮助|服务企业|净增|退出|淘汰|拆除|关停|投产|开工|竣工|授权|转化|推荐|获批|获评|推广|处置"
)
# Endings that turn a name with a verb inside into a thing: it wants a verb of its own.
_THING = re.compile(
    r"(?:总数|总量|拥有量|总额|金额|资金|[^进出]口额|成交额|产值|增加值|收入|税金|税收|投资|支出|比重|占比|比例|率|"
    r"里程|面积|产量|用电量|强度)$"
)
_COMPLETED = re.compile(r"(?:投资|税金|税收|业务总量)$")
_REALISED = re.compile(r"(?:增加值|利润总额|利润|营业收入|营收)$")


def subject_of(name: str, written: str) -> Subject:
    """The words around the figure of a counted thing.

    Args:
        name: A name without the ending that announces the number (`phrases.bare`).
        written: The unit; 在…上 and 9家企业进入… are only for what is counted.
    """
    if unit(written).kind in ("counter", "people", "visits"):
        entering = _ENTERING.fullmatch(name)
        if entering:
            return _entered(name, entering)
    meeting = _AT_MEETING.match(name)
    if meeting:
        return Subject(f"在{meeting['at']}上{name[meeting.end('at') :]}")
    if name.endswith("建设") and not _VERBS.search(name[:-2]):
        return Subject(f"完成{name}")
    media = _IN_MEDIA.match(name)
    if media:
        return Subject(f"在{name}")
    return Subject(name)


def _entered(name: str, match: re.Match[str]) -> Subject:
    """9家 + 企业进入…名单."""
    verb, rest = match["verb"], match["rest"]
    target, of, head = rest.rpartition("的")
    if of and target and head:
        return Subject("", f"{head}{verb}{target}")
    for head in HEADS:
        if rest.endswith(head) and len(rest) > len(head) + 1:
            return Subject("", f"{head}{verb}{rest[: -len(head)]}")
    return Subject(name)


def verb_for(lead: str, written: str, size: float) -> str:
    """What links a name and its figure: 完成, 实现, 达, 为, 共 or nothing.

    Args:
        lead: The words before the figure.
        written: The unit.
        size: The value; small counts of things are 共, large ones 达.
    """
    kind = unit(written).kind
    if kind in ("percent", "points"):
        if re.search(r"高于|低于|提高|提升|回落|收窄|扩大|快于", lead):
            return ""
        return "为" if re.search(r"(?:比重|占比|比例|强度)$", lead) else "达"
    if _VERBS.search(lead.rpartition("的")[2]) and not _THING.search(lead):
        return ""
    if kind == "money" and lead.startswith(("完成", "争取", "兑现", "发放", "为企业")):
        return ""
    if re.search(r"完成|实现|争取|到位", lead):
        return ""
    if _COMPLETED.search(lead):
        return "完成"
    if _REALISED.search(lead):
        return "实现"
    if size < 20 and written in ("次", "场", "期", "轮", "轮次", "场次"):
        return ""
    counted = kind in ("counter", "people") and unit(written).factor == 1
    return "共" if counted and size < 20 and not lead.endswith(("总数", "量")) else "达"


_OUTCOME = re.compile(
    r"(?P<what>.{4,}?)(?P<outcome>认定成功|成功认定|通过认定|认定通过|审核通过|整改到位|整改完成|办结|获批|到位)$"
)


def outcome_of(lead: str, earlier: str) -> str | None:
    """What became of the things counted before: 认定成功 of the 申报…企业; None where it is not that.

    >>> outcome_of("第二批高新技术企业认定成功", "申报第二批高新技术企业")
    '认定成功'
    """
    found = _OUTCOME.fullmatch(lead)
    return found["outcome"] if found and earlier.endswith(found["what"]) else None


# Where a name may be cut so that its rest still says enough beside the one before it.
_BOUNDARY = re.compile(
    r"(?:[”》）)]|企业|产业|行业|项目|登记|退税|公司|集群|合同|反馈|帮扶|基站|入库|园区|集体|领域|审核放贷|贵金属)$"
)
_SHARED_VERB = re.compile(r"(?:新增|累计|新建|发放|完成|开展|申报|新认定)$")


def elided(previous: str, lead: str) -> str | None:
    """The rest of a name beside one that begins alike; None where it has to be said whole.

    >>> elided("“上云”企业", "“上云”平台")
    '平台'
    """
    if lead.startswith(previous) and len(previous) >= 4:
        return lead[len(previous) :]
    length = 0
    for one, other in zip(previous, lead, strict=False):
        if one != other:
            break
        length += 1
    while length:
        prefix, rest = lead[:length], lead[length:]
        if len(rest) >= 2 and _cut_here(prefix):
            return rest
        length -= 1
    return None


def _cut_here(prefix: str) -> bool:
    if prefix.count("“") != prefix.count("”") or prefix.count("（") != prefix.count("）"):
        return False
    whole = len(prefix) >= 4 and bool(_BOUNDARY.search(prefix))
    return whole or shares_verb(prefix)


def shares_verb(prefix: str) -> bool:
    """Nothing but a verb is shared: said once only between bare counts (新增甲1家、乙2家)."""
    return bool(_SHARED_VERB.fullmatch(prefix))
