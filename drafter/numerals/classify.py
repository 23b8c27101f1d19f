"""What a figure means where it stands: quantity, rate, points, multiple, range, name, noise.

Each step looks at one thing beside the figure and is named for it; what no step can settle is a
claim when it has a unit and otherwise a name marked ambiguous.
"""

import re
from decimal import Decimal

from drafter.numerals import build
from drafter.numerals.direction import Trend, trend_of
from drafter.numerals.figures import Around, Figure, approximators
from drafter.numerals.naming import RATIO, read_name
from drafter.numerals.page import Page
from drafter.numerals.units import (
    CAPACITY,
    CHINESE_COUNTERS,
    CLASS_WORDS,
    COUNTERS,
    MONEY,
    POINTS,
    TIME_UNITS,
)
from drafter.records.mention import Mention, MentionKind
from drafter.records.quantity import PEOPLE, Number, unit

_MONEY_CONTEXT = re.compile(
    r"[税资金费款额债贷值入利润支出拨价本财汇币钱产息]|融资|投资|收入|产值|贷款|外资|引资|财政|补贴|营收|销售|GDP|投入|交易|进出口|外贸|消费|预算|成本|市值|大关|产业|完成|经济|成交"
)
_OTHER_CONTEXT = re.compile(
    r"[人客吞口户]|用户|粉丝|电量|产量|流量|面积|[吨亩株头次]\Z|数(?:量)?(?:[达约近超]|\Z)"
)
_ONE_COUNTS = re.compile(
    r"(?:各|共|仅|只|均|新[增建设添]|增加|增至|减少|合并为|达|不足|超|成立|第)(?:有|了|到|为)?\Z"
)
_NONE_HAPPENED = re.compile(
    r"(?:未|没有?|无|零)(?:再)?(?:有)?(?:发[生现]|出现|接到|收到|产生|造成)?(?:过|任何)?\Z"
)
_DURATION_NAME = re.compile(
    r"(?:过去|今后|未来|近|(?<!提)前|(?<![延推])后|这|最近|此前|往后|去|头|接下来|往|从事|任期|原?有效期)的?\Z"
)
_PROGRAMME = re.compile(
    r"(?:[\u4e00-\u9fff]{0,7}圈|级|行动|计划|规划|任期|期|工程(?!师)|攻坚战|倍增|制(?!造|作|定|度|订)|游|一(?:遇|度|次)|大计|目标任务|滚动)"
)
_CLASS_AFTER = re.compile(
    r"(?:及?以[上下](?:的)?)?(?:老年?人|老人|儿童|人群|人口|学生|妇女|婴幼儿|青少年|公民|群众|居民)|级(?!别以上的?[^，。]{0,8}[0-9])|代(?!表|码|理|课|缴|办|销)|[型式]|一遇|制(?!造|作|定|度|订)"
)
_PROJECT_AFTER = re.compile(
    r"(?:/[年日天])?[\u4e00-\u9fffA-Za-z]{1,10}?(?:项目|工程|生产线|机组|电站|电厂|露天矿|变电站|线路|提质)"
)
_BUILT = re.compile(
    r"(?:[建投增改成产完设装规达过近超约有]|新建|扩建|完成|生产|产量|能力|规模|面积|总计|共|计|为)[了：:约达]?\Z"
)
_STRUCTURE = re.compile(r"结构|占比|三次产业|三产")
_STATES = re.compile(
    r"(?:[从由为达到至率率分数值比量额计共是有超过近约增降减名：:]|评分|得分|指数|强度|系数|贡献|排名|完成|实现|新增|累计|建成|落实)[ ]?\Z"
)
_POINTS_FOLLOW = re.compile(r"(?:(?:和|、|与|及|，|,)[0-9]+(?:\.[0-9]+)?个)+百分点")
_MOVES = re.compile(
    r"(?:的)?(?:下降|上升|提高|提升|降低|降|升|增加|增长|减少|扩大)(?:到|至|为|了)?"
)
_END = re.compile(r"[\s，,。；;、！？）)（(”：:\]】]|\Z|\|")
_END_OF_TENTHS = re.compile(r"[左以，,。；;、的）)人企多\s]|\Z")
_REDUCED = re.compile(r"(?:打|享受?|按|低至|实行)\Z")
_CLASS_OF = re.compile(
    r"的?(?:产值|投资)?(?:项目|企业|产业|园区|集群|龙头|工业|非公|重大|商贸|市场|单位)"
)
_AT_LEAST = re.compile(r"(?:[（(]含[）)]|及)?以[上下内]的?")
_SIZE_CLASS = re.compile(
    r"(?:新|重|大|小|优|特|好|各类|规模|招商|产业|工业|农业|民营|重点|投资){0,3}"
    r"(?:项目|企业|村(?!民)|户(?!均)|单位|园区|集群|主体|农户|大户|基地|龙头|合同|案件|场所|门店|商户|市场)"
)
_PROJECT_SIZE = "项目名称中的规模"
_EXACT_ONES = frozenset([*MONEY, *TIME_UNITS, *POINTS, "%", "‰", "倍", "番", "成"])
_SIZES = frozenset([*MONEY, *PEOPLE, "亩", "平方米", "公顷", "公里", "吨"])
_TURN = re.compile(r"翻了?[近约超]?\Z")
_FALSE_YEAR = "与抓取时误置的年份相同，疑为损坏的数字"


