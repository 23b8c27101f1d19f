"""Plans a draft: which sections it has, and which rows and facts go into each.

An outline comes from a precedent's headings or from YAML. Rows and facts find their section by
their 板块 column, else by what the section's past text speaks of; what fits nowhere is listed.
How a section is written is none of this module's business.

>>> likeness("(二)工业经济", "工业经济实现了新突破") > 0.9
True
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import yaml

from drafter.errors import MaterialError
from drafter.records.fact import Fact, FactList
from drafter.records.indicator import Indicator, IndicatorTable
from drafter.records.outline import Outline, OutlineSection, Plan, SectionKind, SectionPlan
from drafter.records.passage import Passage
from drafter.records.summary import Block, PastSummary, SummarySection
from drafter.writing.aligning import pairs_of
from drafter.writing.headings import narrow, rolled, without_motto

_PROBLEMS: Final = re.compile(r"问题|不足|短板|困难|差距")
_PLAN: Final = re.compile(
    r"下一步|下步|下一年|明年|来年|思路|打算|计划安排|工作安排|工作计划|工作谋划|努力方向|总体要求|目标[和与及、]?任务(?!的?(?:完成|落实|推进|进展|执行))|工作部署|今年工作"
)
_PLAN_TAIL: Final = re.compile(
    r"(?:及|和|暨|与)((?:19|20)[0-9]{2}年(?:度)?(?:工作|重点工作)?(?:思路|打算|计划|安排|谋划|要点))"
)
_LEAD_THEMES: Final = ("总述", "导语", "总体", "综合", "概述", "前言")
_KINDS: Final = ("lead", "achievements", "problems", "plan", "closing", "part")
_NUMBERING: Final = re.compile(r"^[(（]?[一二三四五六七八九十0-9]{1,3}[)）、.．]?\s*")
_NO_LETTERS: Final = re.compile(r"[\W_]+")

REST: Final = "*"
"""Theme of a section that takes whatever has no other home."""
FITS: Final = 0.5
"""Likeness of a 板块 value and a heading from which on they mean the same section."""
HOME: Final = 0.3
"""Mean share of its rows' names that a section has to speak of to be a theme's home."""
SPOKEN: Final = 0.45
"""Share of a row's name that a past section has to speak of."""


_ANY_YEAR: Final = re.compile(r"((?:19|20|１９|２０)\d\d)年")
_LOOKS_BACK: Final = re.compile("回顾|总结|情况|成绩|成效|完成|主要工作|所做|工作$")


@dataclass(frozen=True, slots=True)
class _Years:
    past: int | None
    year: int | None


def outline_from_summary(summary: PastSummary, year: int | None = None) -> Outline:
    """The precedent's sections for a new year.

    Args:
        summary: The precedent.
        year: Year of the new draft; None takes the year after the precedent's.

    Returns:
        Its headings in order, years rolled, with their paragraphs; title rolled. A second half
        that the title promises (及2023年工作思路) is added where the precedent has none.
    """
    past = told_year(summary)
    wanted = year if year is not None or past is None else past + 1
    years = _Years(past, wanted)
    found: list[OutlineSection] = []
    for section in summary.sections:
        _collect(section, "achievements", years, found)
    title = without_motto(rolled(summary.title, years.past, years.year))
    return Outline(title, _with_promise(found, title))


def told_year(summary: PastSummary) -> int | None:
    """The year that a summary tells of.

    A bureau's summary is named after it; a government report of 2015 looks back on 2014
    (一、2014年工作回顾). None where neither text nor name says a year.
    """
    for section in summary.sections:
        text = section.heading.text if section.heading else ""
        said = _ANY_YEAR.search(text)
        if said and _LOOKS_BACK.search(text) and not _PLAN.search(text):
            return int(said[1])
    for section in summary.sections:
        text = section.heading.text if section.heading else ""
        said = _ANY_YEAR.search(text)
        plan = said and _PLAN.search(text) and not _LOOKS_BACK.search(text)
        if said and plan and int(said[1]) == summary.year:
            return summary.year - 1  # named after the year of its plan, as told in spring
    return summary.year


