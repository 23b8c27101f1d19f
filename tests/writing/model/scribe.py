"""A model that says what a test has written down, and sections to ask it for."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from drafter.records.call import Reply
from drafter.records.outline import Outline, OutlineSection, SectionKind, SectionPlan
from drafter.verification import Options
from drafter.verification.facts.lexicon import load_lexicon
from drafter.verification.facts.wordlists import load_words
from drafter.writing.model.desk import Ask, Desk, Model, Progress
from drafter.writing.model.task import Task, task_of
from drafter.writing.prompting.book import PromptBook
from drafter.writing.references import Materials
from tests.builders import facts, table

BOOK = PromptBook(Path(__file__).parents[3] / "prompts")
DOWN = Reply(failure="endpoint.down", message="模型服务已判定不可用，不再调用", attempts=0)

ROWS = table(
    "工业投资=208.6亿元 同比28.2 全市第5 板块工业经济 采用必报",
    "技改投资=79.8亿元 同比-5.7 板块工业经济",
    "新增规模工业企业数=11家 板块工业经济",
    "安全培训人次=1480人次 板块安全生产",
)
FACTS = facts("青杉铜箔二期项目于5月开工建设，总投资12亿元", "对重点企业实行月度运行会商")
MATERIALS = Materials(ROWS, FACTS, 2024, "云岭县科技和工业信息化局", "某局2024年工作总结")
INVESTMENT = "工业投资完成{{ 工业投资.值 }}，{{ 工业投资.增长 }}，排{{ 工业投资.位次 }}。"
RENEWAL = "技改投资完成{{ 技改投资.值 }}，{{ 技改投资.增长 }}。"
NEWCOMERS = "新增规模工业企业{{ 新增规模工业企业数.值 }}。"
PROJECT = "{{ F01.要点 }}{{ 据.F01 }}。"
CIRCLE = "{{ F02.要点 }}{{ 据.F02 }}。"
WHOLE = INVESTMENT + RENEWAL + NEWCOMERS + PROJECT + CIRCLE


@dataclass
class Scribe:
    """Answers in order, the last one again and again; keeps what it was asked."""

    answers: tuple[str | Reply, ...]
    asked: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, messages: Sequence[tuple[str, str]], _: Progress | None = None) -> Reply:
        with self._lock:
            number = min(len(self.asked), len(self.answers) - 1)
            self.asked.append(messages[-1][1])
        said = self.answers[number]
        return said if isinstance(said, Reply) else Reply(text=said, prompt_tokens=100)


def scribe(*answers: str | Reply) -> Scribe:
    return Scribe(answers)


def desk(ask: Ask, *, rounds: int = 2, materials: Materials = MATERIALS) -> Desk:
    model = Model(ask=ask, name="试", book=BOOK, rounds=rounds)
    return Desk(model=model, materials=materials, lexicon=load_lexicon(), options=Options())


def plan(
    kind: SectionKind = "achievements",
    *,
    heading: str = "工业经济",
    rows: tuple[str, ...] = ("r1", "r2", "r3"),
    told: tuple[str, ...] = ("F01", "F02"),
) -> SectionPlan:
    return SectionPlan(OutlineSection(f"s-{heading}", heading, 1, kind), rows, told)


def task(of: SectionPlan | None = None, materials: Materials = MATERIALS) -> Task:
    chosen = of or plan()
    outline = Outline(materials.title, (chosen.section,))
    return task_of(chosen, chosen.section.heading, outline, materials, load_words())
