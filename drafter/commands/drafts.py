"""Commands about a draft: write it, refresh it, export it."""

from pathlib import Path
from typing import Annotated

import typer

from drafter import console
from drafter.commands.options import (
    AsJson,
    BaseUrl,
    Facts,
    Knowledge,
    Lenient,
    Model,
    Organisation,
    Out,
    Tables,
    Year,
)
from drafter.records.step import Step


def draft(
    *,
    indicators: Annotated[list[Path], typer.Option("--indicators", help="指标表，可给多个")],
    facts: Facts = None,
    precedent: Annotated[Path | None, typer.Option("--precedent", help="照着写的往年总结")] = None,
    outline: Annotated[Path | None, typer.Option("--outline", help="提纲（YAML）")] = None,
    title: Annotated[str, typer.Option("--title", help="标题")] = "",
    year: Year = None,
    org: Organisation = "",
    date: Annotated[str, typer.Option("--date", help="落款日期，如 2025年1月6日")] = "",
    knowledge: Knowledge = None,
    model: Model = "offline",
    base_url: BaseUrl = "",
    out: Annotated[Path, typer.Option("--out", help="输出目录")] = Path("out"),
    lenient: Lenient = False,
    decisions: Annotated[
        Path | None,
        typer.Option("--decisions", help="沿用哪份 draft.json 中的定夺；不给则看输出目录原有的"),
    ] = None,
    no_decisions: Annotated[
        bool, typer.Option("--no-decisions", help="不沿用以前的定夺，全部重新定夺")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """起草总结：写出审校稿、草稿数据；没有未决事项时一并写出印发稿。"""
    from drafter.assembly import DraftRequest, draft_summary

    if decisions and no_decisions:
        raise typer.BadParameter("--decisions 和 --no-decisions 不能同时使用")
    request = DraftRequest(
        indicators=tuple(indicators),
        facts=tuple(facts or ()),
        precedent=precedent,
        outline=outline,
        title=title,
        year=year,
        organisation=org,
        date=date,
        knowledge=knowledge,
        model=model,
        base_url=base_url,
        out=out,
        lenient=lenient,
        decisions=decisions,
        fresh=no_decisions,
    )
    with console.progress("起草") as steps:
        outcome = draft_summary(request, steps=steps)
    if as_json:
        console.emit(outcome.as_json())
        return
    console.say(outcome.in_words())


def refresh(
    file: Annotated[Path, typer.Argument(help="draft.json")],
    *,
    indicators: Annotated[list[Path], typer.Option("--indicators", help="新的指标表")],
    facts: Facts = None,
    out: Out = None,
    lenient: Lenient = False,
    as_json: AsJson = False,
) -> None:
    """指标表有修改时更新草稿：数字、位次、升降随表而变，不改文字。"""
    from drafter.upkeep import refresh_draft

    with console.progress("更新") as steps:
        steps(Step(0, 1, "核对"))
        outcome = refresh_draft(file, indicators, facts or (), out or file.parent, lenient=lenient)
    if as_json:
        console.emit(outcome.as_json())
        return
    console.say(outcome.in_words())


def recast(
    file: Annotated[Path, typer.Argument(help="draft.json")],
    *,
    length: Annotated[int | None, typer.Option("--length", help="压缩到多少字以内")] = None,
    first: Annotated[str, typer.Option("--first", help="把哪一节提到同级最前")] = "",
    drop: Annotated[
        list[str] | None,
        typer.Option("--drop", help="删去哪种采用程度的内容：沿用、备查、可报、可写，可给多次"),
    ] = None,
    merge: Annotated[
        list[str] | None, typer.Option("--merge", help="合并两节，写成“甲节+乙节”，可给多次")
    ] = None,
    restore: Annotated[bool, typer.Option("--restore", help="恢复到上一次重排之前")] = False,
    force: Annotated[bool, typer.Option("--force", help="恢复时不顾重排之后的改动")] = False,
    indicators: Tables = None,
    facts: Facts = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """不用模型，压缩篇幅、调整次序：先删采用程度低的，整句整分句地删，必报必写不动。"""
    from drafter.recasting import RecastRequest
    from drafter.upkeep import recast_draft

    asked = RecastRequest(
        length=length, first=first, drop=tuple(drop or ()), merge=tuple(merge or ())
    )
    if restore and asked != RecastRequest():
        raise typer.BadParameter("--restore 不能和其他重排选项同时使用")
    with console.progress("重排") as steps:
        done, outcome = recast_draft(
            file,
            None if restore else asked,
            indicators or (),
            facts or (),
            out or file.parent,
            force=force,
            steps=steps,
        )
    if as_json:
        console.emit({**done.as_json(), **outcome.as_json()})
        return
    console.say(done.in_words())
    console.say(outcome.in_words())


def rewrite(
    file: Annotated[Path, typer.Argument(help="draft.json")],
    *,
    section: Annotated[int, typer.Option("--section", help="第几个板块，从1数起", min=1)],
    sentence: Annotated[
        str, typer.Option("--sentence", help="只改写其中第几句，从1数起；几句写成 3-5")
    ] = "",
    instruction: Annotated[str, typer.Option("--instruction", help="改写要求")] = "",
    model: Model = "offline",
    base_url: BaseUrl = "",
    indicators: Tables = None,
    facts: Facts = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """重写一个板块或其中几句，其余一字不动；写出的每个数、每件事仍要核对，可用 recast --restore 恢复。"""
    from drafter.rewriting import RewriteRequest, sentence_range
    from drafter.upkeep import rewrite_draft

    asked = RewriteRequest(section, sentence_range(sentence), instruction)
    with console.progress("改写") as steps:
        done, outcome = rewrite_draft(
            file,
            asked,
            (model, base_url),
            indicators or (),
            facts or (),
            out or file.parent,
            steps=steps,
        )
    if as_json:
        console.emit(
            {
                "section": section,
                "changed": done.changed,
                "rewriting": list(done.notes),
                **outcome.as_json(),
            }
        )
        return
    console.say(outcome.in_words())


def reread(
    edited: Annotated[Path, typer.Argument(help="改回的 Word 文件（docx）")],
    *,
    draft: Annotated[Path, typer.Option("--draft", help="它所依据的 draft.json")],
    by: Annotated[str, typer.Option("--by", help="谁改的；修订中有署名的以修订为准")] = "",
    reason: Annotated[str, typer.Option("--reason", help="为何改动，如 领导意见、股室更正")] = "",
    indicators: Tables = None,
    facts: Facts = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """读回领导或股室改过的 Word 文件：没动的句子仍随表更新，改动的数字和事实重新核对。"""
    from drafter.reread_view import as_json as reread_json
    from drafter.reread_view import in_words
    from drafter.rereading import RereadRequest
    from drafter.upkeep import reread_draft

    with console.progress("读回") as steps:
        steps(Step(0, 1, "对照、核对"))
        done, outcome = reread_draft(
            draft,
            edited,
            RereadRequest(by, reason),
            indicators or (),
            facts or (),
            out or draft.parent,
        )
    if as_json:
        console.emit({**reread_json(done), **outcome.as_json()})
        return
    console.say(in_words(done))
    console.say(outcome.in_words())


def compare(
    before: Annotated[Path, typer.Argument(help="较早的 draft.json 或其 Word 稿")],
    after: Annotated[Path, typer.Argument(help="较新的 draft.json 或其 Word 稿")],
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="写到哪个 docx")] = Path(
        "花脸稿.docx"
    ),
    by: Annotated[str, typer.Option("--by", help="没有记录的改动是谁改的")] = "",
    reason: Annotated[
        str, typer.Option("--reason", help="没有记录的改动是为何，如 领导意见、股室更正")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """写出两稿的花脸稿：用 Word 的修订标出增删，并附改动对照表。"""
    from drafter.upkeep import compare_drafts

    found = compare_drafts(before, after, output, by=by, reason=reason)
    if as_json:
        rows = [
            {
                "section": one.section,
                "before": one.before,
                "after": one.after,
                "kinds": list(one.kinds),
                "reason": one.reason,
                "by": one.by,
            }
            for one in found.changes
        ]
        console.emit({"file": str(output), "changes": rows})
        return
    console.say(f"改动{len(found.changes)}处，已写出：{output}")


def signoff(
    file: Annotated[Path, typer.Argument(help="draft.json")],
    *,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="写到哪个 docx")] = None,
    department: Annotated[str, typer.Option("--department", help="只写某一个股室的")] = "",
    indicators: Tables = None,
    facts: Facts = None,
    as_json: AsJson = False,
) -> None:
    """写出核对单：每个股室一张，列出它负责的数字和事实及出处，供打钩签字。"""
    from drafter.upkeep import signoff_sheets

    written, sheets = signoff_sheets(file, indicators or (), facts or (), output, department)
    counts = {one.department: sum(len(entry.proofs) for entry in one.entries) for one in sheets}
    if as_json:
        console.emit({"file": str(written), "departments": counts})
        return
    told = "，".join(f"{name}{count}处" for name, count in counts.items())
    console.say(f"已写出：{written}（{told}）")


def decide(
    file: Annotated[Path, typer.Argument(help="draft.json")],
    *,
    item: Annotated[str, typer.Option("--item", help="不利数据的编号或指标名称")],
    decided: Annotated[str, typer.Option("--as", help="写入成绩、写入问题或不写")],
    by: Annotated[str, typer.Option("--by", help="决定人")],
    reason: Annotated[str, typer.Option("--reason", help="理由")] = "",
    indicators: Tables = None,
    facts: Facts = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """由人决定一项不利数据写在哪里，记入草稿并照办。"""
    from drafter.records.draft import Decision
    from drafter.upkeep import decide_draft

    decision = Decision(item=item, decided=decided, by=by, reason=reason)
    outcome = decide_draft(file, decision, indicators or (), facts or (), out or file.parent)
    if as_json:
        console.emit(outcome.as_json())
        return
    console.say(outcome.in_words())


def attest(
    file: Annotated[Path, typer.Argument(help="draft.json")],
    *,
    claim: Annotated[
        str, typer.Option("--claim", help="未决之处的编号，如 s2:17；不给则列出全部编号")
    ] = "",
    by: Annotated[str, typer.Option("--by", help="担保人")] = "",
    reason: Annotated[str, typer.Option("--reason", help="理由，如所依据的文件")] = "",
    indicators: Tables = None,
    facts: Facts = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """由专人担保一处无依据的数字或事实；文字或数据一改即失效，与表不符的不能担保。"""
    from drafter.upkeep import attest_draft, claims_of

    if not claim:
        found = claims_of(file)
        if as_json:
            console.emit({"claims": [{"id": name, "message": said} for name, said in found]})
            return
        console.say("\n".join(f"{name}　{said}" for name, said in found) or "没有未决之处")
        return
    outcome = attest_draft(
        file, claim, by, reason, indicators or (), facts or (), out or file.parent
    )
    if as_json:
        console.emit(outcome.as_json())
        return
    console.say(outcome.in_words())


def explain(
    file: Annotated[Path, typer.Argument(help="draft.json")],
    *,
    indicators: Tables = None,
    facts: Facts = None,
    as_json: AsJson = False,
) -> int:
    """逐句说明草稿由什么支撑：指标、素材、沿用、评价；有说不清的句子时退出码为1。"""
    from drafter.explaining import UNEXPLAINED, in_words
    from drafter.explaining import as_json as explained_json
    from drafter.upkeep import explain_draft

    draft, found = explain_draft(file, indicators or (), facts or ())
    if as_json:
        console.emit({"title": draft.title, "explained": explained_json(found)})
    else:
        console.say(in_words(found, draft))
    return int(any(one.kind == UNEXPLAINED for one in found))


def export(
    file: Annotated[Path, typer.Argument(help="draft.json")],
    *,
    clean: Annotated[bool, typer.Option("--clean/--review", help="印发稿或审校稿")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="写到哪个 docx")] = None,
    table: Annotated[bool, typer.Option("--table", help="附上本年主要指标完成情况表")] = False,
    charts: Annotated[
        bool, typer.Option("--charts", help="附上历年情况图（知识库中要有往年指标表）")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """由草稿写出 Word 文件；还有未决事项时不写印发稿。"""
    from drafter.upkeep import export_draft

    written = export_draft(file, clean=clean, output=output, with_table=table, with_charts=charts)
    if as_json:
        console.emit({"file": str(written), "kind": "clean" if clean else "review"})
        return
    console.say(f"已写出：{written}")
