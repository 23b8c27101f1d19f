"""Places in an order: 排全市第二, 全省第4位, 首位, 前三, 一等奖; and ordinals that are none (第一批).

A rank is a claim; 第一批, 第十四届, 第三产业 belong to names.
"""

import re
from decimal import Decimal

from drafter.numerals import build
from drafter.numerals.chinese import parse_chinese
from drafter.numerals.page import Page
from drafter.records.mention import Mention

_ORDINAL = re.compile(
    r"第 ?(?P<n>[0-9]{1,4}(?:\.[0-9]+)?|[一二三四五六七八九十百零〇]{1,6})(?:/[0-9]{1,4})? ?(?P<unit>[位名](?![单字义称额员])|)"
)
_RANK_LEFT = re.compile(
    r"(?:排(?!查|放|污|水|涝|练|除)|列|居|名次|位次|位(?:[列居于次])|跃(?:居|升|至|上)|升[至到]|前[移进]|进位|降[至到]|稳居|荣获|获得?|夺得|斩获|取得|摘得|总分|总评|综合|测评|考核|考评|评比|竞赛|比赛|大赛|排名|增速|增幅|总量|规模|占比|指数"
    r"|全[国省市区县州盟旗球镇]|[省市区州县盟旗国]内?|世界|中部|西部|东部|东北|长三角|同类|系统|行业|同行|周边|组)[^，,。；;、“”]{0,12}\Z"
)
_BEFORE_IT = re.compile(
    r"(?:第 ?(?:[0-9]{1,4}|[一二三四五六七八九十]{1,3}) ?[位名]?(?:以及|[、和及与]))+\Z"
)
_OF_MANY = re.compile(r"(?P<n>[0-9]{1,2})/(?P<of>[0-9]{1,3})(?![0-9/.%])位?")
_RANKED = re.compile(r"(?:排名|位次|名次|排位|位列|列|居|排)(?:为|第|在)?[：:（( ]?\Z")
_NOT_RANK = re.compile(r"[\u4e00-\u9fff]")
_CLASSIFIER = re.compile(r"[批次轮期届代季卷部集回年]次?")
_FOLLOWS_RANK = re.compile(r"[，,。；;、！\s）)”：:和及与并但且、且的（(]|\Z|[以方成好增总]")
_SCOPE = re.compile(
    r"全(?:国|省|市|区|县|州|盟|旗|球|镇|自治区|系统|行业)(?:[0-9]{1,3}个?[\u4e00-\u9fff]{1,3}|[\u4e00-\u9fff]{1,3}[市县区](?=[首第前居排列位]))?|世界|亚洲|中西部|中部(?:六省|省会城市|地区)?|西部|东部|东北[\u4e00-\u9fff]省|长三角|珠三角"
    r"|(?:(?:(?!全)[\u4e00-\u9fff]){2,4}?|x|X|XX|xx)(?:省|市|自治区|自治州|地区|县\(市\)|县（市）|县|区|州)(?=[第排位居列前同各首末]|内)"
    r"|同类[\u4e00-\u9fff]{1,4}|[0-9]{1,3}个[\u4e00-\u9fff]{1,4}(?=中?第)"
)
_SCOPE_LEAD = re.compile(
    r"(?:排名?在?|位列|位居|居|列|位|在|为|于|获|获得|继续|稳居|跃居|均|都|和|增速|总量)+"
)
_TIER = re.compile(r"第 ?(?:[一二三四五]|[1-5])(?:方阵|梯队|档|类|层次)")
_FRONT = re.compile(
    r"前 ?(?P<n>[0-9]{1,4}|[一二三四五六七八九十百]{1,4}) ?(?P<unit>[位名甲]?)(?P<list>强|大|佳)?"
)
_FRONT_LEFT = re.compile(
    r"(?:排名?|列|居|位|进入?|跻身|全[国省市区县州盟旗]|第|名次|保持|稳定|处于|[省市区县]内?)[^，,。；;]{0,8}\Z"
)
_GRADE = re.compile(r"(?P<n>[一二三四五六七八九]|[1-9])等(?P<what>奖|功)")
_FIRST = re.compile(r"首位(?![^，,。；;、的\s）)！”\n])|榜首|首(?=[，,。；;、）)\s！]|\Z)")


