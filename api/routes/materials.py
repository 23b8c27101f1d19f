"""/v1/indicator-tables and /v1/fact-lists: uploads with all their problems, revisions, differences."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Header, Response, UploadFile
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from api import differences
from api.access import Principal, allowed, identifier
from api.bodies import CellOut, MaterialOut, MaterialRef, RevisionOut, RowOut, UploadedOut
from api.problems import Problem, matches, outdated
from api.quotas import uploaded
from api.service import Service, Serving, facts_of, outline_of, table_of
from api.storage.audit import record
from api.storage.schema import Material, Original, Revision
from api.uploads import kept, received, safe_name
from drafter.records.fact import FactList
from drafter.records.indicator import IndicatorTable
from drafter.records.outline import Outline

Reader = Annotated[Principal, Depends(allowed("read"))]
Uploader = Annotated[Principal, Depends(allowed("upload"))]
Read = IndicatorTable | FactList | Outline


@dataclass(frozen=True, slots=True)
class Kind:
    """What sets tables and fact lists apart."""

    name: str
    path: str
    words: str
    forms: str
    """Of its files, in words."""
    read: Callable[..., Any]
    difference: Callable[[Any, Any], tuple[differences.CellChange, ...]]


_SHEETS = "xlsx、csv 或 json"
TABLE = Kind("table", "indicator-tables", "指标表", _SHEETS, table_of, differences.of_tables)
FACTS = Kind("facts", "fact-lists", "素材表", _SHEETS, facts_of, differences.of_facts)
OUTLINE = Kind("outline", "outlines", "提纲", "yaml", outline_of, differences.of_outlines)


def router(kind: Kind) -> APIRouter:
    """The resource of one kind of material."""
    routes = APIRouter(prefix=f"/v1/{kind.path}", tags=[kind.words])
    _add_uploads(routes, kind)
    _add_lists(routes, kind)
    _add_revisions(routes, kind)
    return routes


def _add_uploads(routes: APIRouter, kind: Kind) -> None:
    """New materials and new revisions; all problems of a file at once, nothing half stored."""

    @routes.post(
        "", status_code=201, summary=f"上传{kind.words}", operation_id=f"{kind.name}_create"
    )
    async def create(
        service: Serving,
        response: Response,
        who: Uploader,
        file: Annotated[UploadFile, File(description=kind.forms)],
        name: Annotated[str, Form(max_length=200, pattern=r"^[^\x00]*$")] = "",
        lenient: Annotated[bool, Form()] = False,
    ) -> UploadedOut:
        given = await _received(service, kind, who, file, lenient)
        made = await run_in_threadpool(added, service, kind, given, who, name)
        response.headers["Location"] = f"/v1/{kind.path}/{made.id}"
        return made

    @routes.post(
        "/{identifier}/revisions",
        status_code=201,
        summary=f"上传{kind.words}的新一版",
        operation_id=f"{kind.name}_revise",
        responses={412: {"description": "已有更新的一版"}},
    )
    async def revise(
        service: Serving,
        response: Response,
        identifier: str,
        who: Uploader,
        file: Annotated[UploadFile, File(description=kind.forms)],
        lenient: Annotated[bool, Form()] = False,
        if_match: Annotated[str, Header()] = "",
    ) -> UploadedOut:
        """Behind the others, which stay; with `If-Match` only where the newest is the one seen."""
        given = await _received(service, kind, who, file, lenient)

        def store() -> UploadedOut:
            # A large table takes seconds: read now, it is kept, and no other writer waits for it.
            with service.database.reading() as session:
                material = of_organisation(session, kind, identifier, who)
                read_revision(session, kind, material, newest(session, material))
            with service.database.writing() as session:
                material = of_organisation(session, kind, identifier, who)
                last = newest(session, material)
                if if_match and not matches(if_match, last.number, kind.name):
                    raise outdated(kind.words, last.number, kind.name)
                before = read_revision(session, kind, material, last)
                _revised(session, material, given, who)
                return _uploaded(session, material, kind.difference(before, given[2]))

        made = await run_in_threadpool(store)
        response.headers["ETag"] = f'"{len(made.revisions)}"'
        return made


def _add_lists(routes: APIRouter, kind: Kind) -> None:
    """What there is, one of them, and its end."""

    @routes.get("", summary=f"列出{kind.words}", operation_id=f"{kind.name}_list")
    def listed(service: Serving, who: Reader) -> list[MaterialOut]:
        with service.database.reading() as session:
            found = session.scalars(
                select(Material)
                .where(
                    Material.organisation_id == who.organisation,
                    Material.kind == kind.name,
                    Material.deleted_at.is_(None),
                )
                .order_by(Material.created_at, Material.id)
            )
            return [_material(session, one) for one in found]

    @routes.get("/{identifier}", summary=f"查看{kind.words}", operation_id=f"{kind.name}_read")
    def one(service: Serving, response: Response, identifier: str, who: Reader) -> MaterialOut:
        with service.database.reading() as session:
            found = _material(session, of_organisation(session, kind, identifier, who))
            response.headers["ETag"] = f'"{len(found.revisions)}"'
            return found

    @routes.delete(
        "/{identifier}",
        status_code=204,
        summary=f"删除{kind.words}",
        operation_id=f"{kind.name}_delete",
    )
    def delete(service: Serving, identifier: str, who: Uploader) -> Response:
        with service.database.writing() as session:
            material = of_organisation(session, kind, identifier, who)
            material.deleted_at = datetime.now(UTC)
            record(
                session,
                organisation=who.organisation,
                actor=who.actor,
                action=f"{kind.name}.delete",
                target=material.id,
            )
        return Response(status_code=204)


def _add_revisions(routes: APIRouter, kind: Kind) -> None:
    """A revision as it was read, what it changed, and the file as it came."""

    @routes.get(
        "/{identifier}/revisions/{number}/rows",
        summary="一版的各行",
        operation_id=f"{kind.name}_rows",
    )
    def rows(service: Serving, identifier: str, number: int, who: Reader) -> list[RowOut]:
        with service.database.reading() as session:
            material = of_organisation(session, kind, identifier, who)
            revision = revision_of(session, material, number)
            return _rows(read_revision(session, kind, material, revision))

    @routes.get(
        "/{identifier}/revisions/{number}/difference",
        summary="一版与上一版相比改了哪些单元格",
        operation_id=f"{kind.name}_difference",
    )
    def difference(service: Serving, identifier: str, number: int, who: Reader) -> list[CellOut]:
        with service.database.reading() as session:
            material = of_organisation(session, kind, identifier, who)
            after = revision_of(session, material, number)
            if number == 1:
                return []
            before = revision_of(session, material, number - 1)
            old, new = (read_revision(session, kind, material, one) for one in (before, after))
            return [CellOut(**asdict(one)) for one in kind.difference(old, new)]

    @routes.get(
        "/{identifier}/revisions/{number}/original",
        summary="一版的原件",
        operation_id=f"{kind.name}_original",
        response_class=Response,
        responses={200: {"content": {"application/octet-stream": {}}}},
    )
    def original(service: Serving, identifier: str, number: int, who: Reader) -> Response:
        with service.database.reading() as session:
            material = of_organisation(session, kind, identifier, who)
            revision = revision_of(session, material, number)
            content = content_of(session, material, revision)
        # Never shown by a browser: it is somebody's file.
        headers = {"Content-Disposition": "attachment"}
        return Response(content, media_type="application/octet-stream", headers=headers)


def added(
    service: Service, kind: Kind, given: tuple[bytes, str, Read], who: Principal, name: str = ""
) -> UploadedOut:
    """A new material in a transaction of its own.

    Args:
        service: Whose database it goes to.
        kind: Table or fact list.
        given: The bytes, the name of the file, and what `Kind.read` made of them.
        who: Whose material it is.
        name: What people call it; the file's name by default.
    """
    with service.database.writing() as session:
        material = Material(
            id=identifier(kind.name),
            organisation_id=who.organisation,
            kind=kind.name,
            name=name.strip() or given[1],
            created_at=datetime.now(UTC),
            deleted_at=None,
        )
        session.add(material)
        session.flush()
        _revised(session, material, given, who)
        return _uploaded(session, material, ())


async def _received(
    service: Service, kind: Kind, who: Principal, file: UploadFile, lenient: bool
) -> tuple[bytes, str, Read]:
    """The bytes, the name and what is read of them; nothing is stored of what cannot be read."""
    content = await received(file, service.settings.upload_bytes)
    await run_in_threadpool(uploaded, service.database, who, len(content), service.settings)
    name = safe_name(file.filename)
    read = await run_in_threadpool(kind.read, name, content, lenient=lenient)
    return content, name, read


def of_organisation(session: Session, kind: Kind, identifier: str, who: Principal) -> Material:
    """A material of the principal's own organisation; another's is not there for them."""
    found = session.get(Material, identifier)
    if (
        found is None
        or found.organisation_id != who.organisation
        or found.kind != kind.name
        or found.deleted_at is not None
    ):
        raise Problem(404, f"没有这个{kind.words}：{identifier[:40]}", code=f"{kind.name}.missing")
    return found


def newest(session: Session, material: Material) -> Revision:
    """The latest revision of a material."""
    query = (
        select(Revision)
        .where(Revision.material_id == material.id)
        .order_by(Revision.number.desc())
        .limit(1)
    )
    return session.scalars(query).one()


def revision_of(session: Session, material: Material, number: int) -> Revision:
    """A revision by its number."""
    query = select(Revision).where(
        Revision.material_id == material.id, Revision.number == min(number, 2**31 - 1)
    )
    found = session.scalars(query).first()
    if found is None:
        raise Problem(404, f"没有第{number}版", code="revision.missing")
    return found


def named(
    session: Session, kind: Kind, ref: MaterialRef, who: Principal
) -> tuple[Material, Revision]:
    """The material of a reference and the revision that it names, the newest by default."""
    material = of_organisation(session, kind, ref.id, who)
    if ref.revision is None:
        return material, newest(session, material)
    return material, revision_of(session, material, ref.revision)


def pinned(
    session: Session,
    table: MaterialRef,
    facts: MaterialRef | None,
    who: Principal,
    outline: MaterialRef | None = None,
) -> dict[str, Any]:
    """What a draft is made from, as it keeps it: ids and numbers of revisions."""
    found = {}
    for kind, ref in ((TABLE, table), (FACTS, facts), (OUTLINE, outline)):
        if ref is not None:
            material, revision = named(session, kind, ref, who)
            found[kind.name] = {"id": material.id, "revision": revision.number}
    return found


def read_revision(session: Session, kind: Kind, material: Material, revision: Revision) -> Any:
    """What the drafter reads of a revision; the rows set aside when it came are set aside again."""
    return kind.read(revision.file, content_of(session, material, revision), lenient=True)


def content_of(session: Session, material: Material, revision: Revision) -> bytes:
    """The bytes of a revision's original."""
    found = session.get(Original, (material.organisation_id, revision.original))
    assert found is not None  # noqa: S101 - kept in the revision's own transaction
    return found.content


