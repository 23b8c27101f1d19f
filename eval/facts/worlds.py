"""Clean texts with the facts and rows that prove them: the sample bureau, and invented years.

A world's facts stand in its text as written. The invented years are put together from parts that
name nobody; every name, award, document and figure in them is made up.
"""

import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from drafter.assembly import DraftRequest, draft_summary
from drafter.numerals.periods import read_period
from drafter.preparing import ingest_paths
from drafter.reading.facts import figures_of, read_facts
from drafter.reading.tables import read_tables
from drafter.reading.texts import read_text
from drafter.records.fact import Fact, FactList
from drafter.records.indicator import Cell, IndicatorTable
from eval.bureau import SAMPLE


@dataclass(frozen=True, slots=True)
class World:
    """A clean text with its evidence."""

    name: str
    text: str
    table: IndicatorTable
    facts: FactList

    def told(self) -> tuple[tuple[Fact, int], ...]:
        """The facts that stand in the text as written, with their places."""
        found = [(fact, self.text.find(fact.text)) for fact in self.facts.facts]
        return tuple((fact, at) for fact, at in found if at >= 0)


def sample_worlds() -> tuple[World, ...]:
    """The summary of 2023 with its invented facts, and the draft of 2024."""
    return (_summary_of_2023(), _draft_of_2024())


def _summary_of_2023() -> World:
    (file,) = (SAMPLE / "summaries").glob("2023*")
    return World(
        "sample 2023",
        read_text(file),
        read_tables([SAMPLE / "tables" / "2023年指标表.xlsx"]),
        read_facts([SAMPLE / "facts" / "2023年素材表.csv"]),
    )


def _draft_of_2024() -> World:
    table, facts = SAMPLE / "tables" / "2024年指标表.xlsx", SAMPLE / "facts" / "2024年素材表.xlsx"
    bureau = "云岭县科技和工业信息化局"
    with tempfile.TemporaryDirectory() as folder:
        knowledge = Path(folder) / "knowledge"
        past = [SAMPLE / "summaries", SAMPLE / "tables"]
        ingest_paths(past, organisation=bureau, year=None, folder=knowledge)
        request = DraftRequest(
            indicators=(table,),
            facts=(facts,),
            organisation=bureau,
            knowledge=knowledge,
            out=Path(folder) / "out",
        )
        draft = draft_summary(request).draft
    text = "\n".join(f"{one.heading}\n{one.text}" for one in draft.sections)
    return World("draft 2024", text, read_tables([table]), read_facts([facts]))


PLACES = ("云岭县", "青禾县", "松涛市", "远岫区", "白石县", "临溪县", "望川市", "东陵区")
FIRMS = (
    *(
        "恒岳泵业",
        "汇澜流体",
        "瑞陶电子",
        "铭禾智控",
        "天沐环保",
        "博岩机械",
        "川洪阀门",
        "青竹新材",
    ),
    *(
        "启衡电气",
        "明筑家居",
        "昌屹金属",
        "联岳科技",
        "禾翠竹业",
        "岭峰铸造",
        "远航仪表",
        "云杉光电",
    ),
)
THEMES = ("泵阀产业", "竹基新材料", "电子陶瓷", "智能装备", "生物医药", "绿色建材", "精密铸造")
PERSONS = ("周砚清", "李牧原", "陈知远", "王若川", "赵明朗", "孙怀谷", "吴清和", "郑东篱")
POSTS = ("局党组书记、局长", "局党组成员、副局长", "县政府办公室主任", "局总工程师")
DOCUMENTS = ("三年行动方案", "高质量发展实施意见", "奖励办法", "数字化转型工作方案", "扶持措施")
AWARDS = ("先进集体", "示范单位", "优秀组织奖", "标杆单位", "十佳单位", "创新案例")
MEETINGS = ("对接会", "博览会", "创新大赛", "高峰论坛", "推介会")
SLOGANS = ("强链", "育新", "提质", "稳增", "扩面", "聚才", "优服", "固本", "拓市", "兴园")
LEVELS = ("国家级", "省级", "市级", "县级")
BODIES = {"国家级": "工业和信息化部", "省级": "省工信厅", "市级": "市政府", "县级": "县委"}
ORDINALS = "二三四五六七八九"


def invented_worlds(count: int, seed: int) -> tuple[World, ...]:
    """Years that no bureau had: facts from parts, told as written under two headings."""
    chances = [random.Random(f"{seed}-{one}") for one in range(count)]  # noqa: S311 - repeatable
    return tuple(_invented(number, chance) for number, chance in enumerate(chances))


