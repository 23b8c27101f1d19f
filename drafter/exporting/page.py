"""The page by GB/T 9704-2012 as an editable profile: paper, type area, pitch, fonts, habits.

A profile is a frozen value with a YAML form. The files in `profiles/` are the ones that offices
use; a file of one's own needs only the lines that differ from the default. The standard leaves
the pitch in points open: 28.95 pt is the largest round value at which 22 lines fit 225 mm.

Leaves the XML to `styles`, `frame` and `body`.

>>> DEFAULT.pitch_twips, DEFAULT.lines_per_page, DEFAULT.characters_per_line
(579, 22, 28)
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import yaml

from drafter.errors import OperatorError

TWIPS_A_POINT = 20
_TWIPS_A_MM = Decimal(1440) / Decimal("25.4")
MAXIMUM_BYTES = 64_000
LARGEST = 2000
"""No length, size or pitch of a page is larger, in whatever unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fonts:
    """Font names by role; the first is printed, the others count as equal where it is missing.

    Official files are licensed or absent from bare systems, so nothing is ever embedded; the
    equals go into the font table, where Word and WPS look for a stand-in.
    """

    title: tuple[str, ...] = ("方正小标宋简体", "方正小标宋_GBK", "华文中宋")
    body: tuple[str, ...] = ("仿宋_GB2312", "仿宋", "方正仿宋_GBK", "华文仿宋")
    level1: tuple[str, ...] = ("黑体", "方正黑体_GBK", "华文黑体")
    level2: tuple[str, ...] = ("楷体_GB2312", "楷体", "方正楷体_GBK", "华文楷体")
    page_number: tuple[str, ...] = ("宋体", "方正书宋_GBK", "华文宋体")
    latin: tuple[str, ...] = ("Times New Roman",)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageProfile:
    """One page layout. Lengths in millimetres, sizes and pitch in points."""

    name: str = "GB/T 9704-2012"
    paper_width: Decimal = Decimal(210)
    paper_height: Decimal = Decimal(297)
    margin_top: Decimal = Decimal(37)
    margin_bottom: Decimal = Decimal(35)
    margin_left: Decimal = Decimal(28)
    margin_right: Decimal = Decimal(26)
    footer_distance: Decimal = Decimal(25)
    line_pitch: Decimal = Decimal("28.95")
    character_spacing: Decimal = Decimal("-0.25")
    """Added to each character of the body: 28 of them at 16 pt are wider than 156 mm."""
    title_size: Decimal = Decimal(22)
    body_size: Decimal = Decimal(16)
    page_number_size: Decimal = Decimal(14)
    table_size: Decimal = Decimal("10.5")
    fonts: Fonts = field(default_factory=Fonts)
    latin_digits: bool = True
    """Digits and Latin letters in the Latin font; else the Chinese font draws them."""
    bold_levels: tuple[int, ...] = ()
    """Heading levels set in bold; the standard has none."""
    blank_lines_above_title: int = 0
    space_between_scripts: bool = False
    keep_headings: bool = True
    """A heading never stands alone at the foot of a page."""
    signature: bool = True

    @property
    def text_width(self) -> int:
        """Width of the type area in twips."""
        return twips(self.paper_width) - twips(self.margin_left) - twips(self.margin_right)

    @property
    def text_height(self) -> int:
        """Height of the type area in twips."""
        return twips(self.paper_height) - twips(self.margin_top) - twips(self.margin_bottom)

    @property
    def pitch_twips(self) -> int:
        """The line pitch in twips."""
        return points(self.line_pitch)

    @property
    def spacing_twips(self) -> int:
        """What is added to each character of the body, in twips."""
        return points(self.character_spacing)

    @property
    def character_twips(self) -> int:
        """Width of one character of the body, in twips."""
        return points(self.body_size) + self.spacing_twips

    @property
    def lines_per_page(self) -> int:
        """Lines of the body that fit the type area."""
        return self.text_height // self.pitch_twips

    @property
    def characters_per_line(self) -> int:
        """Characters of the body that fit a line."""
        return self.text_width // self.character_twips


def twips(millimetres: Decimal) -> int:
    """Millimetres in twips, rounded."""
    return int((millimetres * _TWIPS_A_MM).quantize(Decimal(1), ROUND_HALF_UP))


def points(size: Decimal) -> int:
    """Points in twips, rounded."""
    return int((size * TWIPS_A_POINT).quantize(Decimal(1), ROUND_HALF_UP))


_Filled = TypeVar("_Filled", PageProfile, Fonts)
DEFAULT = PageProfile()
"""28.95 pt, digits in Times New Roman, no bold level."""
_PACKAGED = files("drafter.exporting") / "profiles"


def profile_names() -> tuple[str, ...]:
    """Names of the profiles that come with the drafter, sorted."""
    return tuple(
        sorted(file.name[:-5] for file in _PACKAGED.iterdir() if file.name.endswith(".yaml"))
    )


