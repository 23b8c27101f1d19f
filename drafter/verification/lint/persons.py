"""People and names that a text writes in two ways, without any list from outside (L22, L23)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from drafter.records.claim import Issue
from drafter.verification.lint.issues import issue
from drafter.verification.lint.layout import Layout, Stretch

_GENERAL_SECRETARY = re.compile(r"(?P<before>[一-鿿]{0,3})总书记")
_KNOWN = ("习近平", "胡锦涛", "江泽民")
_DOUBLED = ("书记", "主席", "总理")
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
_POSTS = (
    r"(?:(?:省|市|县|区|州|镇|乡|局|院|校|旗)?(?:委|政府|人大|政协|纪委)?(?:党组|党委)?(?:常务)?副?"
    r"(?:书记|省长|市长|县长|区长|局长|主任|主席|院长|镇长|乡长|部长|处长|科长|厅长|校长|董事长|总经理))"
)
_SINGLE = ("书记", "省长", "市长", "县长", "区长", "局长", "部长")
"""Posts that one person holds at a time; 主任 and 科长 are many."""
_PERSON = re.compile(
    rf"(?P<post>{_POSTS})(?P<name>[{_SURNAMES}][一-鿿]{{1,2}}?)"
    r"(?=(?:一行|同志|等|带队|带领|率|主持|出席|深入|赴|到|在|作|为|就|调研|参加|指出|强调|对|、|，|,|。|；|）|和|与|$))"
)
_QUOTED = re.compile(r"[“《](?P<name>[^“”《》\n，。；]{7,30})[”》]")
_DEFINED = re.compile(
    r"[（(](?:以下|下)?简?称[：:]?(?:为)?[“《](?P<short>[^”》\n]{2,16})[”》][)）]"
)
_ORDER = re.compile(
    r"[0-9一二三四五六七八九十百千万上中下甲乙丙东南西北前后大小新老正副省市县区镇乡村国两双]"
)


def naming_issues(layout: Layout) -> Iterator[Issue]:
    """L22 and L23."""
    yield from _general_secretary(layout.text)
    yield from _people(layout.text)
    yield from _quoted_names(layout)
    yield from _short_before_full(layout.text)


def _general_secretary(text: str) -> Iterator[Issue]:
    """总书记 with the name lost (书记总书记), or without it all through the text."""
    matches = list(_GENERAL_SECRETARY.finditer(text)) if "总书记" in text else []
    named = [one for one in matches if one["before"].endswith(_KNOWN)]
    for match in matches:
        place = (match.end() - len("总书记"), match.end())
        if match["before"].endswith(_DOUBLED):
            message = f"“{match['before'][-2:]}总书记”有误，“总书记”前应为姓名"
            yield issue("L22", "error", (place[0] - 2, place[1]), message)
    if matches and not named and not any(one["before"].endswith(_DOUBLED) for one in matches):
        last = matches[0].end()
        yield issue("L22", "warning", (last - 3, last), "全文只写“总书记”而没有姓名，请补写姓名")


def _people(text: str) -> Iterator[Issue]:
    """One post with two names that differ by a character; one name with two posts."""
    by_post: dict[str, dict[str, Stretch]] = defaultdict(dict)
    by_name: dict[str, dict[str, Stretch]] = defaultdict(dict)
    for match in _PERSON.finditer(text):
        by_post[match["post"]].setdefault(match["name"], match.span("name"))
        by_name[match["name"]].setdefault(match["post"], match.span())
    for post, names in by_post.items():
        for one, other in combinations(names, 2):
            if post.endswith(_SINGLE) and "副" not in post and _differ_by_one(one, other):
                message = f"{post}的姓名前后不一：“{one}”与“{other}”，请核对"
                yield issue("L22", "warning", names[other], message, [names[one]])
    for name, posts in by_name.items():
        for one, other in combinations(posts, 2):
            same_body = one.replace("副", "") == other.replace("副", "")
            if same_body and ("副" in one) != ("副" in other):
                message = f"“{name}”的职务前后不一：“{one}”与“{other}”，请核对"
                yield issue("L22", "warning", posts[other], message, [posts[one]])


def _differ_by_one(one: str, other: str) -> bool:
    if len(one) != len(other):
        return False
    changed = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(changed) == 1


def _quoted_names(layout: Layout) -> Iterator[Issue]:
    """A name in quotes that stands elsewhere with one character changed, lost or added.

    Names listed side by side in one sentence are two things; so are short ones (两个回头看).
    """
    first: dict[str, Stretch] = {}
    for match in _QUOTED.finditer(layout.text):
        first.setdefault(match["name"], match.span("name"))
    by_length: dict[int, list[str]] = defaultdict(list)
    for name in first:
        by_length[len(name)].append(name)
    for length, names in by_length.items():
        for one, other in combinations(names, 2):
            yield from _variant(layout, first, one, other)
        for one in names:
            for other in by_length.get(length + 1, ()):
                yield from _variant(layout, first, one, other)


def _variant(layout: Layout, first: dict[str, Stretch], one: str, other: str) -> Iterator[Issue]:
    changed = _changed(one, other)
    together = layout.sentence_at(first[one][0]) == layout.sentence_at(first[other][0])
    if changed is None or together or _ORDER.search(changed):
        return  # 一期 and 二期, 省级 and 市级 are two things
    later, earlier = sorted((one, other), key=lambda name: -first[name][0])
    message = f"名称前后不一：前文为“{earlier}”，此处为“{later}”，请核对全称"
    yield issue("L23", "warning", first[later], message, [first[earlier]])


def _changed(one: str, other: str) -> str | None:
    """The characters in which two names differ, where that is one place only."""
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < min(len(one), len(other)) - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    rest = one[head : len(one) - tail], other[head : len(other) - tail]
    return "".join(rest) if max(map(len, rest)) == 1 else None


def _short_before_full(text: str) -> Iterator[Issue]:
    """以下简称“甲” stands behind places that already say “甲”."""
    if "简称" not in text:
        return
    for match in _DEFINED.finditer(text):
        short = match["short"]
        for mark in (f"“{short}”", f"《{short}》"):
            at = text.find(mark, 0, match.start())
            if at >= 0:
                message = f"简称{mark}在说明之前就已使用，请把说明移到第一次出现处"
                yield issue("L23", "warning", (at, at + len(mark)), message, [match.span()])
