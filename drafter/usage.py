"""Mistakes in the command line itself, told in Chinese: what, where, what next.

The parser's own messages are English and meant for programmers. Its exceptions are recognised
by what they carry (an option, a parameter, a message), since their classes are not public.
"""

import difflib
import re
from collections.abc import Iterable
from typing import Any, Final

from drafter.errors import UsageError

_BOUNDS: Final = (
    (re.compile(r"valid integer|unable to parse string as an integer"), "应为整数"),
    (re.compile(r"valid number"), "应为数"),
    (re.compile(r"less than or equal to (?P<bound>[\d.]+)"), "应不大于{bound}"),
    (re.compile(r"greater than or equal to (?P<bound>[\d.]+)"), "应不小于{bound}"),
    (re.compile(r"valid boolean"), "应为 true 或 false"),
)
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_NO_COMMAND: Final = re.compile(r"No such command '(?P<name>[^']*)'")
_EXTRA: Final = re.compile(r"Got unexpected extra argument(?:s|\(s\))? \((?P<name>.*)\)", re.DOTALL)


def usage_error(error: Any) -> UsageError:
    """The Chinese error for an exception of the parser.

    Args:
        error: With `message`, and `ctx`, `param`, `option_name` where the parser knows them.
    """
    what = _what(error)
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "drafter"
    return UsageError(f"{what}；用法见 {path} --help")


def _what(error: Any) -> str:
    kind = type(error).__name__
    message = str(getattr(error, "message", "") or "")
    if kind == "MissingParameter":
        return f"缺少{_parameter(error.param)}"
    if kind == "NoSuchOption":
        return f"没有选项“{error.option_name}”{_near(error.option_name, _options(error.ctx))}"
    if kind == "BadOptionUsage":
        return f"选项“{error.option_name}”后面缺少值，或不应带值"
    if kind == "BadParameter":
        return _bad_value(error, message)
    return _command(error, message)


def _parameter(param: Any) -> str:
    """`--indicators`（指标表，可给多个）."""
    if param is None:
        return "参数"
    told = getattr(param, "help", None) or ""
    if param.param_type_name != "option":
        return f"参数“{told or param.name}”"
    return f"选项“{'、'.join(param.opts)}”" + (f"（{told}）" if told else "")


def _bad_value(error: Any, message: str) -> str:
    if _CHINESE.search(message):  # our own words
        return message
    for pattern, told in _BOUNDS:
        found = pattern.search(message)
        if found:
            return f"{_parameter(error.param)}{told.format(**found.groupdict())}"
    return f"{_parameter(error.param)}的取值不对"


def _command(error: Any, message: str) -> str:
    unknown = _NO_COMMAND.match(message)
    if unknown:
        known = getattr(error.ctx.command, "commands", {})
        return f"没有命令“{unknown['name']}”{_near(unknown['name'], known)}"
    extra = _EXTRA.match(message)
    if extra:
        return f"多出了参数“{extra['name']}”"
    return message if _CHINESE.search(message) else "命令行写法有误"


def _options(context: Any) -> list[str]:
    params = context.command.params if context is not None else ()
    return [name for param in params for name in param.opts if name.startswith("-")]


def _near(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f"（相近的有：{'、'.join(near)}）" if near else ""
