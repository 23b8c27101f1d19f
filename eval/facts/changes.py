"""Corruptions and harmless rewritings of told facts. Each takes a case and says what to write instead."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from drafter.records.fact import Fact
from eval.facts.worlds import FIRMS, PLACES, World

_QUOTED = re.compile(r"“([^“”]{2,40})”")
_TITLED = re.compile(r"《([^《》]{2,80})》")
_LIST = re.compile(
    r"((?:(?!等)[\u4e00-\u9fff]){3,8}(?:、(?:(?!等)[\u4e00-\u9fff]){3,8}){2,})(等)?(\d+)家"
)
_SESSION = re.compile(r"第([二三四五六七八九])届")
_YEAR = re.compile(r"20[0-9]{2}")
_PERSON = re.compile(r"([\u4e00-\u9fff]{2,3})同志")
_DOCUMENT = re.compile(r"〔(20[0-9]{2})〕(\d+)号")
_LEVELS = ("国家级", "省级", "市级", "县级")
_BARE = (("省工信厅", "工业和信息化部"), ("省科技厅", "科技部"), ("市政府", "省政府"),
         ("县委", "市委"), ("县直", "市直"), ("全省", "全国"), ("全市", "全省"))  # fmt: skip
_STAGES = (("开工建设", "竣工投产"), ("竣工投产", "开工建设"), ("公示名单", "名单"),
           ("列入", "获批"), ("公示", "认定"))  # fmt: skip
_VERBS = ("获评", "评为", "列入", "印发", "出台", "举办", "竣工", "开工", "组建", "进入", "推行",
          "设立", "入选", "升格", "制定")  # fmt: skip
_TELLING = 6
"""Characters around a name that tell whose it is: 印发《…》 alone is said of any document."""
_DATED = ("荣誉", "活动", "获批试点", "项目", "制度文件", "人事机构")
_OTHERS = "清远明川岭禾岳松石东安宁"


@dataclass(frozen=True, slots=True)
class Case:
    """A told fact: `world.text[start:end]` is `fact.text`."""

    world: World
    fact: Fact
    start: int
    chance: random.Random

    @property
    def said(self) -> str:
        """The fact as told."""
        return self.fact.text

    @property
    def end(self) -> int:
        """Where the telling ends."""
        return self.start + len(self.fact.text)


Operator = Callable[[Case], str | None]
"""What the telling becomes; None where the operator does not apply."""


def _instead(said: str, old: str, new: str) -> str | None:
    return said.replace(old, new, 1) if old in said and old != new else None


# Corruptions.


def stage_raised(case: Case) -> str | None:
    """公示 as 获批, 开工 as 竣工."""
    if case.fact.stage not in ("公示", "开工", "投产", "竣工"):
        return None
    for old, new in _STAGES:
        if old == "列入" and case.fact.stage != "公示":
            continue
        if old in case.said and (old != "公示" or "公示名单" not in case.said):
            changed = case.said.replace(old, new, 1)
            return changed.replace("公示", "") if old == "列入" else changed
    return None


def level_raised(case: Case) -> str | None:
    """省级 as 国家级."""
    for higher, lower in pairwise(_LEVELS):
        if lower in case.said:
            return case.said.replace(lower, higher, 1)
    for lower, higher in _BARE:
        if lower in case.said and higher not in case.said:
            return case.said.replace(lower, higher, 1)
    return None


def year_rolled(case: Case) -> str | None:
    """A year in a title's name."""
    titled = _TITLED.search(case.said)
    year = _YEAR.search(titled[0]) if titled else None
    if titled is None or year is None:
        return None
    at = titled.start() + year.start()
    return case.said[:at] + str(int(year[0]) + 1) + case.said[at + 4 :]


def title_swapped(case: Case) -> str | None:
    """Another fact's title."""
    return _swapped(case, _TITLED)


def quoted_swapped(case: Case) -> str | None:
    """Another fact's quoted name."""
    return _swapped(case, _QUOTED)


def _swapped(case: Case, pattern: re.Pattern[str]) -> str | None:
    own = pattern.search(case.said)
    if own is None or len(case.said) - len(own[0]) < _TELLING:
        return None
    others = [
        found[1]
        for fact in case.world.facts.facts
        if fact.id != case.fact.id
        for found in pattern.finditer(fact.text)
        if found[1] not in case.said and own[1] not in found[1]
    ]
    if not others:
        return None
    return case.said[: own.start(1)] + case.chance.choice(others) + case.said[own.end(1) :]


