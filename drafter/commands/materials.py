"""Commands about materials: empty tables, figures of past texts, the knowledge base."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from drafter import console
from drafter.commands.options import AsJson, Facts, Knowledge, Lenient, Organisation, Year


def template(
    output: Annotated[Path, typer.Option("-o", "--output", help="写到哪个 xlsx")],
    *,
    source: Annotated[Path | None, typer.Option("--from", help="去年的指标表或总结")] = None,
    as_json: AsJson = False,
) -> None:
    """生成空白指标表和素材表（可带上去年的指标名称和数值）。"""
    from drafter.exporting.blank_table import write_blank_table
    from drafter.preparing import blank_table_from

    table = blank_table_from(source) if source else None
    listed = write_blank_table(output, table=table)
    if as_json:
        console.emit({"file": str(output), "indicators": listed})
        return
    console.say(f"已生成：{output}" + (f"（列出去年的指标{listed}个）" if table else ""))


def extract(
    file: Annotated[Path, typer.Argument(help="往年总结（txt、docx）")],
    output: Annotated[Path, typer.Option("-o", "--output", help="写到哪个 csv")],
    *,
    as_json: AsJson = False,
) -> None:
    """从往年总结中摘出指标，生成可修改的指标表。"""
    from drafter.preparing import extract_table

    rows = extract_table(file, output)
    if as_json:
        console.emit({"file": str(output), "indicators": rows})
        return
    console.say(f"已摘出{rows}个指标，写入{output}；请逐行核对名称后使用。")


def gather(
    files: Annotated[
        list[Path], typer.Argument(help="今年的材料：半年总结、简报、会议纪要（docx、txt）")
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="写到哪个 xlsx；已有的素材表只在下面添新条")
    ],
    *,
    year: Year = None,
    as_json: AsJson = False,
) -> None:
    """从今年的材料中摘出素材，逐条标明出处，待人确认后才能用于起草。"""
    from drafter.preparing import gather_facts
    from drafter.writing.gathering import as_row

    with console.progress("摘录") as steps:
        found = gather_facts(files, output, year=year, steps=steps)
    if as_json:
        console.emit(
            {
                "file": str(output),
                "facts": [dict(as_row(one)) for one in found.proposals],
                "merged": found.merged,
                "listed": found.listed,
                "skipped": [
                    {"text": one.text, "basis": one.basis, "reason": one.reason}
                    for one in found.skipped
                ],
            }
        )
        return
    kinds = Counter(one.kind for one in found.proposals)
    counted = "，".join(f"{kind}{count}条" for kind, count in kinds.items())
    known = f"，表中已有{found.listed}条" if found.listed else ""
    console.say(f"摘出素材{len(found.proposals)}条（{counted}），合并重复{found.merged}条{known}")
    reasons = Counter(one.reason for one in found.skipped)
    for reason, count in reasons.items():
        console.say(f"  未列：{reason}，{count}句")
    console.say(f"已写入{output}；每条都标为“待确认”，确认后清空或改为“已确认”，才会写入总结。")


def promises(
    precedent: Annotated[Path, typer.Argument(help="去年的总结（docx、txt）")],
    *,
    indicators: Annotated[list[Path], typer.Option("--indicators", help="今年的指标表，可给多个")],
    facts: Facts = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="写到哪个 xlsx")] = None,
    lenient: Lenient = False,
    as_json: AsJson = False,
) -> None:
    """承诺兑现表：去年提的目标和问题，对照今年的结果。"""
    from drafter.draft_file import promise_json
    from drafter.preparing import kept_promises

    found = kept_promises(precedent, indicators, facts or (), output, lenient=lenient)
    if as_json:
        console.emit(
            {
                "file": str(precedent),
                "output": str(output) if output else None,
                "counts": dict(Counter(one.verdict for one in found)),
                "promises": [promise_json(one) for one in found],
            }
        )
        return
    for one in found:
        said = f"，今年{one.result}" if one.result else ""
        told = f"（{one.message}）" if one.message else ""
        place = "；".join(cell.place for cell in one.evidence)
        console.say(f"[{one.in_words}] 第{one.paragraph}段“{one.text}”{said}{told}")
        if place:
            console.say(f"    依据：{place}")
    counted = "，".join(
        f"{name}{n}项" for name, n in Counter(one.in_words for one in found).items()
    )
    console.say(f"承诺兑现：共{len(found)}项" + (f"，{counted}" if counted else ""))
    if output:
        console.say(f"已写入：{output}")


def ingest(
    paths: Annotated[
        list[Path], typer.Argument(help="往年总结（txt、docx）、往年指标表，或其目录")
    ],
    *,
    org: Organisation = "",
    year: Year = None,
    knowledge: Knowledge = None,
    force: Annotated[bool, typer.Option("--force", help="质量过低的文件也收入")] = False,
    as_json: AsJson = False,
) -> None:
    """把往年总结收入知识库；没有变化的文件不会重做。"""
    from drafter.preparing import ingest_paths

    with console.progress("收入知识库") as steps:
        report = ingest_paths(
            paths, organisation=org, year=year, folder=knowledge, force=force, steps=steps
        )
    if as_json:
        console.emit(report.as_json())
        return
    console.say(report.in_words())


def search(
    text: Annotated[str, typer.Argument(help="要找的内容")],
    *,
    org: Organisation = "",
    knowledge: Knowledge = None,
    count: Annotated[int, typer.Option("-n", min=1, max=50, help="最多几条")] = 3,
    as_json: AsJson = False,
) -> None:
    """在知识库中查找往年相近的段落（数字已隐去）。"""
    from drafter.assembly import open_knowledge

    with open_knowledge(knowledge) as base:
        passages = base.search(text, organisation=org or None, k=count)
    for passage in passages:
        if as_json:
            console.emit(
                {
                    "organisation": passage.organisation,
                    "year": passage.year,
                    "section": passage.section,
                    "text": passage.masked,
                    "source": passage.source,
                    "score": passage.score,
                }
            )
        else:
            console.say(
                f"【{passage.organisation} {passage.year or ''} {passage.section}】{passage.masked}"
            )
    if not passages and not as_json:
        console.say("知识库中没有相近的段落；请先用 drafter ingest 收入往年总结。")
