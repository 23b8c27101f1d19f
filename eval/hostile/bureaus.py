"""Small invented bureaus as files: a table, a fact list, last year's summary. Names nobody."""

import random
from dataclasses import dataclass
from pathlib import Path

SECTIONS = {
    "工业经济": (
        ("工业投资", "亿元"),
        ("技改投资", "亿元"),
        ("工业税收", "亿元"),
        ("新增规上工业企业数", "家"),
    ),
    "商贸流通": (
        ("社会消费品零售总额", "亿元"),
        ("外贸进出口总额", "亿元"),
        ("限上商贸企业数", "家"),
    ),
    "农业生产": (
        ("粮食总产量", "万吨"),
        ("高标准农田建成面积", "万亩"),
        ("农产品加工产值", "亿元"),
    ),
    "民生保障": (
        ("城镇新增就业人数", "人"),
        ("养老服务中心数", "个"),
        ("居民医保参保人数", "万人"),
    ),
}
ORGANISATION = "青禾县发展服务局"
_FACTS = {
    "工业经济": ("项目", "青杉铜箔二期项目于5月开工建设"),
    "商贸流通": ("活动", "举办农超对接活动6场"),
    "农业生产": ("制度文件", "印发《青禾县耕地保护管理办法》"),
    "民生保障": ("问题", "养老服务设施分布不够均衡"),
}
_GOALS = ("打算", "新建养老服务中心4个")


@dataclass(frozen=True, slots=True)
class Bureau:
    """The files of one."""

    table: Path
    facts: Path
    past: Path
    year: int


def invented_bureau(folder: Path, seed: int, planted: tuple[str, ...] = ()) -> Bureau:
    """Writes a bureau's files.

    Args:
        folder: Where to; made if need be.
        seed: Chooses the figures.
        planted: Sentences that last year's summary tells too, spread over its sections.
    """
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)  # noqa: S311 - figures of an invented bureau
    rows = ["指标名称,所属板块,本期,单位,上年同期,同比(%),采用,统计期"]
    past = [f"{ORGANISATION}2023年工作总结", "2023年，我局扎实推进各项工作。现将工作总结如下。"]
    left = list(planted)
    for number, (section, indicators) in enumerate(SECTIONS.items()):
        past.append(f"{'一二三四'[number]}、{section}")
        told = []
        for name, unit in indicators:
            before, now, growth = _figures(chance, unit)
            weight = "必报" if chance.random() < 0.4 else "可报"
            rows.append(f"{name},{section},{now},{unit},{before},{growth},{weight},2024年")
            told.append(f"{name.removesuffix('数')}{before}{unit}。")
        share = len(left) // (len(SECTIONS) - number)
        own, left = left[:share], left[share:]
        past += ["".join((*told, *own[: share // 2])), "".join(own[share // 2 :])]
    table, facts, text = folder / "指标表.csv", folder / "素材表.csv", folder / "2023年工作总结.txt"
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    listed = [
        f"F{at:02d},{home},{kind},{said}"
        for at, (home, (kind, said)) in enumerate(_FACTS.items(), 1)
    ]
    listed.append(f"F09,下一步打算,{_GOALS[0]},{_GOALS[1]}")
    facts.write_text("编号,板块,类型,要点\n" + "\n".join(listed) + "\n", encoding="utf-8")
    text.write_text("\n".join(line for line in past if line) + "\n", encoding="utf-8")
    return Bureau(table, facts, text, 2024)


def _figures(chance: random.Random, unit: str) -> tuple[str, str, str]:
    """Last year's value, this year's and its growth, as a table has them."""
    if unit in ("家", "个", "人"):
        before = chance.randint(20, 900)
        now = before + chance.randint(-15, 60)
        return str(before), str(now), f"{(now - before) / before * 100:.1f}"
    before_tenths = chance.randint(100, 4000)
    now_tenths = before_tenths + chance.randint(-60, 500)
    growth = (now_tenths - before_tenths) / before_tenths * 100
    return f"{before_tenths / 10:.1f}", f"{now_tenths / 10:.1f}", f"{growth:.1f}"