def classify(page: Page, figure: Figure, floor: int, before: Mention | None) -> Mention | None:
    """The mention that a figure is; None where a Chinese numeral is only part of a word.

    Args:
        page: The text.
        figure: What is written.
        floor: Where the previous mention ends.
        before: The previous mention: its kind and direction go on over 、 and 和.
    """
    if figure.measure in ("个", "成"):
        figure = _half_tenth(page.norm, _points_of_list(page.norm, figure))
    if figure.value is None and _begins_vague(page.norm, figure, floor):
        figure = figure._replace(start=figure.start - 1)
    around = approximators(page.norm, figure, floor)
    if figure.chinese and not _is_number(page.norm, figure, around):
        return None
    found = (
        (not figure.unit and _share_of_structure(page, figure, before))
        or (page.false_years and _damaged(page, figure))
        or read_name(page, figure, floor)
    )
    return found or _measured(page, figure, around, floor, before)


def _points_of_list(norm: str, figure: Figure) -> Figure:
    """高于2.2个和3.7个百分点: the first is in 百分点 too."""
    if figure.measure == "个" and not figure.scale and _POINTS_FOLLOW.match(norm, figure.end):
        return figure._replace(unit="个百分点", measure="个百分点")
    return figure


def _half_tenth(norm: str, figure: Figure) -> Figure:
    """三成半 is 35 %, 九成九 99 %."""
    if figure.measure != "成" or figure.value is None:
        return figure
    more = "半一二三四五六七八九".find(norm[figure.end : figure.end + 1] or "-")
    if more < 0 or not _END_OF_TENTHS.match(norm, figure.end + 1):
        return figure
    part = Decimal(more or 5) / 10
    return figure._replace(value=figure.value + part, end=figure.end + 1)


def _share_of_structure(page: Page, figure: Figure, before: Mention | None) -> Mention | None:
    """三次产业结构为3.6:48:48.4: each part is a percentage whose sign nobody writes."""
    norm, start = page.norm, figure.start
    if figure.chinese or figure.value is None:
        return None
    goes_on = (
        before is not None
        and before.kind == "percent"
        and before.implied_unit
        and norm[before.end : start].strip() in (":", "：", "∶", "︰")
    )
    opens = not goes_on and RATIO.match(norm, start)
    if not goes_on and not (opens and _STRUCTURE.search(norm, max(0, start - 24), start)):
        return None
    return build.mention(
        page, build.at(start, figure.end), "percent", claim=True,
        number=Number(figure.value, written=figure.numeral), unit=unit("%"), implied_unit=True,
    )  # fmt: skip


