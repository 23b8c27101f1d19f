"""The first start: a token for whoever installed the service, and the sample bureau to try it with.

What is loaded goes through the code of the upload routes. Table, facts and token are there before
the service listens; the past summaries follow beside it, as reading them takes seconds. A start
that was killed meanwhile is finished by the next.
"""

import json
import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.routes import materials, summaries
from api.service import Service
from api.settings import ApiSettings
from api.storage.audit import record
from api.storage.schema import AuditEntry, Material, Organisation, Token
from api.tokens import Principal, create_token, organisation_named
from drafter.errors import DrafterError, OperatorError

LOOPBACK = ("127.0.0.1", "::1", "localhost")
BUREAU = "云岭县科技和工业信息化局"
PLAIN = "示例单位"
_ACTOR = "首次启动"
_FOLDER = Path(__file__).parent.parent / "knowledge_base"
_BEGUN, _LOADED = "sample.begin", "sample.loaded"
_log = logging.getLogger(__name__)
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Files:
    """The sample's files: the newest table with its facts to draft from, the rest as the past."""

    table: Path
    facts: Path
    past: tuple[Path, ...]


def begin(service: Service, *, say: Say, folder: Path = _FOLDER) -> Thread | None:
    """What a start does before it listens: token and sample on the first, nothing on later ones.

    Args:
        service: Not serving yet.
        say: Tells whoever started it.
        folder: Of the sample's files.

    Returns:
        The thread that takes in the past summaries, where there are some to take in.

    Raises:
        OperatorError: the sample was asked for by name and its files are not there.
    """
    settings = service.settings
    files = files_of(folder) if is_wanted(settings) else None
    if settings.sample and files is None:
        raise OperatorError(f"没有示例单位的文件：{folder}；请去掉 --sample（DRAFTER_API_SAMPLE）")
    token = _first(service, with_sample=files is not None)
    if token:
        bureau = PLAIN if files is None else BUREAU
        say(f"首次启动，{bureau}的管理令牌（只显示这一次）：{token}")
        say(f"我是谁：{_curl(settings, token, 'me')}")
    who = _unfinished(service)
    if files is None or who is None:
        return None
    body = _add_materials(service, who, files, say)
    if token and body:
        say(f"起草一份：{_curl(settings, token, 'drafts', body)}")
    thread = Thread(target=_take_in, args=(service, who, files, say), name="sample", daemon=True)
    thread.start()
    return thread


def is_wanted(settings: ApiSettings) -> bool:
    """Unless it is said, only where nobody else can come: on loopback, with the embedded default."""
    if settings.sample is not None:
        return settings.sample
    return settings.host in LOOPBACK and not settings.database


def files_of(folder: Path) -> Files | None:
    """The sample's files; None where the service was installed without them."""
    tables = _by_year((folder / "tables").glob("*.xlsx"))
    facts = _by_year((folder / "facts").glob("*.xlsx"))
    if not tables or not facts:
        return None
    texts = _by_year((folder / "summaries").iterdir())
    return Files(table=tables[-1], facts=facts[-1], past=(*texts, *tables[:-1]))


def _by_year(files: Iterable[Path]) -> list[Path]:
    return sorted(one for one in files if re.match(r"\d{4}年", one.name))


def _first(service: Service, *, with_sample: bool) -> str:
    """The token of the first start; empty on later ones.

    Open to the network none is made: what is printed goes to a log that is read by many.
    """
    settings = service.settings
    with service.database.writing() as session:
        is_first = session.scalars(select(Token.id)).first() is None
        organisation = None
        if with_sample and (is_first or settings.sample):
            organisation = organisation_named(session, BUREAU)
            if not _is_told(session, organisation.id, _BEGUN):
                _tell(session, organisation.id, _BEGUN)
        if not is_first or settings.host not in LOOPBACK:
            return ""
        organisation = organisation or organisation_named(session, PLAIN)
        made = create_token(
            session,
            organisation=organisation.id,
            name=_ACTOR,
            role="admin",
            actor=_ACTOR,
            days=None,
        )
    return made.written


def _unfinished(service: Service) -> Principal | None:
    """Whom the sample is loaded for, where that was begun and is not done."""
    with service.database.reading() as session:
        query = select(Organisation).where(Organisation.name == BUREAU)
        found = session.scalars(query).first()
        if found is None or not _is_told(session, found.id, _BEGUN):
            return None
        if _is_told(session, found.id, _LOADED):
            return None
    return Principal("示例", _ACTOR, "admin", found.id, found.name)


def _add_materials(service: Service, who: Principal, files: Files, say: Say) -> str:
    """Table and facts; the body of a request for a draft of them, empty where both were there."""
    given = ((materials.TABLE, files.table), (materials.FACTS, files.facts))
    body = {}
    for kind, path in given:
        if _has(service, who, kind):
            continue
        content = path.read_bytes()
        read = kind.read(path.name, content, lenient=False)
        made = materials.added(service, kind, (content, path.name, read), who, path.stem)
        body[kind.name] = {"id": made.id}
        say(f"已载入{kind.words}：{path.name}，{made.revisions[0].rows}行，编号 {made.id}")
    return json.dumps({**body, "year": int(files.table.name[:4])}) if "table" in body else ""


def _has(service: Service, who: Principal, kind: materials.Kind) -> bool:
    with service.database.reading() as session:
        query = select(Material.id).where(
            Material.organisation_id == who.organisation, Material.kind == kind.name
        )
        return session.scalars(query).first() is not None


def _take_in(service: Service, who: Principal, files: Files, say: Say) -> None:
    """The past into the knowledge base, beside a service that listens already."""
    say("正在收入往年总结和往年指标表（几秒钟）")
    try:
        told = summaries.taken_in(
            service, who, [(one.name, one.read_bytes()) for one in files.past]
        )
        with service.database.writing() as session:
            _tell(session, who.organisation, _LOADED)
    except (DrafterError, OSError):
        # The service is of use without; the next start tries again.
        _log.exception("sample")
        say("往年总结没有收入，原因见上；下次启动再试")
        return
    say(f"往年总结和往年指标表已收入：{'、'.join([*told.added, *told.unchanged])}；可以起草了")


def _tell(session: Session, organisation: str, action: str) -> None:
    record(session, organisation=organisation, actor=_ACTOR, action=action, target=organisation)


def _is_told(session: Session, organisation: str, action: str) -> bool:
    query = select(AuditEntry.seq).where(
        AuditEntry.organisation_id == organisation, AuditEntry.action == action
    )
    return session.scalars(query).first() is not None


def _curl(settings: ApiSettings, token: str, path: str, body: str = "") -> str:
    """A line to paste into a shell."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    given = f" -H 'Content-Type: application/json' -d '{body}'" if body else ""
    return f"curl -H 'Authorization: Bearer {token}'{given} http://{host}:{settings.port}/v1/{path}"