def _collect(
    section: SummarySection, inherited: SectionKind, years: _Years, found: list[OutlineSection]
) -> None:
    kind = _kind(section, inherited, years, first=not found)
    heading = section.heading
    # Last year's problems and plans had headings for last year's matters: written as one section.
    whole = kind in ("problems", "plan")
    source = tuple(_paragraphs(section)) if whole else section.paragraphs
    if heading is not None or section.paragraphs:
        found.append(
            OutlineSection(
                id=f"s{len(found) + 1:02d}",
                heading=rolled(heading.text, years.past, years.year) if heading else "",
                level=section.level if heading else 0,
                kind=kind,
                marker=heading.marker if heading else "",
                run_in=heading.run_in if heading else False,
                source=source,
                inherited=heading is not None,
            )
        )
    for child in () if whole else section.children:
        _collect(child, "achievements", years, found)


def _paragraphs(section: SummarySection) -> Iterable[Block]:
    for one in section.walk():
        yield from one.paragraphs


def _kind(
    section: SummarySection, inherited: SectionKind, years: _Years, *, first: bool
) -> SectionKind:
    if inherited in ("problems", "plan"):
        return inherited
    if section.heading is None:
        return "lead" if first else _kind_of_text(section.paragraphs, years)
    text = section.heading.text
    next_year = years.past is not None and f"{years.past + 1}年" in narrow(text)
    if _PLAN.search(text) or next_year:
        return "plan"
    # 解决问题 is an achievement: only a heading that is short and ends so speaks of problems.
    if _PROBLEMS.search(text) and not re.search(r"解决|破解|化解|纾困|解难", text):
        return "problems"
    if section.children and not section.paragraphs:
        return "part"
    return "achievements"


def _kind_of_text(paragraphs: Sequence[Block], years: _Years) -> SectionKind:
    """Closing paragraphs that turn to problems or plans without a heading."""
    opening = "".join(block.text for block in paragraphs)[:120]
    next_year = years.past is not None and f"{years.past + 1}年" in opening
    if re.search(r"(?:问题|不足|差距|短板)", opening):
        return "problems"
    return "plan" if _PLAN.search(opening) or next_year else "closing"


def _with_promise(sections: list[OutlineSection], title: str) -> tuple[OutlineSection, ...]:
    promise = _PLAN_TAIL.search(title)
    if promise is None or any(section.kind == "plan" for section in sections):
        return tuple(sections)
    model = next((one for one in sections if one.level == 1 and one.heading), None)
    added = OutlineSection(
        id=f"s{len(sections) + 1:02d}",
        heading=promise[1],
        level=1,
        kind="plan",
        marker=model.marker if model else "一、",
    )
    end = len(sections)
    while end and sections[end - 1].kind == "closing":
        end -= 1
    return (*sections[:end], added, *sections[end:])


def outline_from_yaml(text: str, *, year: int | None = None, organisation: str = "") -> Outline:
    """An outline as a bureau writes it down.

    Args:
        text: YAML with `title` and `sections`, each with heading, level, kind, themes.
        year: What `{{ 年份 }}`, `{{ 上年 }}`, `{{ 下年 }}` in headings and title stand for.
        organisation: What `{{ 单位 }}` stands for.

    Raises:
        MaterialError: It is no YAML or not of that shape; all that is wrong is named.
    """
    content = _loaded(text)
    sections, problems = [], []
    for position, entry in enumerate(content["sections"], start=1):
        problem = _entry_problem(entry)
        if problem:
            problems.append(f"第{position}节：{problem}")
            continue
        sections.append(_entry(entry, position, year, organisation))
    if problems:
        raise MaterialError(f"提纲有{len(problems)}处问题：{'；'.join(problems)}")
    title = _filled(str(content.get("title") or ""), year, organisation)
    return Outline(title, tuple(sections))


_DEEPEST: Final = 12
"""An outline needs three."""
_OPENING: Final = (
    yaml.FlowSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.BlockMappingStartToken,
)
_CLOSING: Final = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)


def _loaded(text: str) -> dict[str, Any]:
    try:
        _check_tokens(text)
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        line = f"（第{place.line + 1}行）" if place else ""
        raise MaterialError(f"提纲不是有效的 YAML 文件{line}，请检查缩进和冒号") from error
    except (RecursionError, ValueError) as error:
        # Nested a thousand deep, or a date such as 2024-13-45.
        raise MaterialError("提纲不是有效的 YAML 文件，请检查嵌套和日期") from error
    if not isinstance(content, dict) or not isinstance(content.get("sections"), list):
        raise MaterialError("提纲应有 title（标题）和 sections（各节的列表）")
    return content


