"""Numerals that mark rather than count: list enumerators, document numbers, scraping residue."""

import re

from drafter.numerals import build
from drafter.numerals.page import Page
from drafter.records.mention import Mention

_CN = "[一二三四五六七八九十]{1,3}"
_BRACKETED = re.compile(rf"[（(] ?({_CN}|[0-9]{{1,2}}) ?[）)]")
_CN_COMMA = re.compile(
    rf"{_CN} ?、(?! ?[一二三四五六七八九十]{{1,2}}(?:[、产季]|是))|{_CN}[.．](?=[\u4e00-\u9fff])"
)
# 三、四季度工作安排 on a line of its own is the third part, not two quarters.
_QUARTER_HEADING = re.compile(
    r"[一二三四五六七八九]、(?=[一二三四]季度[^，,。；;\n0-9]{2,20}(?:\n|\Z))"
)
_DIGIT_MARK = re.compile(
    r"[0-9]{1,2} ?(?:、(?![0-9]+(?:[、月日年%季]|[～~—-]))|[.．](?![0-9 ]*[0-9]+(?:\.[0-9]+)?[%万亿])(?![0-9]))|[0-9]{1,2}[)）]"
)
_GLUED = re.compile(
    r"[1-9][0-9]?、(?=[\u4e00-\u9fff])(?![^，,。；;]{0,12}(?:[0-9]月|类|级|号|栋|期))"
)
_CN_LEAD = re.compile(
    rf"(?:其?{_CN})(?:[是要](?![非否])|(?=[靠则]))|其[一二三四五六七八九十]|第{_CN}(?=[，,、：:是])"
)
_ARTICLE = re.compile(r"第(?:[一二三四五六七八九十百零]{1,5}|[0-9]{1,3}) ?[章节条款编部页](?!分)")
_DOCUMENT = re.compile(r"[〔\[【（(〈<] ?(?:19|20)[0-9]{2} ?[〕\]】）)〉>] ?第? ?[0-9]{1,5} ?号")
_DOCUMENT_BARE = re.compile(r"(?:第 ?)?[0-9]{1,6} ?号(?![楼线院桥门路井厅馆])")
_ISSUER_ENDS = frozenset("发办字函令政规文党组厅局委府公告通秘电议复第")
_BEFORE_DOCUMENT = re.compile(r"[发办字函令政规文党组厅局委府公告通秘电议复]第?\Z")
_ENTITY_CHARACTERS = frozenset("&#XxABCDEFabcdef0123456789")
_ENTITY = re.compile(r"&#?[xX]?[0-9A-Fa-f]{2,6};?|[Xx][0-9A-Fa-f]{2,6};|#[0-9]{2,6};")


_ROMAN = frozenset("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ")
_ROMAN_MARK = re.compile(r"[Ⅰ-ⅻ]+ ?[、.．]")
_ROMAN_CLASS = re.compile(r"[Ⅰ-ⅻ]+(?:[类级期型号]|—?[Ⅰ-ⅻ]+类)?")
_BEFORE_ITEM = frozenset("\n\r\t 。；;：:！!？?”）)…>")
_CIRCLED = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⒈⒉⒊⒋⒌⒍⒎⒏⒐㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩❶❷❸❹❺❻❼❽❾")


def read_mark(page: Page, start: int, floor: int) -> Mention | None:
    """An enumerator, a document number or residue whose numeral begins at `start`.

    Args:
        page: The text.
        start: Place of the first numeral character.
        floor: Where the previous mention ends; nothing before it is taken.
    """
    if start in page.segment_marks:
        return build.noise(page, start, _past_mark(page.norm, start), "抓取网页留下的分段号")
    previous = page.norm[start - 1] if start else "\n"
    if previous in _ENTITY_CHARACTERS and (found := _residue(page, start, floor)):
        return found
    return _document(page, start, floor, previous) or _enumerator(page, start, previous, floor)


def _past_mark(norm: str, start: int) -> int:
    end = norm.find("、", start, start + 6)
    return end + 1