def character_changed(case: Case) -> str | None:
    """One character of a title or quoted name."""
    found = _TITLED.search(case.said) or _QUOTED.search(case.said)
    if found is None:
        return None
    places = [at for at in range(found.start(1), found.end(1)) if case.said[at] >= "\u4e00"]
    at = case.chance.choice([place for place in places if case.said[place] not in "（）、"])
    other = case.chance.choice([one for one in _OTHERS if one != case.said[at]])
    return case.said[:at] + other + case.said[at + 1 :]


def list_short(case: Case) -> str | None:
    """A firm has left the list, its count has not changed."""
    found = _LIST.search(case.said)
    if found is None or found[2]:
        return None
    names = found[1].split("、")
    names.pop(case.chance.randrange(len(names)))
    return case.said[: found.start(1)] + "、".join(names) + case.said[found.end(1) :]


def list_swapped(case: Case) -> str | None:
    """A firm that is not on the list."""
    found = _LIST.search(case.said)
    strange = [firm for firm in FIRMS if firm not in case.said and firm not in case.fact.actor]
    if found is None:
        return None
    name = case.chance.choice(found[1].split("、"))
    return case.said.replace(name, case.chance.choice(strange), 1)


def actor_swapped(case: Case) -> str | None:
    """Another firm's doing."""
    own = [firm for firm in FIRMS if firm in case.said]
    if not own or _LIST.search(case.said):
        return None
    strange = [firm for firm in FIRMS if firm not in case.said]
    return case.said.replace(case.chance.choice(own), case.chance.choice(strange), 1)


def quantifier_added(case: Case) -> str | None:
    """首次, 率先, 全部 before a verb that had none."""
    verb = next((one for one in _VERBS if one in case.said), None)
    word = case.chance.choice(("首次", "率先", "全部"))
    if verb is None or word in case.said:
        return None
    return case.said.replace(verb, word + verb, 1)


def judgement_against_sign(case: Case) -> str | None:
    """A falling row said to rise, behind the fact."""
    falling = [
        row
        for row in case.world.table.rows
        if row.yoy is not None and row.yoy.number.value < 0 and row.status != "目标"
    ]
    if not falling or case.fact.kind in ("打算", "提法"):
        return None
    row = case.chance.choice(falling)
    praise = case.chance.choice(("持续增长", "大幅增长", "再创新高", "实现新突破", "稳步攀升"))
    return f"{case.said}，{row.name.removesuffix('数')}{praise}"


def old_slogan(case: Case) -> str | None:
    """What the fact supersedes."""
    old, own = _QUOTED.search(case.fact.supersedes), _QUOTED.search(case.said)
    if old is None or own is None or old[1] in case.said:
        return None
    return case.said[: own.start(1)] + old[1] + case.said[own.end(1) :]


def slogan_reordered(case: Case) -> str | None:
    """A 提法 with two of its parts in another order."""
    own = _QUOTED.search(case.said)
    parts = own[1].split("、") if own else []
    if own is None or case.fact.kind != "提法" or len(parts) < 2:
        return None
    parts[0], parts[1] = parts[1], parts[0]
    return case.said[: own.start(1)] + "、".join(parts) + case.said[own.end(1) :]


def document_number(case: Case) -> str | None:
    """Another year or number in 〔2024〕12号."""
    found = _DOCUMENT.search(case.said)
    if found is None:
        return None
    year, number = int(found[1]), int(found[2])
    written = case.chance.choice((f"〔{year - 1}〕{number}号", f"〔{year}〕{number + 1}号"))
    return case.said.replace(found[0], written)


def person_changed(case: Case) -> str | None:
    """A character of the name."""
    found = _PERSON.search(case.said)
    if found is None:
        return None
    other = case.chance.choice([one for one in _OTHERS if one not in found[1]])
    return case.said[: found.end(1) - 1] + other + case.said[found.end(1) :]


def post_changed(case: Case) -> str | None:
    """Another post."""
    if not _PERSON.search(case.said):
        return None
    return _instead(case.said, "局长", "县长") or _instead(case.said, "主任", "书记")