def _is_number(norm: str, figure: Figure, around: Around) -> bool:
    """Chinese numerals are numbers before a measure, after an approximator, or in 分之 and 成."""
    if figure.over is not None or figure.measure in ("%", "‰", *POINTS):
        return True
    if figure.measure == "元" and len(figure.unit + figure.numeral) == 2 and not figure.bare_scale:
        return False  # 三元, 二元, 一元: words and brands
    if figure.measure == "成":
        return bool(_END_OF_TENTHS.match(norm, figure.end))
    if figure.measure == "折":
        return bool(_REDUCED.search(norm, max(0, figure.start - 2), figure.start))
    if figure.measure == "年" or (len(figure.measure) > 1 and figure.measure in TIME_UNITS):
        return True
    if figure.measure == "番":
        return bool(_TURN.search(norm, max(0, figure.start - 4), figure.start))
    if figure.bare_scale and not around.word:
        return _leads_class(norm, figure)
    return (
        figure.measure in CHINESE_COUNTERS
        or bool(figure.measure and len(figure.numeral) > 1)
        or bool(figure.scale and figure.numeral)
        or len(figure.numeral) > 1
        or (bool(around.word) and bool(figure.unit or figure.bare_scale))
        or norm.startswith(CLASS_WORDS, figure.end)
    )


def _leads_class(norm: str, figure: Figure) -> bool:
    """千亿园区, 百亿级, 万元GDP: a scale that names a class; 万众 and 百姓 are words."""
    return bool(
        figure.measure in MONEY
        or (figure.measure and len(figure.numeral) > 1)
        or "亿" in figure.numeral
        or norm.startswith(("级", "强"), figure.end)
    )


def _damaged(page: Page, figure: Figure) -> Mention | None:
    """Figures that hold a year which scraping put in place of other digits."""
    digits = figure.numeral
    if figure.chinese or digits[:4] not in page.false_years:
        if digits[1:5] in page.false_years and len(digits) == 5:
            return build.noise(page, figure.start, figure.end, _FALSE_YEAR)
        return None
    if len(digits) == 4 and not figure.unit and not figure.middle:
        return None
    return build.noise(page, figure.start, figure.end, _FALSE_YEAR)


def _measured(
    page: Page, figure: Figure, around: Around, floor: int, before: Mention | None
) -> Mention | None:
    norm = page.norm
    trend = trend_of(page, figure, around, floor, before)
    implied = _implied_unit(page, figure, trend)
    written_unit = figure.unit + implied
    kind = _kind(figure, trend)
    value, over, end = figure.value, figure.over, figure.end
    if figure.bare_scale and value is not None and figure.numeral:
        value, written_unit, implied = _lead(figure, implied)
    if figure.measure == "成" and value is not None:
        kind, over, written_unit = "fraction", Decimal(10), ""
    if figure.measure == "番" and value is not None:
        return _doubled(page, figure, around, value, floor)
    start = figure.start
    around = _give_or_take(norm, around, floor)
    if value is not None and norm[start - 1 : start] in _MINUS:
        start, value = _signed(norm, start, value, floor, kind)
    number = None
    claim, reason, ambiguous = _asserts(page, figure, around, floor)
    if not claim and value is not None and (figure.bare_scale or not figure.unit):
        return build.name(page, figure.start, figure.end, reason, ambiguous=ambiguous)
    if value is not None:
        number = Number(value, figure.upto, over, written=page.text[figure.start : figure.end])
    if (
        claim
        and figure.chinese
        and value == 1
        and _NONE_HAPPENED.search(norm, max(floor, figure.start - 8), figure.start)
    ):
        number = Number(Decimal(0), written=page.text[figure.start : figure.end])
    elif (
        figure.chinese
        and value == 1
        and figure.upto is None
        and figure.measure not in _EXACT_ONES
        and not figure.scale
        and over is None
    ):
        claim, reason, ambiguous = _one(norm, figure, floor, claim=claim)
    return build.mention(
        page,
        build.Place(min(around.start, start), start, end, around.end),
        kind,
        claim=claim and number is not None,
        number=number,
        unit=unit(written_unit) if written_unit else None,
        implied_unit=bool(implied),
        approx=around.word,
        direction=trend.direction if value is None or value >= 0 else None,
        reason=reason or figure.unclear,
        ambiguous=ambiguous or bool(figure.unclear),
    )


