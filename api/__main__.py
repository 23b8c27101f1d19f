"""`python -m api`: serve, make tokens, verify the audit trail, write the OpenAPI document."""

import argparse
import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Event

from api import token_commands
from api.settings import ApiSettings, load_api_settings
from api.storage.audit import verified
from api.storage.database import Database, prepared
from drafter.errors import DrafterError, OperatorError

_SWITCH = 0.001
"""Seconds."""
_DOCUMENT = Path(__file__).with_name("openapi.json")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 done, 1 the audit trail is broken, 2 the settings cannot be used."""
    given = _parser().parse_args(arguments)
    try:
        settings = load_api_settings()
        # Whoever starts the process that judges has prepared the database.
        is_judge = given.command == "judge"
        database = Database(settings.database_url) if is_judge else prepared(settings)
    except DrafterError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    try:
        if given.command == "serve":
            asked = settings.sample if given.sample is None else given.sample
            return _serve(settings.model_copy(update={"sample": asked}), database)
        if given.command == "work":
            return _work(settings, database, embedded=given.embedded)
        if given.command == "judge":
            return _judge(settings, database)
        if given.command == "token":
            return token_commands.run(given, database, _say)
        if given.command == "document":
            return _document(given.output, settings, database)
        return _audit(database)
    except OperatorError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    finally:
        database.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m api", description="工作总结服务")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="启动服务")
    serve.add_argument(
        "--sample",
        action=argparse.BooleanOptionalAction,
        help="首次启动时载入示例单位；不写则只在本机、用 SQLite 时载入",
    )
    token_commands.add_to(commands)
    work = commands.add_parser("work", help="启动一个工作进程（服务自带一个，多台机器时另起）")
    work.add_argument("--embedded", action="store_true", help=argparse.SUPPRESS)
    commands.add_parser("judge")
    commands.add_parser("audit", help="核对留痕是否完整")
    document = commands.add_parser("document", help="写出接口文档（OpenAPI）")
    document.add_argument("-o", "--output", type=Path, default=_DOCUMENT)
    return parser


def _serve(settings: ApiSettings, database: Database) -> int:
    import uvicorn  # noqa: PLC0415 - the other commands do without

    from api.app import SERVER, create_app  # noqa: PLC0415 - likewise
    from api.sample import LOOPBACK, begin  # noqa: PLC0415 - likewise

    # A text that is being judged leaves the processor to a request that waits after this long.
    sys.setswitchinterval(_SWITCH)
    app = create_app(settings, database)
    if settings.host in LOOPBACK or settings.sample:
        begin(app.state.service, say=_say)
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level="info",
        **SERVER,
    )
    return 0


def _work(settings: ApiSettings, database: Database, *, embedded: bool) -> int:
    from api.service import Service  # noqa: PLC0415 - the other commands do without
    from api.work.embedded import end_with_parent, give_way  # noqa: PLC0415 - likewise

    stop = Event()
    if embedded:
        end_with_parent()
        give_way()
    from api.work.worker import Worker  # noqa: PLC0415 - after it may be ended: it takes seconds
    from drafter.settings import load_settings  # noqa: PLC0415 - likewise

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: stop.set())
    Worker(Service(settings, database, load_settings())).run(stop)
    return 0


def _judge(settings: ApiSettings, database: Database) -> int:
    from api.judging import judge  # noqa: PLC0415 - the other commands do without
    from api.routes import checks, sections  # noqa: PLC0415, F401 - what is asked for is loaded now
    from api.service import Service  # noqa: PLC0415 - likewise
    from drafter.settings import load_settings  # noqa: PLC0415 - likewise

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # meant for whoever started it, who ends it
    answers, sys.stdout = sys.stdout.buffer, sys.stderr  # what is printed by chance is no answer
    judge(Service(settings, database, load_settings()), sys.stdin.buffer, answers)
    return 0


def _document(output: Path, settings: ApiSettings, database: Database) -> int:
    from api.app import create_app  # noqa: PLC0415 - the other commands do without

    document = create_app(settings, database).openapi()
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    output.write_text(text, encoding="utf-8")
    _say(f"已写出：{output}")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _audit(database: Database) -> int:
    with database.reading() as session:
        count, broken = verified(session)
    if broken is not None:
        sys.stderr.write(f"留痕不完整：第{broken.seq}条，{broken.why}\n")
        return 1
    _say(f"留痕完整，共{count}条")
    return 0


if __name__ == "__main__":
    sys.exit(main())