def load_profile(name: str | Path) -> PageProfile:
    """A profile by its name among the packaged ones, or from a YAML file of one's own.

    Raises:
        OperatorError: no such profile, no YAML, an unknown key, or a value that no page can have.
    """
    if str(name) in profile_names():
        return read_profile((_PACKAGED / f"{name}.yaml").read_text("utf-8"), source=str(name))
    path = Path(name)
    if not path.is_file():
        known = "、".join(profile_names())
        raise OperatorError(f"没有名为“{name}”的版式，也没有这个文件；可用的版式：{known}")
    if path.stat().st_size > MAXIMUM_BYTES:
        raise OperatorError(f"版式文件“{path.name}”过大，不是版式文件")
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise OperatorError(f"版式文件“{path.name}”应以 UTF-8 编码保存") from error
    return read_profile(text, source=path.name)


def read_profile(text: str, *, source: str = "版式") -> PageProfile:
    """A profile from its YAML form; keys that are left out keep the default.

    Raises:
        OperatorError: as `load_profile`; the message names the key and what it expects.
    """
    try:
        # BaseLoader: every value arrives as written, so that 28.95 never was a float.
        given = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - builds strings only
    except (yaml.YAMLError, RecursionError) as error:
        raise OperatorError(f"版式文件“{source}”不是有效的 YAML：{error}") from error
    given = {} if given in (None, "") else given
    profile = _filled(DEFAULT, given, source)
    _check(profile, source)
    return profile


def _filled(default: _Filled, given: object, source: str) -> _Filled:
    """`default` with the given keys replaced, each read as the kind of value it replaces."""
    if not isinstance(given, Mapping):
        raise OperatorError(f"版式文件“{source}”应为“名称: 值”的形式")
    known = [item.name for item in dataclasses.fields(default)]
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key not in known:
            raise OperatorError(
                f"版式文件“{source}”中有不认识的项“{key}”；可用的项：{'、'.join(known)}"
            )
        values[key] = _value(getattr(default, key), value, f"{source}：{key}")
    return dataclasses.replace(default, **values)


def _value(default: object, given: object, place: str) -> object:
    match default:
        case Fonts():
            return _filled(default, given, place)
        case bool():
            return _switch(given, place)
        case Decimal():
            return _decimal(given, place)
        case int():
            return _whole(given, place)
        case tuple():
            return _several(default, given, place)
    return _name(given, place)


def _switch(given: object, place: str) -> bool:
    words = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
    if not isinstance(given, str) or given.lower() not in words:
        raise OperatorError(f"版式文件“{place}”应为 true 或 false，读到“{given}”")
    return words[given.lower()]


def _decimal(given: object, place: str) -> Decimal:
    try:
        value = Decimal(str(given))
    except InvalidOperation as error:
        raise OperatorError(f"版式文件“{place}”应为数字，读到“{given}”") from error
    if not value.is_finite() or abs(value) > LARGEST:
        raise OperatorError(f"版式文件“{place}”应为{LARGEST}以内的数字，读到“{given}”")
    return value


def _whole(given: object, place: str) -> int:
    if not isinstance(given, str) or given not in {"0", "1", "2", "3", "4"}:
        raise OperatorError(f"版式文件“{place}”应为0至4的整数，读到“{given}”")
    return int(given)


def _several(default: tuple[object, ...], given: object, place: str) -> tuple[object, ...]:
    items = given if isinstance(given, list) else [given] if given != "" else []
    if default and isinstance(default[0], str):
        if not items:
            raise OperatorError(f"版式文件“{place}”至少要有一个字体名称")
        return tuple(_name(item, place) for item in items)
    return tuple(_whole(item, place) for item in items)


def _name(given: object, place: str) -> str:
    if not isinstance(given, str) or not given.strip() or not given.isprintable():
        raise OperatorError(f"版式文件“{place}”应为一个名称，读到“{given}”")
    return given.strip()


def _check(profile: PageProfile, source: str) -> None:
    """Refuse a page that nothing could stand on, with the reason."""
    sizes = (profile.title_size, profile.body_size, profile.page_number_size, profile.table_size)
    lengths = (profile.margin_top, profile.margin_bottom, profile.margin_left, profile.margin_right)
    wrong = ""
    if min(sizes) < 5 or max(sizes) > 72:
        wrong = "字号应在5至72磅之间"
    elif min(*lengths, profile.footer_distance) < 0:
        wrong = "页边距不能为负"
    elif profile.line_pitch < profile.body_size:
        wrong = f"行距{profile.line_pitch}磅小于正文字号{profile.body_size}磅，字会被裁掉"
    elif profile.character_twips <= 0 or profile.characters_per_line < 5:
        wrong = "每行容不下5个字，请检查左右边距、字号和字距"
    elif profile.lines_per_page < 5:
        wrong = "每页容不下5行，请检查上下边距和行距"
    if wrong:
        raise OperatorError(f"版式文件“{source}”：{wrong}")
