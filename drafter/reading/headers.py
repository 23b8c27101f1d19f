"""What the columns of a sheet mean, read from their heads by parts.

A head such as `1—11月完成(亿元)`, `全市排名` or `同比±%` is taken apart: unit, period, scope and
status go off, the rest is looked up. Heads of two or three rows are joined; the lowest says
what the column is, those above it say for when or for whom.

>>> head = meaning(("1—11月完成(亿元)",))
>>> head.field, head.period, head.unit
('value', '1—11月', '亿元')
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from drafter.numerals.periods import TIME, read_period, span_of
from drafter.reading.cells import half_width, is_physical, is_unit
from drafter.records.indicator import FIELDS

NUMERIC = frozenset(FIELDS)
APPROXIMATORS = {"approx": "value", "yoy_approx": "yoy", "rank_approx": "rank"}
REQUIRED = frozenset({"value", "yoy", "rank", "period", "target", "completion", "share"})
SERIAL = "serial"
"""A running number: read as nothing."""

_WORDS = {
    "id": "id 编号 编码 代码 指标编号 指标代码 指标编码 indicator_id",
    "name": "name indicator 指标名称 指标 名称 主要指标 项目 项目名称 指标项目 考核指标 统计指标 指标内容"
    " 任务名称 工作名称 工作指标 indicator_name 重点指标 主要经济指标 经济指标",
    "section": "section 所属板块 板块 章节 板块名称 所属章节 类别 分类 指标类别 工作板块 领域 所属领域",
    "value": "value 本期 完成值 完成 完成数 完成情况 数值 绝对数 绝对值 绝对额 总量 本期数 本期值 本年 今年"
    " 实际完成 实际完成数 累计 累计完成 累计数 累计值 累计绝对数 本年累计 本年完成 实绩 实际 指标值 完成额"
    " 完成量 现值 实际值 实际数 总额 本期完成 本年实际 本年数 本期累计 全年完成 实际完成值 当前值 figure amount"
    " 今年累计 本期实际",
    "approx": "approx 约数 近似 数值约数 value_approx 约词 概数",
    "unit": "unit 单位 计量单位 units 数据单位",
    "period": "period 统计期 数据时点 时间 时期 时段 统计时间 报告期 数据时间 统计时段 统计期间 所属时期"
    " 数据时期 统计时期 数据期 data_year 时点 发生时间 完成时间 年份 年度 year",
    "scope": "scope 范围 统计范围 地区 区域 区域范围",
    "prior": "prior 上年同期 去年同期 上年同期数 上年同期值 去年同期数 上年 去年 同期 同期数 同期值 上年值"
    " 上年完成 上年数 去年完成 上年实际 上年累计 基期 previous prior_value 上年末 上年底",
    "change": "change 增减额 增减 增减量 增减数 增量 净增 增加额 增长额 增加值额 较上年增减 比上年增减 同比增减额"
    " 同比增减量 净增额 净增数 绝对增量 比上年同期增减额",
    "yoy": "yoy 同比 同比增长 同比增速 增速 增幅 增长率 比上年增长 较上年增长 增长 同比增减 同比增幅 同比增长率"
    " growth growth_pct growth_rate yoy_pct 同比变化 比上年同期增长 较上年同期增长 比去年增长 同比增减率",
    "yoy_approx": "yoy_approx 同比约数 增速约数 growth_approx",
    "rank": "rank 排名 位次 名次 排位 总量排名 总量位次 ranking 总额排名 排序",
    "rank_approx": "rank_approx 排名约数 位次约数",
    "rank_scope": "rank_scope 排名范围 位次范围 排名区域 排位范围",
    "rank_of": "rank_of 参排单位数 参评单位数 排名总数 参排数 参评数 排名单位数 参排县市数",
    "yoy_rank": "yoy_rank 增速排名 增速位次 同比排名 增幅排名 增幅位次 增速名次 同比位次 growth_rank",
    "target": "target 年度目标 目标 目标任务 年度任务 任务数 目标值 目标数 计划 年计划 全年目标 任务 计划数"
    " 年度计划 年度目标值 年度目标任务 全年任务 目标任务数 任务目标 年初目标 全年计划 考核目标 目标任务值",
    "target_of": "target_of 任务来源 目标来源 下达单位 目标下达单位 任务下达单位",
    "completion": "completion 完成率 完成比例 完成进度 任务完成率 完成年度目标 目标完成率 completion_rate"
    " 计划完成率 目标完成比例",
    "schedule": "schedule 序时进度 时序进度 序时 序时要求",
    "share": "share 占比 比重 所占比重 所占比例 占总量比重",
    "share_of": "share_of 占何指标 占比对象 占比指标 占比基数",
    "parent": "parent 其中 所属指标 上级指标 父指标 其中项 所属总项",
    "basis": "basis 口径 统计口径 数据口径 价格口径 计算口径",
    "status": "status 状态 数据状态 数据性质 数据类型",
    "source": "source 来源 数据来源 数据出处 出处",
    "department": "department 责任股室 股室 科室 责任科室 责任单位 填报股室 责任部门 部门 填报科室 报送股室"
    " 报送单位 填报单位 牵头股室 牵头单位 提供股室 提供单位 业务股室",
    "weight": "weight 采用 采用程度 重要程度 是否必报 采用要求",
    "aliases": "aliases alias 别名 又称 简称 其他名称",
    "note": "note notes 备注 说明 注 remark remarks 备注说明 comment",
    SERIAL: "序号 no no. 行号 顺序号 serial index",
}
_FIELD_OF = {word: field for field, words in _WORDS.items() for word in words.split()}

_STATES = ("快报", "核定", "上报", "预计", "预测")
_SCOPE = re.compile(
    r"(?:在|居|列|占)?(全国|全省|全市|全州|全区|全县|全域|省内|市内|县内|区内|州内)(?:内)?"
)
_NAMED_SCOPE = re.compile(
    r"(?:在)?(?!总量|增速|增幅|同比)([\u4e00-\u9fff]{1,5}[省市州县区])(?:内)?(?=(?:总量|增速|增幅)?(?:排名|位次|名次|排位))"
)
_BRACKET = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_UNIT_LABEL = re.compile(r"^(?:计量)?单位[:：]")
_COMPARED_YEAR = re.compile(r"[比较](?:19|20)[0-9]{2}年(?:同期)?")
_AROUND_PERIOD = (
    re.compile(r"(?:截[至止]到?)?$"),
    re.compile(r"^(?:[末底份止]|年?度(?!目标|任务|计划))?"),
)
_OTHER_BASE = re.compile(r"年均|环比|上月|上季|前年|当月|单月|本月|位次变化|升降")
_BEFORE_NOW = re.compile(r"上年|去年|同期|基期")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of one column says; '' where it does not say it."""

    field: str
    """A field of the contract, `serial`, or '' for a column the contract does not know."""
    header: str
    """As written, the rows of the head joined by /."""
    unit: str = ""
    period: str = ""
    scope: str = ""
    status: str = ""
    label: str = ""
    """What an unknown head calls its figures: the 投资 of `投资(亿元)`."""
    share_of: str = ""
    percent: bool = False


