"""The words that stand behind a number: money, measures, counters, and words that make it a class.

`unit_at` finds the longest unit that begins at a place; `CLASS_WORDS` turn a number into the name of
a class or programme (三级, 十大, 50强). What units convert into is the business of
`records.quantity`.

>>> unit_at("完成投资5平方公里", 5)
'平方公里'
"""

from drafter.records.quantity import CURRENCIES, PEOPLE, PHYSICAL, VISITS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SCALE_WORDS = ("万亿", "千亿", "百亿", "十亿", "亿", "千万", "百万", "十万", "万", "千", "百")

_LATIN_UNITS = _words(
    """
    km² km2 km kg t mg m² m2 m³ m3 m mm cm kWh kW MWh MW GWh GW kV kVA MVA
    MPa ml TEU MB GB TB PB Mbps Gbps ㎡ ㎞ ㎏ ㎜ ㎝ ㎥ ℃ °C Wh dB Hz MHz GHz
    EFLOPS PFLOPS EFlops PFlops PF EF TFlops
    """
)
_MORE_PHYSICAL = _words(
    """
    吨/日 吨/天 吨/年 立方米/日 立方米/天 立方米/秒 公里/小时 千米/小时 平方 万公里 英里 英尺 英寸 寸 尺 丈 顷 公亩
    平方厘米 立方厘米 立方分米 毫升 公升 毫克 微克 磅 盎司 两 钱 摄氏度 度 千卡 焦耳 帕 兆帕 巴 赫兹 分贝 马力 匹 兆
    兆比特 千兆 字节 卡路里 标准立方米 标方 标立方 标准吨 标准煤 标煤 吨油当量 箱公里 皮长公里 芯公里 沟公里 管程公里 单公里
    双公里 车道公里 换算吨公里 千瓦小时 万千瓦时 度电 千乏 兆瓦时 吉瓦 吉瓦时 毫米汞柱 载重吨 综合吨 总吨 微克每立方米 航天员日
    秒钟 刻钟 钟头 工时 课时 学时 学分 工日 工作日 个工作日 个小时 个学时 个课时 个星期 星期 礼拜 个季度 季度 年度 周年 周岁
    个年头 年头 个交易日 交易日 昼夜 个昼夜 个月份 世纪 个世纪
    """
)
_COUNTERS = _words(
    """
    个 家 户 项 件 条 次 起 批 场 期 届 笔 份 宗 例 座 栋 幢 处 所 间 套 台 辆 艘 架 部 只 头 匹 羽 尾 棵 株
    颗 粒 根 支 枚 张 块 片 面 幅 副 双 对 组 队 班 类 种 款 样 门 本 册 卷 篇 字 首 曲 集 版 页 段 节 章 层
    道 遍 趟 回 顿 轮 圈 席 床 盏 盒 箱 袋 桶 瓶 包 车 船 眼 孔 口 井 帧 票 股 辈 基 窝 筐 捆 堆 串 束 列 朵
    丛 杆 把 顶 封 则 通 桩 摊 挺 门次 发 杯 碗 盘 锅 餐 宿 关 村 镇 乡 街道 社区 县 市 省 校 园 馆 站 点 国
    市区 县区 县市 旗 州 苏木 嘎查 户次 家次 车次 架次 班次 台次 船次 艘次 轮次 批次 场次 频次 点次 件次 项次 期次 班期
    航次 列次 辆次 篇次 条次 头次 头份 席位 台套 台（套） 台(套) 件套 件（套） 件(套) 套（台） 套(台) 台件 标准台 座次 户件 宗次 处次 桶次 标准箱
    标箱 床位 张床位 个床位 车位 个车位 泊位 个泊位 学位 个学位 个次 户数 名次 人份 剂次 剂 针剂 针 支队 支部 支点 班组
    栋楼 人组 亩次 格 宫格 门课 讲 堂 堂课 幕 部集 局 盟 机组 分 秒 步 环 刀 令 尊 乘 员 骑 役 宗地 筒 滴 味 副药
    贴 剂量 重 阶 拨 伙 帮 派 桌 摞 沓 打 篮 罐 筒 箩 担次 蓬 团 营
    """
)
_MONEY_WORDS = _words(
    """
    元/亩 元/吨 元/平方米 元/年 元/月 元/人 元/人月 元/度
    """
)

PERCENT = {"%": "%", "％": "%", "﹪": "%", "‰": "‰"}
POINTS = ("个百分点", "百分点", "个点", "个pct")