def _kind(figure: Figure, trend: Trend) -> MentionKind:
    if figure.upto is not None:
        return "range"
    if figure.over is not None:
        return "fraction"
    if figure.measure in ("%", "‰"):
        return "rate_change" if trend.change else "percent"
    if figure.measure in POINTS:
        return "points"
    if figure.measure in ("倍", "番"):
        return "multiple"
    return "quantity"


def _lead(figure: Figure, implied: str) -> tuple[Decimal, str, str]:
    """突破千亿元: 1000 亿元; 上百家: 100 家."""
    numeral = figure.numeral
    scale = next((s for s in ("万亿", "亿", "万") if numeral.endswith(s)), "")
    head = numeral.removesuffix(scale)
    value = {"": 1, "十": 10, "百": 100, "千": 1000}.get(head, 1)
    return Decimal(value), scale + figure.unit + implied, implied


def _doubled(page: Page, figure: Figure, around: Around, times: Decimal, floor: int) -> Mention:
    """翻两番 is four times; the mention begins at 翻."""
    value = Decimal(2) ** int(times) if 0 < times < 20 else times
    turn = _TURN.search(page.norm, max(floor, figure.start - 4), figure.start)
    start = turn.start() if turn else figure.start
    return build.mention(
        page, build.Place(start, start, figure.end, around.end), "multiple", claim=True,
        number=Number(value, written=page.text[start : figure.end]), unit=unit("倍"),
        implied_unit=True, approx=around.word, direction="up",
    )  # fmt: skip


def _begins_vague(norm: str, figure: Figure, floor: int) -> bool:
    """数十家: the 数 belongs to the number."""
    return figure.start > floor and norm[figure.start - 1] == "数"


def _give_or_take(norm: str, around: Around, floor: int) -> Around:
    """±5% is a width about nought."""
    if around.start > floor and norm[around.start - 1] == "±":
        word = "±" if around.word is None else f"±…{around.word}"
        return Around(around.start - 1, around.end, word)
    return around


def _signed(
    norm: str, start: int, value: Decimal, floor: int, kind: MentionKind
) -> tuple[int, Decimal]:
    """-4.7% and 负4.7%: a minus that follows no number is one.

    Before an amount it must be led by a word or mark that expects a value: elsewhere a stroke
    joins names (T-5型) or opens a line.
    """
    if start <= floor:
        return start, value
    before = norm[start - 2 : start - 1]
    if kind not in ("rate_change", "percent", "points"):
        return (start - 1, -value) if before in _EXPECTS else (start, value)
    if norm[start - 1] == "负" and before in ("减", "担", "肩"):
        return start, value
    if not before.isalnum() or (norm[start - 1] != "–" and "\u4e00" <= before <= "\u9fff"):
        return start - 1, -value
    return start, value


_MINUS = ("-", "−", "－", "–", "负")
_EXPECTS = (
    "",
    "与",
    "在",
    "为",
    "是",
    "达",
    "到",
    "（",
    "(",
    "，",
    ",",
    "、",
    "：",
    ":",
    "由",
    "从",
    "降",
    "温",
)


def _implied_unit(page: Page, figure: Figure, trend: Trend) -> str:
    """元 where 万 or 亿 stands alone in talk of money; % in a structure of shares."""
    scaled = figure.scale or (figure.bare_scale and figure.numeral[-1:] in ("亿", "万"))
    if not scaled or figure.measure:
        return ""
    norm = page.norm
    follows = norm[figure.end : figure.end + 1]
    if figure.measure or (
        follows
        and "\u4e00" <= follows <= "\u9fff"
        and follows not in "的以左多余和与及、，,大至到且并同比增用在"
    ):
        return ""
    begin = page.clause_start(figure.start)
    near = norm[max(begin, figure.start - 24) : figure.start]
    if trend.money or (_MONEY_CONTEXT.search(near) and not _OTHER_CONTEXT.search(near)):
        return "元"
    return ""


