"""`--help` in Chinese throughout: usage, arguments, options, what is required, defaults, commands.

The parser's own pages mix English heads and type names into our words; these two classes print the
whole page. Columns are aligned by the width that characters take on a screen.
"""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, get_args
from unicodedata import east_asian_width

from typer.core import TyperCommand, TyperGroup

_TYPES: Final = {Path: "文件", int: "整数", float: "数", str: "文字"}
_FOLDERS: Final = frozenset({"knowledge", "out"})
_WIDEST: Final = 30
"""Columns that a name may take before its explanation goes on the next line."""
_NARROWEST: Final = 20
Row = tuple[str, str]


class ChineseCommand(TyperCommand):
    """A command whose help page is Chinese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Writes the page."""
        formatter.write("\n".join(_page(self, ctx)) + "\n")


class ChineseGroup(TyperGroup):
    """The program itself; its page lists the commands."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Writes the page."""
        rows = [
            (name, _one_line(command.help))
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name)) is not None
        ]
        formatter.write("\n".join((*_page(self, ctx, " 命令 …"), *_block("命令", rows))) + "\n")


def _page(command: Any, ctx: Any, more: str = "") -> Iterator[str]:
    params = [one for one in command.get_params(ctx) if not getattr(one, "hidden", False)]
    arguments = [one for one in params if one.param_type_name == "argument"]
    options = [one for one in params if one.param_type_name != "argument"]
    names = "".join(f" {_argument(one)}" for one in arguments)
    yield f"用法：{ctx.command_path} [选项]{more}{names}"
    yield ""
    yield from _folded(_one_line(command.help), 0)
    yield ""
    if arguments:
        yield from _block("参数", [(_argument(one), _told(one)) for one in arguments])
    yield from _block("选项", [(_option(one), _told(one)) for one in options])


def _argument(param: Any) -> str:
    name = _type(param) + ("…" if param.nargs != 1 else "")
    return name if param.required else f"[{name}]"


def _option(param: Any) -> str:
    kind = "" if getattr(param, "is_flag", False) else _type(param)
    several = "…" if getattr(param, "multiple", False) else ""
    return f"{'、'.join(param.opts)} {kind}{several}".rstrip()


def _type(param: Any) -> str:
    """文件, 整数, 文字: what stands behind an option."""
    given = getattr(getattr(param, "type_descriptor", None), "annotation", str)
    kind = _TYPES.get(next(iter(get_args(given)), given), "文字")
    return "目录" if kind == "文件" and param.name in _FOLDERS else kind


def _told(param: Any) -> str:
    """What it is for, whether it must be given, what it is if not given."""
    if "--help" in param.opts:
        return "显示这页说明"
    told = _one_line(getattr(param, "help", None))
    if param.required:
        return f"{told}（必填）"
    default = param.default
    shown = default not in (None, False, "", (), []) and not callable(default)
    return f"{told}（缺省：{default}）" if shown else told


def _one_line(text: str | None) -> str:
    return "".join((text or "").split("\n"))


def _block(head: str, rows: Sequence[Row]) -> Iterator[str]:
    if not rows:
        return
    wide = min(_WIDEST, max(_width(name) for name, _ in rows)) + 4
    yield f"{head}："
    for name, told in rows:
        first, *rest = list(_folded(told, wide)) or [""]
        if _width(name) + 2 > wide - 1:
            yield f"  {name}"
            yield first
        else:
            yield "  " + name + " " * (wide - 2 - _width(name)) + first.lstrip()
        yield from rest
    yield ""


def _folded(text: str, indent: int) -> Iterator[str]:
    """The text in lines of the screen's width, each behind an indent."""
    room = max(_NARROWEST, min(100, shutil.get_terminal_size().columns) - indent)
    line = ""
    for character in text:
        if _width(line + character) > room and character not in "，。；：、）":
            yield " " * indent + line
            line = ""
        line += character
    if line:
        yield " " * indent + line


def _width(text: str) -> int:
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)