def _revised(
    session: Session, material: Material, given: tuple[bytes, str, Read], who: Principal
) -> None:
    """Adds a revision and tells the audit trail."""
    content, file, read = given
    query = select(Revision.number).where(Revision.material_id == material.id)
    number = max(session.scalars(query), default=0) + 1
    rows = len(read.facts) if isinstance(read, FactList) else len(_rows(read))
    revision = Revision(
        id=identifier("rev"),
        material_id=material.id,
        number=number,
        original=kept(session, who.organisation, content),
        file=file,
        rows=rows,
        set_aside=[] if isinstance(read, Outline) else list(read.set_aside),
        author=who.actor,
        created_at=datetime.now(UTC),
    )
    session.add(revision)
    session.flush()
    record(
        session,
        organisation=who.organisation,
        actor=who.actor,
        action=f"{material.kind}.upload",
        target=material.id,
        detail={"revision": number, "file": file, "digest": revision.original, "rows": rows},
    )


def _material(session: Session, material: Material) -> MaterialOut:
    query = select(Revision).where(Revision.material_id == material.id).order_by(Revision.number)
    revisions = [
        RevisionOut(
            number=one.number,
            file=one.file,
            rows=one.rows,
            set_aside=one.set_aside,
            author=one.author,
            created_at=one.created_at.isoformat(),
        )
        for one in session.scalars(query)
    ]
    return MaterialOut(id=material.id, name=material.name, revisions=revisions)


def _uploaded(
    session: Session, material: Material, changed: tuple[differences.CellChange, ...]
) -> UploadedOut:
    found = _material(session, material)
    cells = [CellOut(**asdict(one)) for one in changed]
    return UploadedOut(**found.model_dump(), changed=cells)


def _rows(read: Read) -> list[RowOut]:
    if isinstance(read, IndicatorTable):
        return [
            RowOut(
                id=row.id,
                name=row.name,
                cell=row.row.place,
                fields={name: figure.cell.value for name, figure in row.figures()}
                | {"unit": row.unit, "period": row.period_written},
            )
            for row in read.rows
        ]
    if isinstance(read, Outline):
        return [
            RowOut(
                id=one.id,
                name=one.heading,
                cell=f"第{number}节",
                fields={"kind": one.kind, "level": str(one.level), "themes": "、".join(one.themes)},
            )
            for number, one in enumerate(read.sections, 1)
        ]
    return [
        RowOut(
            id=fact.id,
            name=fact.title or fact.text[:40],
            cell=fact.cell.place,
            fields={"text": fact.text, "kind": fact.kind, "section": fact.section},
        )
        for fact in (*read.facts, *read.pending)
    ]