MONEY = frozenset([*CURRENCIES, *_MONEY_WORDS])
TIME_UNITS = _words(
    """
    年 个月 天 日 周 小时 分钟 秒 秒钟 个小时 个星期 星期 年度 周年 周岁 岁 个年头 年头 昼夜 个昼夜 个季度 季度 工作日
    个工作日 个交易日 世纪 个世纪 学时 课时
    """
)
VOLTAGE = frozenset(["伏", "千伏", "kV", "V"])
COUNTERS = _COUNTERS
AREAS = frozenset(
    ["县", "市", "国", "省", "区", "旗", "州", "镇", "乡", "村", "市区", "县区", "县市"]
)
CAPACITY = _words(
    """
    吨 千瓦 兆瓦 千瓦时 MW kW GW MWh kWh GWh 吉瓦 立方米 吨/日 吨/年 立方米/日
    """
)

UNITS = frozenset(
    [
        *CURRENCIES,
        *_MONEY_WORDS,
        *PHYSICAL,
        *_MORE_PHYSICAL,
        *_LATIN_UNITS,
        *PEOPLE,
        *VISITS,
        *_COUNTERS,
        *PERCENT,
        *POINTS,
        "倍",
        "番",
        "成",
        "折",
    ]
) - {"G", "M", "T", "g", "员"}
# Counters that, behind a small Chinese numeral, still count (三家, 两座) rather than make an idiom
# (三面, 两点, 四方, 一片).
CHINESE_COUNTERS = (
    _words(
        """
    个 家 户 名 人 位 项 件 条 次 起 批 场 期 笔 份 宗 例 座 栋 幢 处 所 间 套 台 辆 艘 架 部 只 头 棵 株 支
    枚 张 块 类 种 款 本 册 卷 篇 集 道 轮 门 匹 口 眼 村 镇 乡 街道 社区 县 市 国 省 届 组
    """
    )
    | frozenset(word for word in COUNTERS if len(word) > 1)
    | MONEY
    | frozenset(
        word
        for word in PHYSICAL
        if word not in {"里", "方", "度", "日", "周", "G", "M", "T", "升", "秒"}
    )
    | frozenset([*PEOPLE, *VISITS, *PERCENT, *POINTS, "倍", "番", "年", "个月"])
) - {"员", "元气"}
# A unit that another word begins with: 240万省外, 11方面, 两位数, 三部门.
_NO_UNIT_BEFORE = {
    "省": "外内级际", "国": "家际内产", "方": "面式案向法位便米", "支": "持付", "支队": "伍", "点": "位击多零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖",
    "门": "核店诊", "年": "轻级产报", "区": "域间", "市": "场级民", "县": "域级", "人": "均才工大民力物文社居",
    "部": "门分署委", "家": "庭具电", "户": "外籍", "个": "体性别", "名": "称牌录单", "位": "数置于", "次": "数生要品产",
    "元": "旦素宵", "天": "然津气府", "日": "常本照元", "台": "湾账州", "本": "地级土科市县省年", "期": "间货限望",
    "场": "所馆地景", "处": "理置罚级", "条": "件例", "项": "目", "道": "路德教", "口": "岸径", "头": "部",
    "面": "积向对貌", "层": "次面", "间": "隔接", "包": "括装", "片": "区", "关": "于键注", "角": "度落", "课": "题程",
    "章": "程", "节": "能约", "站": "点", "集": "群中团体", "首": "批次个家届创席府", "组": "织建团", "对": "于口外",
    "发": "展", "班": "子", "车": "间站辆", "类": "似型", "种": "植类子粮业养", "起": "来步到", "批": "准复", "份": "额",
    "里": "程", "度": "过假", "升": "级", "周": "边期", "号": "召", "村": "级民", "乡": "村", "镇": "区级", "校": "园",
    "队": "伍", "轮": "船胎", "块": "状", "分": "之别析布类管散担支", "秒": "杀", "套": "路", "件": "均", "眼": "科",
}  # fmt: skip
# Units by their first two characters, the longest first; those of one character stand apart.
_LONGER: dict[str, list[str]] = {}
for _word in sorted(UNITS, key=lambda word: (-len(word), word)):
    if len(_word) > 1:
        _LONGER.setdefault(_word[:2], []).append(_word)
_SINGLE = frozenset(word for word in UNITS if len(word) == 1)

# A number before one of these names a class, a tier, a list or a programme.
CLASS_WORDS = (
    "等奖",
    "强",
    "佳",
    "大",
    "级",
    "星级",
    "星",
    "届",
    "代",
    "型",
    "线城市",
    "号",
    "甲",
    "优",
    "线",
)


def unit_at(text: str, position: int) -> str:
    """The longest unit that begins at `position`, or ''."""
    for word in _LONGER.get(text[position : position + 2], ()):
        if text.startswith(word, position) and _may_end(text, position, word):
            return word
    single = text[position : position + 1]
    return single if single in _SINGLE and _may_end(text, position, single) else ""


def _may_end(text: str, position: int, word: str) -> bool:
    """No other word begins where the unit ends."""
    bars = _NO_UNIT_BEFORE.get(word)
    if bars is None:
        return True
    end = position + len(word)
    return end >= len(text) or text[end] not in bars