def _check_tokens(text: str) -> None:
    """Refuses aliases, and nesting before it is deep: a reader takes the square of its depth."""
    depth = 0
    for token in yaml.scan(text, yaml.SafeLoader):
        if isinstance(token, yaml.AliasToken):
            raise MaterialError("提纲中不能使用 YAML 的引用（*名称），请逐节写明")
        depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
        if depth > _DEEPEST:
            raise MaterialError("提纲不是有效的 YAML 文件，请检查嵌套和日期")


def _entry_problem(entry: object) -> str:
    if not isinstance(entry, dict):
        return "应写成 {heading: …, level: …, kind: …}"
    unknown = set(entry) - {"heading", "level", "kind", "themes", "marker", "run_in"}
    if unknown:
        return f"不认识的项目 {'、'.join(map(str, sorted(unknown, key=str)))}"
    if entry.get("kind", "achievements") not in _KINDS:
        return f"kind 应为 {'、'.join(_KINDS)} 之一，读到 {entry.get('kind')}"
    level = entry.get("level", 1)
    return "" if isinstance(level, int) and 0 <= level <= 4 else f"level 应为0至4，读到 {level}"


def _entry(
    entry: Mapping[str, object], position: int, year: int | None, organisation: str
) -> OutlineSection:
    heading = _filled(str(entry.get("heading") or ""), year, organisation)
    level = int(str(entry.get("level", 1)))
    themes = entry.get("themes")
    kind = next(one for one in _KINDS if one == entry.get("kind", "achievements"))
    default = {1: "一、", 2: "（一）", 3: "1.", 4: "（1）"}.get(level, "") if heading else ""
    return OutlineSection(
        id=f"s{position:02d}",
        heading=heading,
        level=level,
        kind=_section_kind(kind),
        marker=str(entry.get("marker", default)),
        run_in=bool(entry.get("run_in", False)),
        themes=tuple(str(one) for one in themes) if isinstance(themes, list) else (),
    )


def _section_kind(kind: str) -> SectionKind:
    kinds: dict[str, SectionKind] = {
        "lead": "lead",
        "achievements": "achievements",
        "problems": "problems",
        "plan": "plan",
        "closing": "closing",
        "part": "part",
    }
    return kinds[kind]


def _filled(text: str, year: int | None, organisation: str) -> str:
    values = {"单位": organisation}
    if year is not None:
        values |= {"年份": str(year), "上年": str(year - 1), "下年": str(year + 1)}
    return re.sub(
        r"\{\{\s*(年份|上年|下年|单位)\s*\}\}", lambda found: values.get(found[1], found[0]), text
    )


def make_plan(
    outline: Outline,
    table: IndicatorTable,
    facts: FactList | None = None,
    passages: Mapping[str, Sequence[Passage]] | None = None,
) -> Plan:
    """Sends every row and fact to its section.

    Args:
        outline: The sections.
        table: This year's rows; overruled ones and those for reference (备查) go along, the
            writer does not print them.
        facts: This year's facts.
        passages: Section id -> passages of past years.

    Returns:
        One plan for each section of the outline; what fits nowhere is listed as unplaced.
    """
    desk = _Desk(outline.sections)
    desk.settle_themes(table.rows)
    lost_rows = [row.id for row in table.rows if not desk.place_row(row)]
    known = facts or FactList()
    lost_facts = [fact.id for fact in known.facts if not desk.place_fact(fact)]
    plans = tuple(
        SectionPlan(
            section,
            tuple(desk.rows.get(section.id, ())),
            tuple(desk.facts.get(section.id, ())),
            tuple((passages or {}).get(section.id, ())),
        )
        for section in desk.sections
    )
    named = tuple(plan.section for plan in plans)
    return Plan(replace(outline, sections=named), plans, tuple(lost_rows), tuple(lost_facts))


