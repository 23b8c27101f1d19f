"""What the scripted model answers: `good`, `copier`, `inventor`; a function from prompt to text.

The form in which a prompt offers references is read here and nowhere else: one a line,
`- {{ 工业投资.值 }}：what it prints` for a cell, `- {{ F07.全称 }}` or `- {{ 据.F07 }}` for a fact.
"""

import re
from collections.abc import Callable

Script = Callable[[str], str]

_OFFER = re.compile(r"^[ \t]*- (\{\{[^{}\n]{1,80}\}\})(?:[：:]([^\n]{0,200}))?", re.MULTILINE)
_TIE = re.compile(r"\{\{\s*据\.")
_CELL = re.compile(r"\{\{\s*(\w+)\.(?!全称|时间|要点|主体|n\d)\w")


def offers(prompt: str) -> tuple[tuple[str, str], ...]:
    """The references that a prompt offers, each with its meaning ('' if none), in order."""
    return tuple((one[1], (one[2] or "").strip()) for one in _OFFER.finditer(prompt))


def good(prompt: str) -> str:
    """One clause a reference offered; a reference that prints nothing ends the clause before."""
    clauses: list[str] = []
    for reference, _ in offers(prompt):
        cell = _CELL.match(reference)
        if not _TIE.match(reference):
            clauses.append(f"{cell[1]}{reference}" if cell else reference)
        elif clauses:
            clauses[-1] += reference
    return "。".join(clauses) + "。" if clauses else "各项工作有序推进。"


def copier(prompt: str) -> str:
    """The prompt, verbatim: whatever it holds tries to get into the text."""
    return prompt


def inventor(_prompt: str) -> str:
    """Fluent sentences with numbers, honours and meetings that no table knows."""
    return (
        "全年完成工业投资987.6亿元，增长54.3%，排全省第一。"
        "成功举办第九届银杏产业大会，荣获全国工业高质量发展示范县称号，签约项目七十三个。"
    )


SCRIPTS: dict[str, Script] = {"good": good, "copier": copier, "inventor": inventor}
