"""Mistakes in the command line are told in Chinese: what, where, what next."""

import json
import re

import pytest

from drafter.cli import main

MISTAKES = {
    "draft": "缺少选项“--indicators”",
    "draft --indicators": "选项“--indicators”后面缺少值",
    "draft --indicators 表.csv --year 今年": "选项“--year”（总结的年份）应为整数",
    "draft --indicators 表.csv --jsno": "相近的有：--json",
    "check": "请给出要核对的文本",
    "search 投资 -n 99": "应不大于50",
    "refresh": "缺少参数“draft.json”",
    "export 甲.json 乙.json": "多出了参数“乙.json”",
    "drfat": "没有命令“drfat”（相近的有：draft",
}


def run(line: str, *more: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main([*line.split(), *more])
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.mark.parametrize("line", MISTAKES)
def test_a_mistake_is_named_with_what_to_do_next(line: str, capfd: pytest.CaptureFixture[str]):
    assert run(line) == 2
    captured = capfd.readouterr()
    assert MISTAKES[line] in captured.err
    assert "--help" in captured.err
    assert captured.out == ""
    assert not re.search(r"Usage|Error|Missing|Invalid|No such", captured.err)


@pytest.mark.parametrize("line", MISTAKES)
def test_programs_get_it_as_json(line: str, capfd: pytest.CaptureFixture[str]):
    if line.endswith("--indicators"):
        line += " 表.csv --year 今年"
    assert run(line, "--json") == 2
    (told,) = [json.loads(one) for one in capfd.readouterr().out.splitlines()]
    assert told["error"]["code"] == "request.usage"
    assert told["file"] is None


def test_help_is_no_mistake(capfd: pytest.CaptureFixture[str]):
    assert run("draft --help") == 0
    assert "起草总结" in capfd.readouterr().out


def test_without_a_command_the_commands_are_shown(capfd: pytest.CaptureFixture[str]):
    assert run("") == 2
    assert "check" in capfd.readouterr().out