def read_ordinal(page: Page, start: int, floor: int) -> Mention | None:
    """A rank, a grade or an ordinal of a name whose numeral stands at `start`."""
    norm = page.norm
    if norm.startswith("等", start + 1) and (grade := _GRADE.match(norm, start)):
        return _grade(page, grade)
    before = norm[start - 1] if start > floor else ""
    if before == "第":
        return _after_di(page, start - 1, floor)
    if before == " " and start - 1 > floor and norm[start - 2] == "第":
        return _after_di(page, start - 2, floor)
    if before == "前":
        return _front(page, start - 1, floor)
    if norm.startswith("/", start + 1) or norm.startswith("/", start + 2):
        return _of_many(page, start, floor)
    return None


def read_first(page: Page, start: int, floor: int) -> Mention | None:
    """首位, 榜首, 居首: a first place without a numeral character."""
    match = _FIRST.match(page.norm, start)
    if match is None:
        return None
    if match[0] == "首":
        if start <= floor or page.norm[start - 1] != "居":
            return None
        start -= 1
    place = build.at(start, match.end())
    if match[0] == "首位" and not _RANK_LEFT.search(
        page.norm, max(floor, page.clause_start(start), start - 16), start
    ):
        return None
    return build.rank(page, place, Decimal(1), scope=_scope(page, start, floor))


def _after_di(page: Page, start: int, floor: int) -> Mention | None:
    norm = page.norm
    match = _ORDINAL.match(norm, start)
    if match is None:
        return None
    if norm.startswith("季度", match.end()):
        return None
    written = match["n"]
    value = Decimal(written) if written[0] in "0123456789" else parse_chinese(written)
    if value is None or _TIER.match(norm, start):
        return build.name(page, start, match.end(), "梯次")
    left = _ranked(page, start)
    last = norm[max(floor, start - 2) : start] == "倒数"
    beyond = norm[match.end() : match.end() + 1]
    named = bool(match["unit"]) and (left or not _NOT_RANK.match(beyond))
    is_rank = named or ((left or last) and bool(_FOLLOWS_RANK.match(norm, match.end())))
    if not is_rank:
        classifier = _CLASSIFIER.match(norm, match.end())
        end = classifier.end() if classifier else match.end()
        return build.name(page, start, end, "次第，不是位次")
    begin = start - 2 if last else start
    place = build.Place(begin, start, match.end(), match.end())
    return build.rank(
        page, place, value, scope=_scope(page, begin, floor), approx="倒数" if last else None
    )


def _ranked(page: Page, start: int) -> bool:
    """Words before an ordinal ask for a place; in 列第3、第2和第1位 they stand before the first."""
    begin = page.clause_start(start)
    earlier = _BEFORE_IT.search(page.norm, max(begin, start - 40), start)
    head = earlier.start() if earlier else start
    return bool(_RANK_LEFT.search(page.norm, max(begin, head - 16), head))


def _of_many(page: Page, start: int, floor: int) -> Mention | None:
    """排名2/11: the second of eleven."""
    match = _OF_MANY.match(page.norm, start)
    if match is None or not 0 < int(match["n"]) <= int(match["of"]):
        return None
    if not _RANKED.search(page.norm, max(floor, start - 6), start):
        return None
    place = build.at(start, match.end())
    return build.rank(page, place, Decimal(match["n"]), scope=_scope(page, start, floor))


def _front(page: Page, start: int, floor: int) -> Mention | None:
    """前三, 前10名 are ranks; 前50强 is the name of a list."""
    norm = page.norm
    match = _FRONT.match(norm, start)
    if match is None:
        return None
    if match["list"]:
        return build.name(page, start, match.end(), "榜单名称")
    after = norm[match.end() : match.end() + 1]
    ends = bool(match["unit"]) or not after or after in "，,。；;、）)的！ \n列行"
    left = _FRONT_LEFT.search(norm, max(floor, page.clause_start(start), start - 12), start)
    if not ends or not (left or match["unit"]):
        return None
    written = match["n"]
    value = Decimal(written) if written[0] in "0123456789" else parse_chinese(written)
    if value is None:
        return None
    place = build.Place(start, match.start("n"), match.end(), match.end())
    return build.rank(page, place, value, scope=_scope(page, start, floor), approx="前")


def _grade(page: Page, match: re.Match[str]) -> Mention:
    value = parse_chinese(match["n"]) or Decimal(match["n"])
    place = build.at(match.start(), match.end())
    return build.rank(page, place, value, scope=None)


def _scope(page: Page, start: int, floor: int) -> str | None:
    """Among whom: the last area named in the clause before the ordinal, as written."""
    begin = max(floor, page.clause_start(start), start - 24)
    found = None
    for match in _SCOPE.finditer(page.norm, begin, start + 1):
        found = match
    if found is None:
        return None
    written = page.text[found.start() : found.end()]
    return _SCOPE_LEAD.sub("", written, count=1) if _SCOPE_LEAD.match(written) else written
