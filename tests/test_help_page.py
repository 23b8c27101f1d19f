"""`--help` is Chinese: no English head, no type name of the language the tool is written in."""

import re
from unicodedata import east_asian_width

import pytest
from typer.main import get_command

from drafter.cli import app, main

COMMANDS = ("", *getattr(get_command(app), "commands", {}))


def page(line: str, capfd: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        main([*line.split(), "--help"])
    assert ended.value.code == 0
    return capfd.readouterr().out


@pytest.mark.parametrize("command", COMMANDS)
def test_a_page_has_no_english_of_the_parser(command: str, capfd: pytest.CaptureFixture[str]):
    text = page(command, capfd)
    assert text.startswith("用法：drafter")
    assert not re.search(r"Usage|Options|Arguments|Commands|required|default|Show this|<\w", text)


def test_what_must_be_given_and_what_stands_otherwise_are_told(capfd: pytest.CaptureFixture[str]):
    lines = page("draft", capfd).splitlines()
    assert next(line for line in lines if "--indicators" in line).endswith("（必填）")
    assert next(line for line in lines if "--out " in line).endswith("（缺省：out）")
    assert "缺省" not in next(line for line in lines if "--title" in line)


def test_explanations_stand_under_each_other(capfd: pytest.CaptureFixture[str]):
    lines = page("recast", capfd).split("选项：\n")[1].splitlines()
    places = {
        sum(2 if east_asian_width(one) in "WF" else 1 for one in found[1])
        for line in lines
        if (found := re.match(r"(  -\S+(?: [^ ]+)? {2,})[^ ]", line))
    }
    assert len(places) == 1


def test_every_command_is_listed_with_its_errand(capfd: pytest.CaptureFixture[str]):
    listed = page("", capfd).split("命令：\n")[1]
    assert all(
        re.search(rf"^  {name} +[\u4e00-\u9fff]", listed, re.MULTILINE) for name in COMMANDS[1:]
    )
