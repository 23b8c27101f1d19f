"""Lists against their counts (L24), their decimals (L27), headings and sentences alike (L18)."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from drafter.numerals.chinese import parse_chinese
from drafter.records.claim import Issue
from drafter.records.mention import Mention
from drafter.verification.lint.figures_beside import plain_numbers
from drafter.verification.lint.issues import issue
from drafter.verification.lint.layout import Heading, Layout

_RESPECTIVELY = re.compile(r"分别")
_JOINT = re.compile(
    r"^[、，,和及与]{0,2}(?:以及|同比)?(?:增长|下降|上升|减少|增加|提高|降低|达到?|为|居|列)?$"
)
_BRACKETS = re.compile(r"[（“《][^（）“”《》]{0,40}[）”》]")
_BETWEEN = re.compile(r"[、和与及]")
_NAMED = re.compile(
    r"(?P<items>(?:[一-鿿A-Za-z0-9“”《》·]{2,16}、){1,12}[一-鿿A-Za-z0-9“”《》·]{2,16}?)等"
    r"(?P<count>[0-9]{1,3}|[两二三四五六七八九十]{1,2})(?:个|家|名|项|户|位|所|条|种|类|大)(?![月年])"
)
_SHORTEST_REPEATED = 20
_REACH = 160
"""Characters on either side of 分别."""
_SIBLINGS = 4
_MOSTLY = 0.7


def list_issues(layout: Layout) -> Iterator[Issue]:
    """L18, L24 and L27."""
    yield from _respectively(layout)
    yield from _named(layout.text)
    yield from _parallel(layout.headings)
    yield from _repeated(layout)


def _respectively(layout: Layout) -> Iterator[Issue]:
    """甲、乙、丙分别增长3%、4%: as many values as names (N29), with equal decimals."""
    text = layout.text
    for match in _RESPECTIVELY.finditer(text):
        start, end = layout.clause_at(match.start())
        start, end = max(start, match.start() - _REACH), min(end, match.end() + _REACH)
        values = _values(layout, match.end(), end)
        if len(values) < 2:
            continue
        yield from _decimals(values)
        names = _BRACKETS.sub("", text[start : match.start()])
        if any(one.claim for one in layout.mentions_between(start, match.start())):
            continue  # what is paired are figures, each with its own name
        *items, _ = names.split("、")
        # 省、市级企业技术中心 is one name or two.
        fewest = 1 + sum(len(item) > 1 for item in items)
        most = 1 + len(_BETWEEN.findall(names))
        fits = fewest <= len(values) <= most or len(values) % fewest == 0
        if fewest > 1 and not fits and "等" not in names:
            message = f"“分别”前列了{fewest}项，后面有{len(values)}个数，请核对"
            places = [(one.start, one.end) for one in values]
            yield issue("L24", "error", match.span(), message, places)


def _values(layout: Layout, start: int, end: int) -> list[Mention]:
    """The figures behind 分别, as long as nothing but marks and verbs parts them."""
    found: list[Mention] = []
    for one in plain_numbers(layout.mentions_between(start, end)):
        if found and not _JOINT.match(layout.text[found[-1].end : one.start]):
            break
        if found and found[-1].unit != one.unit:
            break
        found.append(one)
    return found


def _decimals(values: Sequence[Mention]) -> Iterator[Issue]:
    """A whole number may be exact; two decimals beside one are two ways of rounding."""
    places = {one.number.places for one in values if one.number and one.number.places}
    if len(places) > 1:
        where = (values[0].start, values[-1].end)
        yield issue("L27", "info", where, "同一组数的小数位数不一致，请统一")


def _named(text: str) -> Iterator[Issue]:
    """甲、乙、丙等2家: fewer than are named (N27)."""
    for match in _NAMED.finditer(text):
        written = match["count"]
        said = int(written) if written.isdecimal() else int(parse_chinese(written) or 0)
        named = 1 + match["items"].count("、")
        if 0 < said < named:
            message = f"列出了{named}个名称，却说“等{written}……”，请核对"
            yield issue("L24", "error", match.span("count"), message)


def _parallel(headings: Sequence[Heading]) -> Iterator[Issue]:
    """L18: one heading among its sisters has another number of halves, or their words."""
    for sisters in _sisters(headings):
        words = Counter(one.words for one in sisters)
        for one in sisters:
            if one.words and words[one.words] > 1:
                yield issue("L18", "info", (one.start, one.end), "同一级标题重复")
        shapes = Counter(_shape(one) for one in sisters)
        shape, often = shapes.most_common(1)[0]
        if len(sisters) < _SIBLINGS or often / len(sisters) < _MOSTLY:
            continue
        for one in sisters:
            if _shape(one) != shape:
                message = "同级标题句式不一致（有的一句、有的两句），可改得对称些"
                yield issue("L18", "info", (one.start, one.end), message)


def _shape(heading: Heading) -> int:
    return 1 + heading.words.count("，") + heading.words.count(",")


def _sisters(headings: Sequence[Heading]) -> Iterator[list[Heading]]:
    """Headings of the second level under one of the first."""
    group: list[Heading] = []
    for heading in headings:
        if heading.level == 1:
            if group:
                yield group
            group = []
        elif heading.level == 2:
            group.append(heading)
    if group:
        yield group


def _repeated(layout: Layout) -> Iterator[Issue]:
    """L18: a sentence that stands in the text twice."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for start, end in layout.sentences:
        words = layout.text[start:end].strip()
        if len(words) >= _SHORTEST_REPEATED and words.endswith("。"):
            first = start + layout.text[start:end].index(words)
            places[words].append((first, first + len(words)))
    for found in places.values():
        for place in found[1:]:
            yield issue("L18", "info", place, "这句话与前文完全相同", [found[0]])