def _residue(page: Page, start: int, floor: int) -> Mention | None:
    for back in (1, 2, 3):
        if start - back < floor or start - back < 0:
            break
        if page.norm[start - back] in "&#Xx":
            match = _ENTITY.match(page.norm, start - back)
            if match and match.end() > start and page.norm[match.end() - 1] == ";":
                return build.noise(page, match.start(), match.end(), "残缺的网页实体")
    return None


def _document(page: Page, start: int, floor: int, previous: str) -> Mention | None:
    norm = page.norm
    opening = start - 1
    if opening >= floor and previous in "〔[【（(〈<":
        match = _DOCUMENT.match(norm, opening)
        if match:
            return build.mention(
                page, build.at(opening, match.end()), "document_number", claim=False, reason="文号"
            )
    match = _DOCUMENT_BARE.match(norm, start) if previous in _ISSUER_ENDS else None
    if match and _BEFORE_DOCUMENT.search(norm, max(floor, start - 3), start):
        return build.mention(
            page, build.at(start, match.end()), "document_number", claim=False, reason="文号"
        )
    return None


def _enumerator(page: Page, start: int, previous: str, floor: int) -> Mention | None:
    norm = page.norm
    character = norm[start]
    if previous in "（(" and start - 1 >= floor:
        match = _BRACKETED.match(norm, start - 1)
        if match and (character not in "0123456789" or _opens_item(norm, start - 1)):
            return build.enumerator(page, match.start(), match.end())
    if character in _CIRCLED:
        return build.enumerator(page, start, start + 1)
    if character in _ROMAN:
        return _roman(page, start, previous)
    if previous == "第" and start - 1 >= floor:
        match = _ARTICLE.match(norm, start - 1)
        if match is None and (_begins(norm, start - 1) or norm[start - 2] in "，,、"):
            match = _CN_LEAD.match(norm, start - 1)  # 列全市第三，其中… is a rank
        return build.enumerator(page, match.start(), match.end()) if match else None
    if previous == "其":
        match = _CN_LEAD.match(norm, start - 1)
        return build.enumerator(page, start - 1, match.end()) if match else None
    if start and previous not in _BEFORE_ITEM:
        match = _CN_LEAD.match(norm, start) if previous in "，,、" else None
        spoken = match and norm[match.end() - 1] in "是要"
        return (
            build.enumerator(page, start, match.end()) if match and spoken else _glued(page, start)
        )
    match = (
        _CN_LEAD.match(norm, start)
        or _CN_COMMA.match(norm, start)
        or (_QUARTER_HEADING.match(norm, start) if previous == "\n" else None)
    )
    if match is None and previous not in "，,、":
        match = _DIGIT_MARK.match(norm, start)
    return build.enumerator(page, start, match.end()) if match else None


def _roman(page: Page, start: int, previous: str) -> Mention:
    """Ⅲ类水质, Ⅱ期 are classes; Ⅱ、 at the head of an item is a list mark."""
    match = _ROMAN_MARK.match(page.norm, start) if previous in _BEFORE_ITEM else None
    if match:
        return build.enumerator(page, start, match.end())
    named = _ROMAN_CLASS.match(page.norm, start)
    return build.name(page, start, named.end() if named else start + 1, "级别、类别或期次")


def _glued(page: Page, start: int) -> Mention | None:
    """4、商贸工作 behind a sentence that lost its end."""
    match = _GLUED.match(page.norm, start)
    if match is None:
        return None
    return build.mention(
        page,
        build.at(start, match.end()),
        "enumerator",
        claim=False,
        reason="疑为序号",
        ambiguous=True,
    )


def _begins(norm: str, start: int) -> bool:
    """An item may begin here: at a line's start, or after a space or a closing mark."""
    return start == 0 or norm[start - 1] in _BEFORE_ITEM


def _opens_item(norm: str, opening: int) -> bool:
    return opening == 0 or norm[opening - 1] in "\n\r\t 。；;：:，,、！？”"
