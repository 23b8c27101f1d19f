"""The closed grammar of templates: which references there are, and what may be said with them.

    {{ 工业投资.值 }}  {{ 工业投资.值("亿元") }}  {{ 占比(甲, 乙) }}  {{ 年份 }}  {{ F07.全称 }}  {{ 据.F07 }}

Jinja2 is only the parser. A template is never compiled or run: `parse` cuts it into prose and
expressions, has each expression parsed, admits the handful of tree shapes below and turns them
into `Reference` values; `rendering` walks those. So no code path exists in which text from a
model, an editor or an upload is evaluated, and no sandbox has to be trusted.
What a reference prints is asked in `phrases` and `deriving`; the values stand in `Materials`.

>>> [piece.name for piece in parse("投资{{ 工业投资.值 }}。").pieces if isinstance(piece, Reference)]
['工业投资']
"""

import difflib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, Literal

from jinja2 import Environment, TemplateSyntaxError, nodes

from drafter.records.fact import Fact, FactList
from drafter.records.indicator import Indicator, IndicatorTable
from drafter.records.naming import unique_refs

ROW_FIELDS: Final = (
    *("值", "增长", "增速", "位次", "增速位次", "完成率", "占比", "时期"),
    *("上年", "目标", "增减", "序时", "名称", "未发生"),
)
FACT_FIELDS: Final = ("全称", "时间", "要点", "主体", "名单")
DOCUMENT: Final = ("年份", "上年", "下年", "单位")
CALLS: Final = {
    "占比": (2, 2),
    "合计": (2, 30),
    "相差": (2, 2),
    "其余": (2, 10),
    "完成率": (1, 1),
    "倍数": (1, 1),
}
"""Call -> fewest and most rows it takes."""
EVIDENCE: Final = "据"
CARRIED: Final = "沿用"

LONGEST_TEMPLATE: Final = 100_000
LONGEST_EXPRESSION: Final = 600

Kind = Literal["row", "fact", "call", "document", "evidence", "carried", "brace"]