@dataclass(frozen=True, slots=True)
class _Parts:
    core: str
    unit: str = ""
    period: str = ""
    scope: str = ""
    status: str = ""
    percent: bool = False


def meaning(head: Sequence[str]) -> Head:
    """What a column holds.

    Args:
        head: Its head from top to bottom, one text for each row of the head; may be empty.
    """
    return _meaning(tuple(head))


def names_names(text: str) -> bool:
    """A head such as 指标名称: the column that holds the names."""
    return len(text) < 20 and _FIELD_OF.get(re.sub(r"\s+", "", text).lower()) == "name"


@lru_cache(maxsize=4096)
def _meaning(head: tuple[str, ...]) -> Head:
    texts = [text for text in dict.fromkeys(head) if text]
    parts = [_parts(text) for text in texts]
    cores = [part.core for part in parts if part.core]
    header = "/".join(texts)
    percent = any(part.percent for part in parts)
    said = {
        name: next((getattr(part, name) for part in reversed(parts) if getattr(part, name)), "")
        for name in ("unit", "period", "scope", "status")
    }
    field = _field(cores, said, percent=percent)
    share_of = _share_of(cores[-1]) if field == "share" and cores else ""
    if field == "share" and not share_of and said["scope"]:
        share_of = said["scope"]
    label = "".join(cores) if not field else _label(cores)
    return Head(field, header, **said, label=label, share_of=share_of, percent=percent)


def unit_line(text: str) -> str:
    """The unit that a line such as `单位：亿元` declares for a sheet; '' for none or several."""
    joined = re.sub(r"\s*:\s*", ":", half_width(text))
    for word in re.split(r"\s+", joined):
        match = re.search(r"(?:计量)?单位:([^,;、()]{1,8})(?=$|[)])", word)
        if match and is_unit(match[1]):
            return match[1]
    return ""