@dataclass(slots=True)
class _Desk:
    """Where rows and facts are sorted into sections."""

    sections: Sequence[OutlineSection]
    rows: dict[str, list[str]] = field(default_factory=dict)
    facts: dict[str, list[str]] = field(default_factory=dict)
    homes: dict[str, OutlineSection] = field(default_factory=dict)
    """板块 value -> the section that speaks of most of its rows, where no heading says so."""

    def settle_themes(self, rows: Sequence[Indicator]) -> None:
        """Finds homes for 板块 values that resemble no heading: 党建 under 铸魂强基."""
        themes = dict.fromkeys(row.section for row in rows if row.section)
        for theme in themes:
            own = [row for row in rows if row.section == theme and row.status != "目标"]
            home = self._home(theme, own)
            if home is not None:
                self.homes[theme] = home

    def _home(self, theme: str, rows: Sequence[Indicator]) -> OutlineSection | None:
        bodies = [one for one in self.sections if one.kind == "achievements"]
        if any(_theme_fit(theme, one) >= FITS for one in bodies):
            return None
        spoken = _best(bodies, lambda one: _spoken_by(rows, one))
        if spoken is None or not rows:
            return None
        return spoken if _spoken_by(rows, spoken) >= HOME * len(rows) else None

    def place_row(self, row: Indicator) -> bool:
        """Puts a row into its section; False if it fits none."""
        goal = row.status == "目标"
        section = self._goal_section(row) if goal else self._section(row.section, row.names)
        if section is not None:
            self.rows.setdefault(section.id, []).append(row.id)
        return section is not None

    def place_fact(self, fact: Fact) -> bool:
        """Puts a fact into its section by kind first, then by 板块; False if it fits none."""
        by_kind: dict[str, SectionKind] = {"问题": "problems", "打算": "plan", "提法": "lead"}
        wanted = by_kind.get(fact.kind)
        section = (
            self._among([one for one in self.sections if one.kind == wanted], fact.section)
            if wanted
            else self._section(fact.section, (fact.text,))
        )
        if section is not None:
            self.facts.setdefault(section.id, []).append(fact.id)
        return section is not None

    def _goal_section(self, row: Indicator) -> OutlineSection | None:
        """Goals stand together at the head of the plan."""
        plans = [one for one in self.sections if one.kind == "plan"]
        del row
        return plans[0] if plans else None

    def _section(self, theme: str, texts: Iterable[str]) -> OutlineSection | None:
        if theme and any(word in theme for word in _LEAD_THEMES):
            return next((one for one in self.sections if one.kind == "lead"), None)
        bodies = [one for one in self.sections if one.kind == "achievements"]
        fitting = _best(bodies, lambda one: _theme_fit(theme, one)) if theme else None
        if fitting is not None and _theme_fit(theme, fitting) >= FITS:
            return fitting
        if theme in self.homes:
            return self.homes[theme]
        said = list(texts)
        spoken = _best(bodies, lambda one: _spoken_of(said, one))
        if spoken is not None and _spoken_of(said, spoken) >= SPOKEN:
            return spoken
        return next((one for one in bodies if REST in one.themes), None)

    def _among(self, sections: Sequence[OutlineSection], theme: str) -> OutlineSection | None:
        """The section of a kind that fits best; the first where none fits."""
        if not sections:
            return None
        fitting = _best(sections, lambda one: _theme_fit(theme, one))
        fits = fitting is not None and _theme_fit(theme, fitting) >= FITS
        return fitting if fits else sections[0]


def _best(
    sections: Sequence[OutlineSection], score: Callable[[OutlineSection], float]
) -> OutlineSection | None:
    """The section that scores highest, the first of equals."""
    return max(sections, key=score, default=None)


def _theme_fit(theme: str, section: OutlineSection) -> float:
    if any(theme == one or likeness(theme, one) >= 1 for one in section.themes):
        return 2.0
    return likeness(theme, section.heading)


def likeness(theme: str, heading: str) -> float:
    """How much of a 板块 value a heading says, from 0 to 1; numbering and marks do not count."""
    one, other = _letters(theme), _letters(heading)
    if not one or not other:
        return 0.0
    if one in other:
        return 1.0
    pairs = pairs_of(one)
    return len(pairs & pairs_of(other)) / len(pairs) if pairs else 0.0


def _spoken_by(rows: Sequence[Indicator], section: OutlineSection) -> float:
    """How much of its rows' names a section speaks of, summed over the rows."""
    return sum(_spoken_of(row.names, section) for row in rows)


def _spoken_of(texts: Sequence[str], section: OutlineSection) -> float:
    """How much of a name the section's past text speaks of."""
    past = pairs_of(_letters("".join(block.text for block in section.source)))
    best = 0.0
    for text in texts:
        pairs = pairs_of(_letters(text))
        best = max(best, len(pairs & past) / len(pairs) if pairs else 0.0)
    return best


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", _NUMBERING.sub("", text))
