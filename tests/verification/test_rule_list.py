"""The list of rules for officers names every rule that the program can report, and no other."""

import re
from pathlib import Path

from drafter.verification.lint.wording import wording_rules

ROOT = Path(__file__).parent.parent.parent
LISTED = re.compile(r"^\| ([LP][0-9]{2}) \|", re.MULTILINE)
WRITTEN = re.compile(r"\"([LP][0-9]{2})\"")


def emitted() -> set[str]:
    sources = (ROOT / "drafter" / "verification").rglob("*.py")
    found = {rule for file in sources for rule in WRITTEN.findall(file.read_text("utf-8"))}
    return found | {one.rule for one in wording_rules()}


def test_every_rule_is_listed_once():
    listed = LISTED.findall((ROOT / "docs" / "verification.md").read_text("utf-8"))
    assert sorted(listed) == sorted(emitted())


def test_every_rule_of_wording_can_be_told():
    for one in wording_rules():
        assert one.level in ("error", "warning", "info")
        assert one.message
