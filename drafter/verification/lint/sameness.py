"""One quantity told twice in a text, without a table: two values, two ranks, 预计 or not.

What a figure is of is read from the words that open its clause; only a clause that is nothing but
name, verb and figure counts, so that two figures of one name, time and scope are indeed of
one thing. Rules L02, L11, L13.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from drafter.records.claim import Issue, Level
from drafter.records.mention import Mention
from drafter.verification.lint.figures_beside import interval, plain_numbers
from drafter.verification.lint.issues import issue
from drafter.verification.lint.layout import Layout, Stretch

_LEAD = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}是|今年以来|今年|全年|截至目前|目前|累计|预计|(?P<scope>全[国省市县区州盟旗]|我[省市县区局州]))+"
)
_CHANGE = r"(?:同比|比上年同期|比上年|比去年|较上年|较去年)?(?:增长|下降|增速|增幅)?(?:为|达到?)?"
_VERB = r"(?:预计|累计|将|已|共|总额?)*(?:完成|达到|达|实现|为|增至|约)*"
# What figures are commonly of: only such a name is surely one thing wherever it stands.
_NAME = re.compile(
    r"^(?P<name>(?!完成|实现|新增|新建|保持|其[中他]|争取|累计|分别|人均(?!可支配))[一-鿿A-Za-z]{1,18}?"
    r"(?:值|额|收入|支出|投资|税收|税金|利润|产量|总产|用电量|率|人口|总量|吞吐量|总里程|经费|GDP|总数|粮食面积|企业数))"
    rf"(?:(?P<level>{_VERB})|(?P<change>{_CHANGE})"
    r"|(?P<of>总量|增速|增幅)?(?:排名?|列|居|位居|位列|名列|排在)+(?P<among>全[国省市县区州])?)$"
)
_NEAR = Fraction(5, 4)
_NEAREST = 60
"""Characters; a clause that is longer before its figure is no plain one."""
_SHORTEST_NAME = 4  # 总投资 and 利润 are of whatever was told last
_SEVERAL = re.compile(r"分别|[、和及与]|由|从|比20|年均|月均|日均|单位|其中|部分")
_GROWS = re.compile(rf"^[，,、]?{_CHANGE}$")
_GOAL = re.compile(r"力争|目标|计划|预期|确保|争取|将|要|左右|以上|任务|其中|以下|以内")
_PLAN_PART = re.compile(r"打算|思路|计划|安排|谋划|下一?步|明年|目标|任务|部署")
_EXPECTED = re.compile(r"预计|预测|预期")
_RANK_AMONG = re.compile(
    r"(?P<count>[0-9]{1,3})个(?:县|区|市|州|省|盟|旗|单位|部门|乡镇|街道)[县市区旗（）()、]{0,8}中[^，。；0-9]{0,12}$"
)
_FIRST_BUT_BELOW = re.compile(
    r"(?:增速|增幅)[^，。；]{0,12}第一[^。；]{0,24}(?:低于|慢于|落后于)全?[国省市县区]?(?:平均|水平)"
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure with what its own clause says it is of."""

    claim: Mention
    name: str
    measure: str
    """What of it: its level, its change, a place by level or by change."""
    sentence: Stretch
    expected: bool


def sameness_issues(layout: Layout) -> Iterator[Issue]:
    """L02, L11 and L13, as far as the text alone tells."""
    told = list(_told(layout))
    groups: dict[tuple[object, ...], list[_Told]] = defaultdict(list)
    for one in told:
        period = one.claim.period.iso if one.claim.period else None
        unit = one.claim.unit.dimension if one.claim.unit else ""
        groups[one.name, one.measure, unit, period].append(one)
    for group in groups.values():
        yield from _differ(group)
    yield from _expected_below(told)
    yield from _ranks(layout)


def _told(layout: Layout) -> Iterator[_Told]:
    """Figures whose clause opens with what they are of, and the growth right behind them."""
    text = layout.text
    plans = _plan_stretches(layout)
    before: _Told | None = None
    for claim in plain_numbers(layout.mentions):
        start, end = layout.clause_at(claim.start)
        here = layout.sentence_at(claim.start)
        earlier, before = before, None
        near = max(start, claim.start - _NEAREST), min(end, claim.end + _NEAREST)
        if _GOAL.search(text, *near) or any(a <= claim.start < b for a, b in plans):
            continue
        expected = _EXPECTED.search(text, near[0], claim.start) is not None
        if earlier is not None and earlier.sentence == here and earlier.measure == "level":
            joined = text[earlier.claim.end : claim.core_start]
            if claim.kind == "rate_change" and _GROWS.match(joined):
                yield _Told(claim, earlier.name, "change", here, earlier.expected)
                continue
        before = _opening(layout, claim, here, expected=expected)
        if before is not None:
            yield before


