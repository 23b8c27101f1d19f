"""What holds of the XML of any docx that this project exports: named rules, and who breaks them.

A rule is a function of an opened copy that yields one complaint a breach; its docstring names the
source: a clause of GB/T 9704-2012, the schema of ECMA-376, or a trap of Word, WPS or LibreOffice.
The rules stand in `sound/` by subject; importing them here registers them.
"""

from tests.exporting.opened import Opened
from tests.exporting.sound import marks, package, page, paragraphs, schema, tables, text
from tests.exporting.sound.rule import REGISTERED, Kind, Rule

MODULES = (package, schema, text, page, paragraphs, tables, marks)
RULES: tuple[Rule, ...] = tuple(REGISTERED)


def breaches(opened: Opened, kind: Kind) -> list[str]:
    """All complaints about a copy of a kind, each with the rule's name before it."""
    return [
        f"{one.name}: {complaint}"
        for one in RULES
        if kind in one.kinds
        for complaint in one.check(opened)
    ]