def session_rolled(case: Case) -> str | None:
    """第四届 as 第五届."""
    found = _SESSION.search(case.said)
    if found is None:
        return None
    other = "二三四五六七八九十"["二三四五六七八九".index(found[1]) + 1]
    return case.said.replace(found[0], f"第{other}届")


def date_moved(case: Case) -> str | None:
    """Another month before the fact."""
    date = case.fact.date
    if date is None or date.first is None or date.first != date.last or "月" in case.said:
        return None
    if case.fact.kind not in _DATED:
        return None
    return f"{date.first % 12 + 1}月，{case.said}"


def merged_across(case: Case) -> str | None:
    """What another got, given to the same: 甲厂获评A、B, though B went to another."""
    own, verb, title = _headed(case.said)
    for other in case.world.facts.facts:
        its, its_verb, its_title = _headed(other.text)
        other_owner = its != own and bool(its) and bool(own)
        if other.id != case.fact.id and title and its_verb == verb and other_owner:
            return case.said.replace(title, f"{title}、{its_title}", 1)
    return None


def merged_raised(case: Case) -> str | None:
    """Two facts merged, the level of one raised."""
    merged = two_merged(case)
    for lower, higher in (("省级", "国家级"), ("市级", "省级"), ("县级", "市级"), ("县直", "省直")):
        if merged is not None and lower in merged:
            return merged.replace(lower, higher, 1)
    return None


def honour_invented(case: Case) -> str | None:
    """An honour that nobody told."""
    level = case.chance.choice(("全国", "全省", "全市"))
    name = case.chance.choice(("平安建设先进集体", "文明窗口单位", "科普示范单位", "双拥模范单位"))
    return f"{case.said}。我局荣获{level}{name}称号"


def title_invented(case: Case) -> str | None:
    """A document that nobody told."""
    name = case.chance.choice(("矿产资源管理细则", "校企合作备忘录", "驻村工作手册"))
    return f"{case.said}。印发《{name}》"


CORRUPTIONS: tuple[Operator, ...] = (
    stage_raised, level_raised, year_rolled, title_swapped, quoted_swapped, character_changed,
    list_short, list_swapped, actor_swapped, quantifier_added, judgement_against_sign, old_slogan,
    slogan_reordered, document_number, person_changed, post_changed, session_rolled, date_moved,
    honour_invented, title_invented, merged_across, merged_raised,
)  # fmt: skip

# Harmless rewritings.


def other_verb(case: Case) -> str | None:
    """荣获 for 获评, 召开 for 举办."""
    for old, new in (("获评", "荣获"), ("举办第", "召开第"), ("印发", "出台"), ("出台", "印发"),
                     ("列入", "进入"), ("设立", "成立"), ("组建", "成立"), ("进入", "入选"),
                     ("开工建设", "正式动工"), ("竣工投产", "建成投产")):  # fmt: skip
        if old in case.said:
            return case.said.replace(old, new, 1)
    return None


def filler_added(case: Case) -> str | None:
    """成功获评, 正式印发."""
    verb = next((one for one in _VERBS if one in case.said and f"被{one}" not in case.said), None)
    word = case.chance.choice(("成功", "顺利", "正式", "先后"))
    return case.said.replace(verb, word + verb, 1) if verb else None


def subject_added(case: Case) -> str | None:
    """今年, 一年来 and 同时 before the fact."""
    return case.chance.choice(("今年，", "同时，", "一年来，", "全年")) + case.said


def right_date(case: Case) -> str | None:
    """The fact's own month before it."""
    date = case.fact.date
    if date is None or date.first is None or date.first != date.last or "月" in case.said:
        return None
    return f"{date.first}月，{case.said}"


def list_reordered(case: Case) -> str | None:
    """The same firms in another order."""
    found = _LIST.search(case.said)
    if found is None:
        return None
    names = found[1].split("、")
    return case.said.replace(found[1], "、".join(names[1:] + names[:1]), 1)


def short_title(case: Case) -> str | None:
    """A title without the place and the years that all know."""
    found = _TITLED.search(case.said)
    short = re.sub(r"^[\u4e00-\u9fff]{2}[县市区]|（[^（）]*）", "", found[1]) if found else ""
    if found is None or short == found[1]:
        return None
    return case.said.replace(found[1], short, 1)


