"""What the README promises exists: its commands, its targets, its pages."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from drafter.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_command_that_the_readme_shows_exists():
    shown = set(re.findall(r"bin/drafter (\w+)", README))
    known = set(getattr(get_command(app), "commands", {}))
    assert shown
    assert shown <= known


def test_every_option_that_the_readme_shows_exists():
    commands = getattr(get_command(app), "commands", {})
    for command, rest in re.findall(r"bin/drafter (\w+)((?:[^\n]|\\\n)*)", README):
        known = {option for one in commands[command].params for option in one.opts}
        assert set(re.findall(r"(?<= )--?[a-z]+", rest.split("#")[0])) <= known, command


def test_every_target_that_the_readme_shows_exists():
    shown = set(re.findall(r"(?:^|`)make (\w+)", README, re.MULTILINE))
    assert {"draft", "test"} <= shown
    assert shown <= set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#]+)\)", README))
def test_links_lead_somewhere(target: str):
    assert (ROOT / target).exists() or list(ROOT.glob(f"{target}*"))


def test_the_output_shown_is_what_the_sample_gives():
    """The titles and headings of the sample's draft, as the README prints them."""
    shown = README.split("```text\n")[1].split("```")[0]
    assert "云岭县科技和工业信息化局2024年工作总结及2025年工作安排" in shown
    assert re.search(r"数字：有据\d+处，推算\d+处，未决0处", shown)
    assert "@@" not in README
