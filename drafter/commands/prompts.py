"""The command that shows what a model would be sent."""

from pathlib import Path
from typing import Annotated

import typer

from drafter import console
from drafter.commands.options import AsJson, Facts, Knowledge, Lenient, Organisation, Year


def prompt(
    *,
    indicators: Annotated[list[Path], typer.Option("--indicators", help="指标表，可给多个")],
    section: Annotated[int, typer.Option("--section", help="第几个板块，从1数起", min=1)],
    instruction: Annotated[str, typer.Option("--instruction", help="编辑的重写要求")] = "",
    facts: Facts = None,
    precedent: Annotated[Path | None, typer.Option("--precedent", help="照着写的往年总结")] = None,
    outline: Annotated[Path | None, typer.Option("--outline", help="提纲（YAML）")] = None,
    year: Year = None,
    org: Organisation = "",
    knowledge: Knowledge = None,
    lenient: Lenient = False,
    as_json: AsJson = False,
) -> None:
    """显示写某个板块时会发给模型的全部内容；不发送，不写文件。"""
    from drafter.assembly import DraftRequest, show_prompt

    request = DraftRequest(
        indicators=tuple(indicators),
        facts=tuple(facts or ()),
        precedent=precedent,
        outline=outline,
        year=year,
        organisation=org,
        knowledge=knowledge,
        lenient=lenient,
    )
    found = show_prompt(request, section, instruction)
    if as_json:
        messages = [{"role": one.role, "content": one.text} for one in found.messages]
        console.emit(
            {
                "prompt": found.prompt,
                "version": found.version,
                "digest": found.digest,
                "characters": found.characters,
                "messages": messages,
            }
        )
        return
    console.say(f"提示词 {found.prompt}（版本{found.version}），共{found.characters}字符")
    for one in found.messages:
        console.say(f"——{'系统' if one.role == 'system' else '请求'}——")
        console.say(one.text)
