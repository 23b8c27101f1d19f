"""`python -m api token`: tokens made, listed and ended by whoever runs the service."""

import argparse
from collections.abc import Callable
from datetime import timedelta, timezone

from sqlalchemy import select
from sqlalchemy.orm import Session

from api import tokens
from api.storage.database import Database
from api.storage.schema import Organisation, Token
from drafter.errors import OperatorError

_ACTOR = "命令行"
_CHINA = timezone(timedelta(hours=8))
Say = Callable[[str], None]


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The errands of `token`."""
    errands = commands.add_parser("token", help="令牌").add_subparsers(dest="errand", required=True)
    create = errands.add_parser("create", help="新建令牌，只显示这一次")
    create.add_argument("--org", required=True, help="单位名称")
    create.add_argument("--name", required=True, help="给谁用")
    create.add_argument("--role", required=True, choices=tokens.ROLES)
    until = create.add_mutually_exclusive_group()
    until.add_argument("--days", type=_days, default=365, help="有效天数，默认365天")
    until.add_argument(
        "--forever", dest="days", action="store_const", const=None, help="长期有效，直到撤销"
    )
    create.add_argument("--drafts-a-day", type=_count, help="每天最多起草几份；不写则同其他令牌")
    create.add_argument(
        "--upload-bytes-a-day", type=_count, help="每天最多上传多少字节；不写则同其他令牌"
    )
    listed = errands.add_parser("list", help="列出令牌（只有前缀，没有密文）")
    listed.add_argument("--org", help="只列这个单位的")
    revoke = errands.add_parser("revoke", help="撤销令牌，立即生效")
    revoke.add_argument("id", help="编号或前缀，见 token list；整个令牌也行")


def run(given: argparse.Namespace, database: Database, say: Say) -> int:
    """One errand; 0 done.

    Raises:
        OperatorError: there is no such token or organisation.
    """
    if given.errand == "create":
        return _create(given, database, say)
    if given.errand == "list":
        return _list(given.org, database, say)
    return _revoke(given.id, database, say)


def _create(given: argparse.Namespace, database: Database, say: Say) -> int:
    with database.writing() as session:
        organisation = tokens.organisation_named(session, given.org.strip())
        made = tokens.create_token(
            session,
            organisation=organisation.id,
            name=given.name,
            role=given.role,
            actor=_ACTOR,
            days=given.days,
            drafts_a_day=given.drafts_a_day,
            upload_bytes_a_day=given.upload_bytes_a_day,
        )
    say(f"令牌（只显示这一次）：{made.written}")
    return 0


def _list(name: str | None, database: Database, say: Say) -> int:
    with database.reading() as session:
        query = select(Token, Organisation).join(
            Organisation, Token.organisation_id == Organisation.id
        )
        if name is not None:
            _known(session, name.strip())
            query = query.where(Organisation.name == name.strip())
        rows = session.execute(query.order_by(Organisation.name, Token.created_at, Token.id)).all()
        say("前缀\t单位\t名称\t角色\t状态\t到期")
        for token, organisation in rows:
            ends = "长期"
            if token.expires_at is not None:
                ends = token.expires_at.astimezone(_CHINA).strftime("%Y-%m-%d %H:%M")
            names = (_plain(organisation.name), _plain(token.name))
            state = tokens.state_of(token.revoked_at, token.expires_at)
            say("\t".join((tokens.prefix_of(token), *names, token.role, state, ends)))
    say(f"共{len(rows)}个")
    return 0


def _known(session: Session, name: str) -> None:
    """Returns where there is such an organisation.

    Raises:
        OperatorError: there is none; those that there are.
    """
    names = list(session.scalars(select(Organisation.name).order_by(Organisation.name)))
    if name not in names:
        listed = "、".join(map(_plain, names[:20]))
        raise OperatorError(f"没有“{_plain(name)[:40]}”这个单位；现有：{listed or '无'}")


def _revoke(written: str, database: Database, say: Say) -> int:
    identity = written.removeprefix(f"{tokens.PREFIX}_").partition("_")[0]
    with database.writing() as session:
        token = session.get(Token, identity)
        if token is None:
            raise OperatorError(
                f"没有这个令牌：{_plain(identity)[:40]}；用 python -m api token list 查看"
            )
        is_new = tokens.revoke(session, token, actor=_ACTOR)
        say(
            f"{'已撤销' if is_new else '早已撤销'}：{tokens.prefix_of(token)}（{_plain(token.name)}）"
        )
    return 0


def _plain(name: str) -> str:
    """Nothing in a name may move the cursor of a terminal."""
    return "".join(sign for sign in name if sign.isprintable())


def _days(written: str) -> int:
    if not written.isascii() or not written.isdigit() or not 1 <= int(written) <= 3650:
        raise argparse.ArgumentTypeError(f"有效天数应为1至3650的整数，读到“{written}”")
    return int(written)


def _count(written: str) -> int:
    if not written.isascii() or not written.isdigit() or len(written) > 12:
        raise argparse.ArgumentTypeError(f"应为不小于0的整数，读到“{written}”")
    return int(written)