def _invented(number: int, chance: random.Random) -> World:
    year = 2022 + number % 4
    facts = _facts(year, chance)
    half = len(facts) // 2
    parts = [
        f"{year}年工作总结",
        "（一）工作推进情况",
        *(f"{fact.text}。加强调度，落实责任。" for fact in facts[:half]),
        "（二）服务企业情况",
        "".join(f"{fact.text}。" for fact in facts[half:]),
    ]
    return World(f"invented {number}", "\n".join(parts), _rows(), FactList(facts, ("素材",)))


def _rows() -> IndicatorTable:
    """The sample's rows of 2024: invented years have no figures of their own."""
    return replace(IndicatorTable(()), files=("无",))


def _facts(year: int, chance: random.Random) -> tuple[Fact, ...]:
    place, theme = chance.choice(PLACES), chance.choice(THEMES)
    firms = chance.sample(FIRMS, 9)
    person, other = chance.sample(PERSONS, 2)
    post, other_post = chance.sample(POSTS, 2)
    words = chance.sample(SLOGANS, 6)
    slogan, old = "、".join(words[:3]), "、".join(words[3:])
    levels = chance.sample(LEVELS, 3)
    month = chance.randint(2, 8)
    document, second = chance.sample(DOCUMENTS, 2)
    award, second_award = chance.sample(AWARDS, 2)
    session, meeting = chance.choice(ORDINALS[:-1]), chance.choice(MEETINGS)
    return _numbered(
        _fact("提法", f"坚持“{slogan}”的工作思路", title=slogan, supersedes=f"“{old}”"),
        _fact(
            "获批试点",
            f"{theme}集群列入{levels[0]}特色产业集群公示名单",
            level=levels[0],
            stage="公示",
        ),
        _fact(
            "荣誉",
            f"{firms[0]}获评{levels[1]}“{chance.choice(SLOGANS)}行动”{award}",
            level=levels[1],
            stage="表彰",
            date=f"{year}年{month}月",
        ),
        _fact(
            "荣誉",
            f"{firms[1]}被{BODIES[levels[2]]}评为{theme}{second_award}",
            level=levels[2],
            stage="授予",
            date=f"{year}年{month + 1}月",
        ),
        _fact("制度文件", f"印发《{place}{theme}{document}（{year}—{year + 2}年）》", stage="印发"),
        _fact("制度文件", f"印发《{place}{theme}人才{second}》", stage="印发"),
        _fact(
            "荣誉",
            f"{firms[0]}获评{levels[2]}“{chance.choice(SLOGANS)}计划”{second_award}",
            level=levels[2],
            stage="表彰",
        ),
        _fact("荣誉", f"{firms[8]}获评{levels[2]}{theme}标兵企业", level=levels[2], stage="表彰"),
        _fact("制度文件", f"出台《{place}企业服务{second}》，建立“{words[0]}直通车”制度"),
        _fact(
            "举措",
            f"按照云政办发〔{year}〕{chance.randint(2, 60)}号文件，推行“{words[1]}专员”制度",
        ),
        _fact(
            "活动",
            f"举办第{session}届{place[:-1]}{theme}{meeting}",
            date=f"{year}年{month}月{chance.randint(2, 27)}日",
        ),
        _fact("人事机构", f"{person}同志任{post}"),
        _fact("人事机构", f"{other}同志任{other_post}"),
        _fact("名单", f"{'、'.join(firms[2:6])}4家企业进入省“瞪羚”企业培育名单", level="省级"),
        _fact("项目", f"{firms[6]}{theme}生产线项目开工建设", stage="开工"),
        _fact("项目", f"{firms[7]}二期技改项目竣工投产", stage="投产"),
        _fact("获批试点", f"{place}科技成果转化方案获省科技厅批复", level="省级", stage="获批"),
        _fact("举措", f"组建{theme}产业联盟，{firms[8]}当选理事长单位"),
    )


def _fact(kind: str, text: str, date: str = "", **fields: str) -> Fact:
    one = Fact(id="", text=text, cell=Cell("素材", None, "", text), kind=kind)
    one = replace(one, **fields, figures=figures_of(text))  # type: ignore[arg-type]
    return replace(one, date=read_period(date), date_written=date) if date else one


def _numbered(*facts: Fact) -> tuple[Fact, ...]:
    return tuple(
        replace(one, id=f"F{at:02d}", cell=replace(one.cell, cell=f"D{at + 1}"))
        for at, one in enumerate(facts, 1)
    )


def all_worlds(invented: int, seed: int) -> Sequence[World]:
    """The sample's worlds and some invented years."""
    return (*sample_worlds(), *invented_worlds(invented, seed))