def period_in(text: str) -> str:
    """The one period that a title names, with 截至 and 底; '' for none or several."""
    found = dict.fromkeys(period for period, _, _ in _periods(half_width(text)))
    return next(iter(found)) if len(found) == 1 else ""


def _parts(text: str) -> _Parts:
    """A head taken apart; the order matters: brackets first, then what stands outside."""
    gap = "_" if text.isascii() else ""
    bare = _UNIT_LABEL.sub("", half_width(re.sub(r"\s+", gap, text.strip())))
    said, unknown = _bracketed(_BRACKET.findall(bare))
    outside = _BRACKET.sub("", bare)
    if outside.lower() not in _FIELD_OF:  # 状态(上报/快报/…) is 状态; 投资(技改) is 投资技改
        outside += unknown
    percent = bool(said.get("percent")) or "%" in outside
    outside = re.sub(r"[±%]|\+-|\+/-", "", outside)
    outside = _COMPARED_YEAR.sub("比上年", outside)
    period, outside = _without_period(outside, said.get("period", ""))
    scope, outside = _without_scope(outside, said.get("scope", ""))
    status, outside = _without_status(outside, said.get("status", ""))
    core = outside.strip(":：/、|_-—,.").lower()
    return _Parts(core, said.get("unit", ""), period, scope, status, percent)


def _bracketed(contents: list[str]) -> tuple[dict[str, str], str]:
    """What stands in brackets, sorted by what it is; the rest is part of the name."""
    said: dict[str, str] = {}
    unknown = ""
    for content in (_UNIT_LABEL.sub("", inside) for inside in contents):
        kind = _kind(content)
        if kind:
            said[kind] = content
        else:
            unknown += content
    return said, unknown


def _kind(content: str) -> str:
    if "%" in content or "±" in content:
        return "percent"
    if content in _STATES:
        return "status"
    if _SCOPE.fullmatch(content):
        return "scope"
    if _periods(content):
        return "period"
    return "unit" if content and is_unit(content) else ""


def _without_period(text: str, period: str) -> tuple[str, str]:
    if period:
        return period, text
    if text.removeprefix("预计") == "全年":
        return "全年", text.removesuffix("全年")
    for written, start, end in _periods(text)[:1]:
        return written, text[:start] + text[end:]
    return "", text


def _without_scope(text: str, scope: str) -> tuple[str, str]:
    match = _SCOPE.search(text) or _NAMED_SCOPE.match(text)
    if match is None or "占" in text:
        return scope, text
    return scope or match[1], text[: match.start()] + text[match.end() :]


def _without_status(text: str, status: str) -> tuple[str, str]:
    for state in _STATES:
        if text.startswith(state) and not status:
            return state, text.removeprefix(state).removeprefix("数")
    return status, text


def _periods(text: str) -> list[tuple[str, int, int]]:
    """Periods named in a text: as written with 截至 and 底, and where they stand."""
    found = []
    for match in TIME.finditer(text):
        if not match[0] or span_of(match) is None:
            continue
        before, after = _AROUND_PERIOD
        head, tail = before.search(text, 0, match.start()), after.match(text[match.end() :])
        start = head.start() if head else match.start()
        end = match.end() + (tail.end() if tail else 0)
        written = text[start:end]
        if read_period(written) is None:
            written, start, end = match[0], match.start(), match.end()
        found.append((written, start, end))
    return found


def _field(cores: list[str], said: dict[str, str], *, percent: bool) -> str:
    if not cores:
        return _bare_field(said, percent=percent)
    lowest, above = cores[-1], "".join(cores[:-1])
    field = _looked_up(lowest, said, percent=percent)
    if not field:
        return _looked_up(above + lowest, said, percent=percent) if above else ""
    return _refined(field, above, said, percent=percent)


def _bare_field(said: dict[str, str], *, percent: bool) -> str:
    """Only a period, a status or a sign: figures of that period, or their growth."""
    if percent:
        return "yoy"
    return "value" if said["period"] or said["status"] else ""


def _refined(field: str, above: str, said: dict[str, str], *, percent: bool) -> str:
    """What the rows of the head above the lowest add to it."""
    if not above:
        return field
    upper = _looked_up(above, said, percent=False)
    if upper in ("rank", "yoy_rank") and field in ("value", "yoy"):
        return "yoy_rank" if field == "yoy" else upper
    if field == "rank" and re.search("增速|增幅|同比", above):
        return "yoy_rank"
    if field in ("value", "yoy") and upper == "target":
        return "target" if percent or field == "yoy" else "value"
    if _BEFORE_NOW.search(above) and upper != "yoy":
        return {"value": "prior", "prior": "prior"}.get(field, "" if field in NUMERIC else field)
    if _OTHER_BASE.search(above):
        return ""
    return field