# Whatever stands in an expression excludes braces, so that a scan never runs past the next one.
_EXPRESSION = re.compile(r"""\{\{((?:[^{}"']|"[^"{}\n]*"|'[^'{}\n]*'|"\{")*)\}\}""")
_DELIMITER = re.compile(r"\{[{%#]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_FIGURE = re.compile(r"n[1-9][0-9]{0,2}")
_UNIT = re.compile(r"[\w%‰/²³㎡]{1,12}")
_PARSER = Environment(autoescape=True, keep_trailing_newline=True)


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """Something in a template that is no text and no known reference; offsets in the template."""

    start: int
    end: int
    message: str
    """In Chinese."""
    near: tuple[str, ...] = ()
    """Names that may have been meant."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A stretch of plain text of a template."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reference:
    """An admitted expression; `start` and `end` take in its delimiters."""

    kind: Kind
    name: str
    """Row or fact ref; call; document word."""
    start: int
    end: int
    field: str = ""
    unit: str | None = None
    arguments: tuple[str, ...] = ()

    @property
    def prints(self) -> bool:
        """It inserts something of its own: counts among the `origins` of a rendering."""
        return self.kind in ("row", "fact", "call", "document")

    @property
    def source(self) -> str:
        """The expression as the house writes it."""
        if self.kind == "brace":
            return '{{ "{" }}'
        if self.kind == "call":
            return f"{{{{ {self.name}({', '.join(self.arguments)}) }}}}"
        asked = f'("{self.unit}")' if self.unit else ""
        dotted = f".{self.field}" if self.field else ""
        return f"{{{{ {self.name}{dotted}{asked} }}}}"


Piece = Prose | Reference


@dataclass(frozen=True, slots=True)
class Parsed:
    """A template as pieces in order, and what had to be refused."""

    pieces: tuple[Piece, ...]
    problems: tuple[TemplateProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Materials:
    """What a draft may say: this year's rows and facts, its year and who writes."""

    table: IndicatorTable
    facts: FactList = field(default_factory=FactList)
    year: int | None = None
    organisation: str = ""
    title: str = ""
    """The draft's, which is read with its text."""
    last_year: str = ""
    """The text of last year's summary: which figures it printed."""
    _facts: dict[str, Fact] = field(init=False, repr=False, compare=False)
    _refs: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        refs = _fact_refs(self.table, self.facts)
        object.__setattr__(self, "_refs", refs)
        by_ref = {refs[fact.id]: fact for fact in self.facts.facts}
        object.__setattr__(self, "_facts", by_ref)

    def row(self, ref: str) -> Indicator | None:
        """The row of a ref; the one that won where rows contradict each other."""
        row = self.table.by_ref(ref)
        if row is None:
            return None
        for conflict in self.table.conflicts:
            if conflict.other == row.id:
                return self.table.by_id(conflict.chosen) or row
        return row

    def fact(self, ref: str) -> Fact | None:
        """The fact of a ref."""
        return self._facts.get(ref)

    def fact_ref(self, identifier: str) -> str:
        """The name that a fact has in templates; KeyError for an id that is not in the list."""
        return self._refs[identifier]

    @property
    def row_refs(self) -> tuple[str, ...]:
        """All rows' names in templates."""
        return tuple(row.ref for row in self.table.rows)

    @property
    def fact_refs(self) -> tuple[str, ...]:
        """All facts' names in templates."""
        return tuple(self._facts)


def check_template(template: str, materials: Materials) -> tuple[TemplateProblem, ...]:
    """All that speaks against a template: syntax, grammar, unknown names.

    Args:
        template: Untrusted text.
        materials: The rows and facts that may be named.

    Returns:
        Problems in order of place; empty when the template may be stored. Never raises.
    """
    parsed = parse(template)
    problems = [*parsed.problems]
    for piece in parsed.pieces:
        if isinstance(piece, Reference):
            problems.extend(_unknown_names(piece, materials))
    return tuple(sorted(problems, key=lambda problem: problem.start))


@lru_cache(maxsize=256)
def parse(template: str) -> Parsed:
    """A template as prose and references; whatever is neither is a problem and left out."""
    if len(template) > LONGEST_TEMPLATE:
        message = f"模板共{len(template)}个字符，超过上限{LONGEST_TEMPLATE}个"
        return Parsed((), (TemplateProblem(0, len(template), message),))
    pieces: list[Piece] = []
    problems: list[TemplateProblem] = []
    for found in _pieces(template):
        if isinstance(found, TemplateProblem):
            problems.append(found)
        else:
            pieces.append(found)
    return Parsed(tuple(pieces), tuple(problems))


def normal(name: str) -> str:
    """A name as it is stored: identifiers are folded to NFKC."""
    return unicodedata.normalize("NFKC", name)


def _pieces(template: str) -> Iterator[Piece | TemplateProblem]:
    place = 0
    for match in _EXPRESSION.finditer(template):
        yield from _prose(template, place, match.start())
        yield _reference(match[1], match.start(), match.end())
        place = match.end()
    yield from _prose(template, place, len(template))


def _prose(template: str, start: int, end: int) -> Iterator[Piece | TemplateProblem]:
    text = template[start:end]
    if not text:
        return
    for match in _DELIMITER.finditer(text):
        opened = start + match.start()
        message = {
            "{{": "“{{”之后的引用没有正确结束",
            "{%": "模板中不能有语句“{% %}”",
            "{#": "模板中不能有注释“{# #}”",
        }[match[0]]
        yield TemplateProblem(opened, opened + 2, message)
    for match in _CONTROL.finditer(text):
        at = start + match.start()
        yield TemplateProblem(at, at + 1, f"含有控制字符（U+{ord(match[0]):04X}）")
    yield Prose(text, start, end)


def _reference(expression: str, start: int, end: int) -> Reference | TemplateProblem:
    return replace(_read_expression(expression), start=start, end=end)


@lru_cache(maxsize=4096)
def _read_expression(expression: str) -> Reference | TemplateProblem:
    """Kept, for a section's few expressions are read again at every look at its template."""
    tree = _tree(expression)
    return TemplateProblem(0, 0, tree) if isinstance(tree, str) else _admitted(tree)


def _tree(expression: str) -> nodes.Node | str:
    """The syntax tree of one expression, or why there is none (in Chinese)."""
    if len(expression) > LONGEST_EXPRESSION:
        return f"引用过长（{len(expression)}个字符，上限{LONGEST_EXPRESSION}个）"
    if "\\" in expression or expression[:1] in "-+" or expression[-1:] in "-+":
        return f"无法识别的引用“{expression.strip()[:30]}”"
    try:
        body = _PARSER.parse(f"{{{{{expression}}}}}").body
    except (TemplateSyntaxError, RecursionError, ValueError):
        return f"无法识别的引用“{expression.strip()[:30]}”"
    outputs = body[0].nodes if len(body) == 1 and isinstance(body[0], nodes.Output) else []
    if len(outputs) != 1:
        return "引用中没有内容"
    return outputs[0]


def _admitted(tree: nodes.Node) -> Reference | TemplateProblem:
    """The one walk over the tree: five shapes are admitted, nothing else."""
    if isinstance(tree, nodes.Const) and tree.value == "{":
        return Reference("brace", "{", 0, 0)
    if isinstance(tree, nodes.Name):
        return _document(normal(tree.name))
    if isinstance(tree, nodes.Getattr) and isinstance(tree.node, nodes.Name):
        return _field(normal(tree.node.name), normal(tree.attr))
    if isinstance(tree, nodes.Call) and not (tree.kwargs or tree.dyn_args or tree.dyn_kwargs):
        return _call(tree)
    return _refused("只能写“引用名.字段”、规定的计算或文件用语，不能写其他表达式")


def _refused(message: str, near: tuple[str, ...] = ()) -> TemplateProblem:
    return TemplateProblem(0, 0, message, near)


def _document(name: str) -> Reference | TemplateProblem:
    if name in DOCUMENT:
        return Reference("document", name, 0, 0)
    return _refused(f"“{name}”后面缺少字段，如“{name}.值”", alike(name, DOCUMENT))


def _field(name: str, attribute: str) -> Reference | TemplateProblem:
    if name == EVIDENCE:
        if attribute == CARRIED:
            return Reference("carried", EVIDENCE, 0, 0, CARRIED)
        return Reference("evidence", EVIDENCE, 0, 0, attribute)
    if attribute in ROW_FIELDS:
        return Reference("row", name, 0, 0, attribute)
    if attribute in FACT_FIELDS or _FIGURE.fullmatch(attribute):
        return Reference("fact", name, 0, 0, attribute)
    near = alike(attribute, (*ROW_FIELDS, *FACT_FIELDS))
    return _refused(f"没有字段“{attribute}”", near)


def _call(tree: nodes.Call) -> Reference | TemplateProblem:
    if isinstance(tree.node, nodes.Getattr):
        return _unit_call(tree.node, tree.args)
    if not isinstance(tree.node, nodes.Name):
        return _refused("不能这样调用")
    name = normal(tree.node.name)
    if name not in CALLS:
        return _refused(f"没有计算“{name}”", alike(name, tuple(CALLS)))
    rows = [normal(arg.name) for arg in tree.args if isinstance(arg, nodes.Name)]
    fewest, most = CALLS[name]
    if len(rows) != len(tree.args) or not fewest <= len(rows) <= most:
        wanted = f"{fewest}" if fewest == most else f"{fewest}至{most}"
        return _refused(f"“{name}”的括号内应为{wanted}个引用名")
    if len(set(rows)) != len(rows):
        return _refused(f"“{name}”的括号内有重复的引用名")
    return Reference("call", name, 0, 0, arguments=tuple(rows))


def _unit_call(target: nodes.Getattr, args: list[nodes.Expr]) -> Reference | TemplateProblem:
    """`甲.值("亿元")`: a field that carries a unit may be asked for in another one."""
    fits = isinstance(target.node, nodes.Name) and target.attr in ("值", "上年", "目标", "增减")
    unit = args[0].value if len(args) == 1 and isinstance(args[0], nodes.Const) else None
    if not fits or not isinstance(unit, str) or not _UNIT.fullmatch(unit):
        return _refused('只有“值、上年、目标、增减”可以指定单位，如“.值("亿元")”')
    assert isinstance(target.node, nodes.Name)  # noqa: S101 - follows from `fits`
    return Reference("row", normal(target.node.name), 0, 0, target.attr, unit)


def _unknown_names(reference: Reference, materials: Materials) -> Iterator[TemplateProblem]:
    start, end = reference.start, reference.end
    if reference.kind in ("row", "call"):
        for name in reference.arguments or (reference.name,):
            if materials.row(name) is None:
                near = alike(name, materials.row_refs)
                yield TemplateProblem(start, end, f"指标表中没有“{name}”", near)
    if reference.kind in ("fact", "evidence"):
        name = reference.name if reference.kind == "fact" else reference.field
        fact = materials.fact(name)
        if fact is None:
            near = alike(name, materials.fact_refs)
            yield TemplateProblem(start, end, f"素材表中没有“{name}”", near)
        elif _FIGURE.fullmatch(reference.field) and reference.kind == "fact":
            yield from _unknown_figure(reference, fact)


def _unknown_figure(reference: Reference, fact: Fact) -> Iterator[TemplateProblem]:
    names = tuple(figure.name for figure in fact.figures)
    if reference.field not in names:
        message = f"素材“{fact.id}”中没有第{reference.field[1:]}个数"
        yield TemplateProblem(reference.start, reference.end, message, names[:5])


def alike(name: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Up to three names that may have been meant, likest first."""
    return tuple(difflib.get_close_matches(name, names, n=3, cutoff=0.5))


def _fact_refs(table: IndicatorTable, facts: FactList) -> dict[str, str]:
    """Fact id -> ref: the id itself where it is a free identifier, else a ref like those of rows."""
    taken = [row.ref for row in table.rows]
    refs: dict[str, str] = {}
    for fact in facts.facts:
        name = normal(fact.id)
        plain = name.isidentifier() and name not in taken and name != EVIDENCE
        ref = name if plain else unique_refs([*taken, fact.id])[-1]
        refs[fact.id] = ref
        taken.append(ref)
    return refs
