"""The prompt files: found in a folder, their variables declared and checked, set with values.

A file opens with a comment that says its version, its variables and what it is for:

    {#
    版本: 1
    变量: brief instruction
    用途: …
    #}

Version and digest are stored with every section that a model writes, so that an edited file is
told from the one before even where its version was not raised.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from jinja2 import (
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    meta,
    nodes,
)
from jinja2.sandbox import SandboxedEnvironment

from drafter.errors import OperatorError
from drafter.writing.prompting.brief import Brief

OFFERED: Final[Mapping[str, str]] = {
    "brief": "本板块的全部材料（指标、素材、往年写法、字数）",
    "written": "其他板块已写好的文字，写导语和结尾时给出",
    "instruction": "编辑的要求；没有时为空",
    "current": "本板块（或本句）现在的模板",
    "objections": "核对意见，一条一句",
    "wanted": "要求的字数",
}
"""Variables that a prompt file may use, and what they hold."""
NAMES: Final = (
    *("system", "lead", "achievements", "problems", "plan", "closing"),
    *("regenerate", "repair", "resize"),
)
_HEAD = re.compile(r"\A\{#\s*\n(?P<lines>(?:[^\n]*\n){1,12}?)\s*#\}\n?")
_LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class PromptFile:
    """One file: what it declares, and the digest of all that is set with it."""

    name: str
    version: str
    variables: tuple[str, ...]
    purpose: str
    digest: str


class PromptBook:
    """The prompt files of a folder, read and checked once."""

    def __init__(self, folder: Path) -> None:
        """Reads and checks every file.

        Raises:
            OperatorError: a file is missing, declares nothing, or does not use what it declares.
        """
        self._environment = SandboxedEnvironment(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            autoescape=False,  # the result is plain text for a model, never HTML
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.folder = folder
        self.files = {name: self._read(name) for name in NAMES}

    def text(self, name: str, **values: Any) -> str:
        """A prompt set with its values.

        Raises:
            OperatorError: the file asks for something that the value has not.
        """
        given = {key: values[key] for key in self.files[name].variables if key in values}
        try:
            return self._environment.get_template(f"{name}.j2").render(given).strip() + "\n"
        except TemplateError as error:
            raise OperatorError(f"提示词 {name}.j2：{error.message}") from error

    def _read(self, name: str) -> PromptFile:
        sources = self._sources(f"{name}.j2")
        declared = _declared(name, sources[f"{name}.j2"])
        used: set[str] = set()
        for file, source in sources.items():
            tree = self._parsed(file, source)
            used |= meta.find_undeclared_variables(tree)
            _check_fields(file, tree)
        variables = tuple(declared["变量"].split())
        _check(name, set(variables), used)
        digest = hashlib.sha256("\n".join(sources.values()).encode()).hexdigest()[:16]
        return PromptFile(name, declared["版本"], variables, declared.get("用途", ""), digest)

    def _sources(self, file: str) -> dict[str, str]:
        """The file and all that it includes, by name."""
        found: dict[str, str] = {}
        waiting = [file]
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            found[name] = self._source(name)
            tree = self._parsed(name, found[name])
            waiting += [one for one in meta.find_referenced_templates(tree) if one]
        return found

    def _parsed(self, name: str, source: str) -> nodes.Template:
        try:
            return self._environment.parse(source)
        except TemplateError as error:
            raise OperatorError(f"提示词 {name}：{error.message}") from error

    def _source(self, name: str) -> str:
        assert self._environment.loader is not None  # noqa: S101 - set in the constructor
        try:
            source, _, _ = self._environment.loader.get_source(self._environment, name)
        except TemplateNotFound as error:
            raise OperatorError(f"提示词目录 {self.folder} 中没有 {name}") from error
        if len(source) > _LARGEST:
            raise OperatorError(f"提示词 {name} 超过{_LARGEST}个字符")
        return source


def _declared(name: str, source: str) -> dict[str, str]:
    head = _HEAD.match(source)
    pairs = [line.partition(":") for line in head["lines"].splitlines()] if head else []
    found = {key.strip(): value.strip() for key, colon, value in pairs if colon}
    missing = [key for key in ("版本", "变量") if key not in found]
    if missing:
        raise OperatorError(f"提示词 {name}.j2 开头的注释缺少：{'、'.join(missing)}")
    return found


def _check_fields(file: str, tree: nodes.Template) -> None:
    """A misspelt field is found before the first section is written, not at the last."""
    asked = {
        one.attr
        for one in tree.find_all(nodes.Getattr)
        if isinstance(one.node, nodes.Name) and one.node.name == "brief"
    }
    unknown = asked - {one.name for one in fields(Brief)}
    if unknown:
        raise OperatorError(f"提示词 {file} 用了 brief 没有的内容：{'、'.join(sorted(unknown))}")


def _check(name: str, declared: set[str], used: set[str]) -> None:
    unknown = declared - set(OFFERED)
    if unknown:
        raise OperatorError(f"提示词 {name}.j2 声明了没有的变量：{'、'.join(sorted(unknown))}")
    if used != declared:
        differing = "、".join(sorted(used ^ declared))
        raise OperatorError(f"提示词 {name}.j2 声明的变量与使用的不一致：{differing}")