def _opening(layout: Layout, claim: Mention, sentence: Stretch, *, expected: bool) -> _Told | None:
    """The figure, where its clause is nothing but lead, name, verb and it."""
    start, _ = layout.clause_at(claim.start)
    if claim.core_start - start > _NEAREST:
        return None
    words = _without_times(layout, start, claim.core_start)
    lead = _LEAD.match(words)
    found = _NAME.match(words[lead.end() :] if lead else words)
    if (
        found is None
        or len(found["name"]) < _SHORTEST_NAME
        or _SEVERAL.search(found["name"])
        or (claim.approx and claim.kind == "rank")
    ):
        return None
    if claim.kind == "rank":
        measure = f"place{found['of'] or ''}{found['among'] or claim.scope or ''}"
    elif claim.direction or claim.kind == "rate_change":
        if claim.kind != "rate_change":
            return None  # 增加14所 tells how many more, not how many
        measure = "change"
    else:
        measure = "level"
    scope = (lead["scope"] or "") if lead else ""
    return _Told(claim, scope + found["name"], measure, sentence, expected)


def _without_times(layout: Layout, start: int, end: int) -> str:
    """The words of a stretch, its periods and marks left out."""
    pieces, at = [], start
    for mention in layout.mentions_between(start, end):
        if mention.kind in ("period", "date"):
            pieces.append(layout.text[at : mention.start])
            at = max(at, mention.end)
    return re.sub(r"[\s，,、：:（(]", "", "".join([*pieces, layout.text[at:end]]))


def _plan_stretches(layout: Layout) -> list[tuple[int, int]]:
    """From a heading of plans to the next heading that is as high."""
    found = []
    headings = [one for one in layout.headings if one.level <= 2]
    for at, heading in enumerate(headings):
        if _PLAN_PART.search(heading.words):
            end = next(
                (one.start for one in headings[at + 1 :] if one.level <= heading.level),
                len(layout.text),
            )
            found.append((heading.start, end))
    return found


def _differ(group: Sequence[_Told]) -> Iterator[Issue]:
    first = group[0]
    for other in group[1:]:
        one, later = first.claim, other.claim
        place, related = (later.start, later.end), [(one.start, one.end)]
        if one.approx or later.approx or first.sentence == other.sentence:
            continue
        same = one.direction == later.direction and interval(one).meets(interval(later))
        if not same:
            message = f"“{first.name}”前后不一：前文为{one.text}，此处为{later.text}"
            rule = "L11" if one.kind == "rank" else "L02"
            level: Level = "error" if rule == "L11" or _is_slip(one, later) else "warning"
            yield issue(rule, level, place, message, related)
        elif first.expected != other.expected and one.number == later.number:
            message = f"“{first.name}”{later.core}一处写“预计”、一处没有，请统一"
            yield issue("L13", "warning", place, message, related)


def _is_slip(one: Mention, other: Mention) -> bool:
    """Two values so near that one was mistyped; far ones may be of two scopes."""
    small, large = sorted((interval(one).middle, interval(other).middle))
    return one.direction is None and small > 0 and large / small < _NEAR


def _expected_below(told: Sequence[_Told]) -> Iterator[Issue]:
    """预计全年 cannot be less than what the first months have brought (N22)."""
    for one in told:
        period = one.claim.period
        if period is None or period.first != 1 or period.last in (None, 12) or one.expected:
            continue
        for other in told:
            claim = other.claim
            whole = claim.period is not None and claim.period.whole_year
            same = (one.name, one.measure) == (other.name, other.measure)
            if not (other.expected and whole and same and one.measure == "level"):
                continue
            if claim.period and claim.period.year not in (None, period.year):
                continue
            if (
                _dimension(one.claim) == _dimension(claim)
                and interval(claim).high < interval(one.claim).low
            ):
                message = f"预计全年{claim.core}，少于前文已完成的{one.claim.core}"
                yield issue(
                    "L13",
                    "error",
                    (claim.start, claim.end),
                    message,
                    [(one.claim.start, one.claim.end)],
                )


def _dimension(claim: Mention) -> str:
    return claim.unit.dimension if claim.unit else ""


def _ranks(layout: Layout) -> Iterator[Issue]:
    """L11: a place behind the last one; first and yet below the average."""
    text = layout.text
    for mention in layout.mentions:
        if mention.kind != "rank" or mention.number is None:
            continue
        among = _RANK_AMONG.search(text, max(0, mention.start - 36), mention.start)
        if among and mention.number.value > int(among["count"]):
            message = f"只有{among['count']}个单位参加排名，不会是{mention.core}"
            yield issue("L11", "error", (mention.start, mention.end), message)
    for match in _FIRST_BUT_BELOW.finditer(text):
        yield issue("L11", "error", match.span(), "说是第一，又说低于平均水平，前后矛盾")
