"""Counts that the text itself bears out: of the items listed beside them (N27, N28).

`汽车、五金、饰品3个产业` names three, `三项举措：一是…二是…三是…` tells three. What is listed proves the
count and nothing else; a list closed by 等 that names fewer proves nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from drafter.records.mention import Mention
from drafter.verification.lint.layout import number_of

_FARTHEST = 160
"""Characters before a count in which its list may stand."""
_LONGEST_LIST = 3000
"""Characters behind a count in which its points may stand."""
_LONGEST_ITEM = 16

_CLAUSE_END = re.compile(r"[，,。；;：:！？!?\n（(]")
_BETWEEN = re.compile("、|以及|[和与及]")
# Verbs and levels in a row are no things listed: 新建、改造2个景区, 省、市级项目2个.
_NO_THING = re.compile(
    "(?:新|改|扩|改扩|续|在|已|拟)?(?:建|修|改造|扩建|增|开|开工|竣工|投产|签约|引进|申报|推荐|培育|创建|建成|启动|完成|实施|新增|改建|提升|整治|"
    "维修|改扩建|新建|续建|规划|设计|编制|修订|出台|举办|承办|组织|开展)|"
    "(?:国家|省|市|县|区|州|镇|乡|村|部|厅|局)(?:级|直|属)?|[大中小新老旧东西南北上下内外线]"
)
_CLASS = re.compile(r"^(?:家|个|户|名|位|条|座|处|所|项|类|种|支|批)?[\u4e00-\u9fff]{2}")
_COLON = re.compile(
    r"^[\u4e00-\u9fff“”]{0,12}[：:]\s*(?!一是|一要|（一）|\(一\))(?P<list>[^。；;\n]{2,200})"
)
_BRACKET = re.compile(r"^[\u4e00-\u9fff“”]{0,12}[（(](?P<list>[^（()）。；;\n]{3,200})[)）]")
_BODIES = re.compile("企业|公司|单位|机构|学校|医院|园区|项目|社区|村")
_POINTS_FOLLOW = re.compile(
    r"^[\u4e00-\u9fff“”、]{0,16}[：:，,。]?\s{0,4}(?=一是|一要|（一）|\(一\)|[1１][.．、]|（1）)"
)
_POINT = re.compile(
    r"(?<![\u4e00-\u9fff])(?:(?P<said>[一二三四五六七八九十]{1,2})(?:是|要)|[（(](?P<bracket>[一二三四五六七八九十]{1,2})[)）])"
)

_FIRST_WORDS = re.compile(r"[^，。；,;\n]{0,14}")


@dataclass(frozen=True, slots=True)
class Listing:
    """Items that a text lists beside a count, with the rule that counts them."""

    rule: str
    items: tuple[str, ...]

    @property
    def formula(self) -> str:
        """The items as evidence: `汽车、五金、饰品，共3项`."""
        return f"{'、'.join(self.items)}，共{len(self.items)}项"


def listing_of(text: str, mention: Mention) -> Listing | None:
    """The list that bears out a count, None where nothing listed comes to just that number."""
    number = mention.number
    if mention.kind != "quantity" or mention.approx or number is None or number.upto is not None:
        return None
    counts = mention.unit is not None and mention.unit.kind in ("counter", "people", "none")
    if not counts or mention.unit is None or mention.unit.factor != 1 or number.over is not None:
        return None
    if mention.unit.kind == "people" and _BODIES.match(text, mention.end):
        return None  # 3名企业: firms are not counted as people
    for listing in _listings(text, mention):
        if len(listing.items) == number.value and len(listing.items) > 1:
            return listing
    return None


def _listings(text: str, mention: Mention) -> Iterator[Listing]:
    behind = text[mention.end : mention.end + _FARTHEST + 60]
    items = _in_front(text, mention.start, behind)
    if items:
        yield Listing("N27", items)
    for pattern in (_COLON, _BRACKET):
        match = pattern.match(behind)
        if match is not None and not match["list"].rstrip("”").endswith("等"):
            yield Listing("N27", _items(match["list"]))
    follow = _POINTS_FOLLOW.match(behind)
    if follow is not None:
        yield Listing("N28", _points(text, mention.end + follow.end()))


def _in_front(text: str, end: int, behind: str) -> tuple[str, ...]:
    """甲、乙和丙3家企业, 甲、乙等2家企业: names in a row, right before the count."""
    stretch = text[max(0, end - _FARTHEST) : end].rstrip()
    cut = [match.end() for match in _CLAUSE_END.finditer(stretch)]
    stretch = stretch[cut[-1] if cut else 0 :].removesuffix("等")
    if "、" not in stretch and not re.search("[和与及]", stretch):
        return ()
    if not _CLASS.match(behind) or re.search("[0-9０-９]", stretch):
        return ()
    return _items(stretch)


def _items(stretch: str) -> tuple[str, ...]:
    """The things of an enumeration; () where they are verbs, levels, or too long to be names."""
    *front, last = stretch.split("、")
    items = [*front, *_BETWEEN.split(last, maxsplit=1)]
    named = [item.strip(" 　“”《》") for item in items]
    if any(not item or _NO_THING.fullmatch(item) for item in named):
        return ()
    if any(len(item) > _LONGEST_ITEM for item in named[1:]):
        return ()
    return tuple(named)


def _points(text: str, start: int) -> tuple[str, ...]:
    """一是…二是… in order from `start`, as far as they run on; each told by its first words."""
    found: list[str] = []
    for match in _POINT.finditer(text, start, start + _LONGEST_LIST):
        number = number_of(match["said"] or match["bracket"])
        if number != len(found) + 1:
            if number == 1 and found:
                break
            continue
        words = _FIRST_WORDS.match(text, match.end())
        found.append(match[0] + (words[0] if words else ""))
    return tuple(found)