def routine_behind(case: Case) -> str | None:
    """A routine clause behind the fact."""
    return case.said + case.chance.choice(
        ("，各项工作有序推进", "，为企业发展提供有力支撑", "，营造良好氛围")
    )


def cut_in_two(case: Case) -> str | None:
    """A full stop where a comma was."""
    return case.said.replace("，", "。", 1) if "，" in case.said else None


def other_quotes(case: Case) -> str | None:
    """「」 for “”."""
    return case.said.replace("“", "「").replace("”", "」") if "“" in case.said else None


def award_in_full(case: Case) -> str | None:
    """…称号 behind an award."""
    return case.said + "称号" if case.fact.kind == "荣誉" else None


def took_office(case: Case) -> str | None:
    """担任 for 任."""
    return _instead(case.said, "同志任", "同志担任")


def said_twice(case: Case) -> str | None:
    """The fact once more behind a semicolon."""
    return f"{case.said}；{case.said}"


def clauses_swapped(case: Case) -> str | None:
    """The second clause before the first."""
    if case.fact.kind not in _DATED or case.said.count("，") != 1 or not _apart(case.said):
        return None
    first, second = case.said.split("，")
    return None if second.startswith(("成为", "全省共")) else f"{second}，{first}"


def award_reworded(case: Case) -> str | None:
    """被评为, 荣膺, 被授予 for 获评."""
    word = case.chance.choice(("被评为", "荣获", "荣膺", "被授予"))
    return _instead(case.said, "获评", word)


def date_in_full(case: Case) -> str | None:
    """2024年5月, 今年5月, 5月份 before the fact."""
    date = case.fact.date
    if date is None or date.first is None or date.first != date.last or "月" in case.said:
        return None
    year = f"{date.year}年" if date.year else ""
    forms = (f"{year}{date.first}月，", f"今年{date.first}月，", f"{date.first}月份，")
    return case.chance.choice(forms) + case.said


def place_as_ours(case: Case) -> str | None:
    """我县 for the place before a doing."""
    found = re.match(r"([\u4e00-\u9fff]{2})([县市区])(?=[\u4e00-\u9fff]{4})", case.said)
    if found is None or found[0] not in PLACES:
        return None
    return f"我{found[2]}{case.said[found.end() :]}"


def two_merged(case: Case) -> str | None:
    """Two facts of one doing as one clause: 印发《甲》《乙》."""
    own, verb, title = _headed(case.said)
    if not title:
        return None
    for other in case.world.facts.facts:
        its, its_verb, its_title = _headed(other.text)
        if other.id != case.fact.id and (its, its_verb) == (own, verb) and its_title != title:
            joint = case.chance.choice(("、", "和", "及"))
            return case.said.replace(title, f"{title}{joint}{its_title}", 1)
    return None


def two_joined(case: Case) -> str | None:
    """Another fact of the year in the same sentence behind 并 or a comma."""
    others = [
        one.text
        for one, _ in case.world.told()
        if one.id != case.fact.id and one.kind in ("制度文件", "活动") and _apart(one.text)
    ]
    if case.fact.kind not in ("制度文件", "活动") or not others:
        return None
    return f"{case.said}，{case.chance.choice(('', '并', '还'))}{case.chance.choice(others)}"


def _apart(said: str) -> bool:
    """Its clauses do not lean on each other by a date or a demonstrative."""
    return not re.search(r"^(?:提请|按照|针对)|该|其", said)


def _headed(said: str) -> tuple[str, str, str]:
    """What stands before a verb, the verb, and the name it has: 印发, 《…》."""
    clause = said.split("，", maxsplit=1)[0]
    for verb in ("印发", "出台", "获评", "推行", "举办", "任"):
        head, found, rest = clause.partition(verb)
        if found and len(rest) > 3:
            return head, verb, rest
    return "", "", ""


REWRITINGS: tuple[Operator, ...] = (
    other_verb, filler_added, subject_added, right_date, list_reordered, short_title,
    routine_behind, cut_in_two, other_quotes, award_in_full, took_office, said_twice,
    clauses_swapped, award_reworded, date_in_full, place_as_ours, two_merged, two_joined,
)  # fmt: skip