def _looked_up(core: str, said: dict[str, str], *, percent: bool) -> str:
    exact = next((_FIELD_OF[word] for word in (core, *core.split("/")) if word in _FIELD_OF), "")
    if exact in ("yoy", "change"):
        return _growth(exact, said, percent=percent)
    if exact == "target" and percent and "完成" in core:
        return "completion"
    if exact == "value" and percent and not said["period"]:
        return "completion" if core.startswith("完成") else exact
    return exact or _by_rule(core, said, percent=percent)


def _growth(field: str, said: dict[str, str], *, percent: bool) -> str:
    """同比增减(亿元) is an amount, 增减% a rate."""
    if percent or said["unit"] in ("个百分点", "百分点"):
        return "yoy"
    return "change" if is_physical(said["unit"]) else field


_RULES: tuple[tuple[str, str], ...] = (
    (r"约数|近似", "approx"),
    (r"序时|时序", "schedule"),
    (r"(?:排名|位次|名次|排位).*范围", "rank_scope"),
    (r"参[排评]|(?:排名|排位).*(?:总数|单位数)", "rank_of"),
    (r"(?:增速|增幅|同比).*(?:排名|位次|名次|排位)", "yoy_rank"),
    (r"排名|位次|名次|排位", "rank"),
    (
        r"完成(?:率|比例|进度)|占.*(?:目标|任务|计划).*|完成.*(?:目标|任务|计划).*(?:比|率|比例|百分比)",
        "completion",
    ),
    (r"(?:目标|任务|计划).*(?:来源|下达)", "target_of"),
    (r"目标|任务|计划", "target"),
    (r"占何|占比(?:对象|指标)", "share_of"),
    (r"占比|比重|^占.+(?:比例|的比)", "share"),
    (r"增[减加长]?[额量数]|净增", "change"),
    (r"同比|增速|增幅|增长|[比较](?:上年|去年)", "yoy"),
    (r"上年|去年|同期|基期", "prior"),
    (r"(?:责任|填报|报送|牵头|提供)(?:股室|科室|单位|部门)", "department"),
    (r"余额|期末|存量|完成|实际|本期|本年|今年|累计|绝对|总量|数值", "value"),
    (r"指标|名称", "name"),
)
_COMPILED = tuple((re.compile(pattern), field) for pattern, field in _RULES)
_VETOES = {
    "schedule": re.compile(r"[较比超高低]"),
    "rank": re.compile(r"上年|去年|变化|前移"),
    "yoy_rank": re.compile(r"上年|去年|变化|前移"),
    "target": re.compile(r"上年|去年|超|较|差"),
    "share": re.compile(r"上年|去年"),
    "yoy": re.compile(r"(?:上年|去年)(?:同期)?(?:同比|增[速幅长])"),
    "value": re.compile(r"是否|时间|情况说明|单位|部门|地点|人$"),
    "name": re.compile(r"企业|单位|责任|说明"),
}


def _by_rule(core: str, said: dict[str, str], *, percent: bool) -> str:
    if len(core) > 20 or _OTHER_BASE.search(core):
        return ""
    for pattern, field in _COMPILED:
        if not pattern.search(core):
            continue
        veto = _VETOES.get(field)
        if veto and veto.search(core):
            return ""
        if field == "approx" and pattern.search(core):
            return _approximator(core)
        if field == "target" and percent and "完成" in core:
            return "completion"
        return _growth(field, said, percent=percent) if field in ("yoy", "change") else field
    return ""


def _approximator(core: str) -> str:
    if re.search("同比|增速|增幅", core):
        return "yoy_approx"
    return "rank_approx" if re.search("排名|位次", core) else "approx"


def _share_of(core: str) -> str:
    """The GDP of 占GDP比重."""
    match = re.search(r"占(.+?)的?(?:比重|比例|占比|比)$", core)
    whole = match[1] if match else ""
    return whole.upper() if whole.isascii() else whole


def _label(cores: list[str]) -> str:
    """An unknown head above known ones names what they are figures of: 工业投资/完成."""
    above = "".join(cores[:-1])
    known = not above or _looked_up(above, {"unit": "", "period": ""}, percent=False)
    return "" if known or _BEFORE_NOW.search(above) else above
