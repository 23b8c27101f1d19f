"""A small clean text with its table, for tests of the proof."""

import random

from eval.verifier.mutation import Corruption, Mutation
from eval.verifier.scenes import Case, Pair, Scene, set_up
from tests.builders import table

TEXT = (
    "2023年1—11月，工业投资完成208.6亿元，增长28.2%，增速排全市第五，其中技改投资103.2亿元。"
    "全年新增企业14家，完成市定任务的87.5%；新认定高企3家。"
    "全年技术合同登记138项、成交额10.6亿元，分别增长23.2%和33.5%。"
    "高新产业增加值预计42.6亿元。\n"
    "工业投资比上年多45.9亿元；工业投资、技改投资分别排全市第三和第六。\n"
    "三、2024年工作安排\n力争工业投资完成220亿元以上，技改投资完成110亿元以上。"
)
TABLE = table(
    "工业投资=208.6亿元 同比28.2 增速第5 全市第3 上年162.7 期2023年1—11月",
    "技改投资=103.2亿元 上年99.1 全市第6 期2023年1—11月 属工业投资",
    "新增企业数=14家 目标16 完成率87.5 期2023年",
    "新认定高企数=3家 期2023年",
    "技术合同登记数=138项 同比23.2 期2023年",
    "技术合同成交额=10.6亿元 同比33.5 期2023年",
    "高新产业增加值=42.6亿元 期2023年 状态预计",
    "工业投资=220亿元 期2024年 约以上 状态目标",
    "技改投资=110亿元 期2024年 约以上 状态目标",
)
PAIR = Pair("样本", TEXT, TABLE)


def scene(pair: Pair = PAIR) -> Scene:
    (one,) = set_up((pair,))
    return one


def mutations(operator: Corruption, at: Scene, *, draws: int = 20) -> list[Mutation]:
    """What the operator makes of every claim, some draws each."""
    chance = random.Random(1)
    found = [operator(Case(at, claim, chance)) for claim in at.claims for _ in range(draws)]
    return [one for one in found if one is not None]


def changed(operator: Corruption, text: str, *rows: str) -> set[tuple[str, bool]]:
    """Texts that the operator makes of a text, and whether they are held false."""
    at = scene(Pair("样本", text, table(*rows)))
    return {(one.change.apply(text), one.false) for one in mutations(operator, at, draws=60)}