def _asserts(page: Page, figure: Figure, around: Around, floor: int) -> tuple[bool, str, bool]:
    """Whether the figure is a claim; why not; whether that is uncertain."""
    norm, start = page.norm, figure.start
    left = norm[max(floor, start - 6) : start]
    right = norm[figure.end : figure.end + 14]
    if figure.value is None or (figure.over is not None and figure.unclear):
        return False, figure.unclear, True
    if figure.bare_scale and (not around.word or _is_threshold(norm, figure, around)):
        return False, "级别或名称，不是数据", False
    if figure.measure in TIME_UNITS:
        if _DURATION_NAME.search(left) or (
            figure.measure == "年"
            and norm.startswith(("来", "以来", "内", "后", "前", "多来", "间"), figure.end)
        ):
            return False, "时段说法", False
        if figure.chinese and (
            _PROGRAMME.match(right)
            or not re.search(
                r"(?:连续|历时|为期|持续|达|共|缩短|压缩|延长|提前|用时)[至到了为约]?\Z", left
            )
        ):
            return False, "时段或名称", True
        if _PROGRAMME.match(right):
            return False, "名称中的时段", False
    if (
        figure.measure not in COUNTERS
        and _CLASS_AFTER.match(right)
        and figure.measure not in ("%", "‰", *POINTS)
        and figure.measure not in MONEY
    ):
        return (
            (False, "级别、类型或年龄界限", False)
            if not right.startswith(("人", "群", "学生", "妇", "儿", "居", "公民", "老"))
            else (True, "", False)
        )
    size = _size_in_name(norm, left, right, figure)
    if size:
        return False, size, size == _PROJECT_SIZE
    if figure.unit or figure.over is not None:
        return True, "", False
    return _bare(norm, figure, around, left)


def _is_threshold(norm: str, figure: Figure, around: Around) -> bool:
    """亿元以上项目 and 超百亿集群 name a class; 突破百亿 tells a fact."""
    if around.word == "达" and not figure.measure:
        return True
    if figure.measure and figure.measure not in MONEY:
        return False  # 上百家企业 counts
    return around.word in ("超", "以上", "上", "超过") and bool(_CLASS_OF.match(norm, around.end))


def _size_in_name(norm: str, left: str, right: str, figure: Figure) -> str:
    """Why a measure only says of what size something is; '' where it tells a fact."""
    if _is_size_class(norm, figure):
        return "规模界限，不是数据"
    if figure.measure and _is_size_of_project(left, right, figure):
        return _PROJECT_SIZE
    return ""


def _is_size_class(norm: str, figure: Figure) -> bool:
    """20万元以上的村, 10亿元以上项目, 50人以上企业: a class of things, whatever number of them follows."""
    if figure.measure not in _SIZES:
        return False
    bound = _AT_LEAST.match(norm, figure.end)
    return bound is not None and _SIZE_CLASS.match(norm, bound.end()) is not None


def _is_size_of_project(left: str, right: str, figure: Figure) -> bool:
    """大唐700万吨露天矿项目: the size belongs to the project's name."""
    if (
        figure.measure not in CAPACITY
        or not left
        or not ("\u4e00" <= left[-1] <= "\u9fff" or left[-1] == "、")
    ):
        return False
    return bool(_PROJECT_AFTER.match(right)) and not _BUILT.search(left)


def _bare(norm: str, figure: Figure, around: Around, left: str) -> tuple[bool, str, bool]:
    """A number without unit: a value where the words say so, else a name that we are unsure of."""
    ends = bool(_END.match(norm, figure.end)) or bool(_MOVES.match(norm, figure.end))
    if figure.chinese and not around.word:
        return False, "没有单位的中文数字，多为名称", True
    if around.word or (ends and _STATES.search(left)):
        return True, "", not around.word and not ends
    return False, "没有单位的数字，多为名称或编号", True


def _one(norm: str, figure: Figure, floor: int, *, claim: bool) -> tuple[bool, str, bool]:
    """一个, 一批 are indefinite unless 各, 新增, 合并为 and the like make them count."""
    left = norm[max(floor, figure.start - 5) : figure.start]
    if figure.measure == "批" and not left.endswith(("各", "共")):
        return False, "“一”作不定指", False
    if claim and (_ONE_COUNTS.search(left) or figure.measure in MONEY):
        return True, "", False
    return False, "“一”作不定指", True
