"""A bare stand-in for the service: FastAPI and SQLAlchemy on SQLite, the same routes, no work.

Its reads answer from its database what the service answered, its check reads the row of the table,
its edit writes a version. It knows no tokens. `python -m eval.load.bare FILE PORT` serves FILE.
"""

import sys
from pathlib import Path
from typing import Annotated, Any

import uvicorn
from fastapi import Body, FastAPI, Header, HTTPException
from fastapi.responses import JSONResponse
from sqlalchemy import JSON, LargeBinary, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from api.storage.database import Database


class Base(DeclarativeBase):
    """All tables."""

    type_annotation_map = {dict[str, Any]: JSON}  # noqa: RUF012


class Answer(Base):
    """What is answered under a path."""

    __tablename__ = "answers"
    path: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]


class Table(Base):
    """An uploaded table."""

    __tablename__ = "tables"
    id: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Version(Base):
    """A section as it once was."""

    __tablename__ = "versions"
    path: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]


def filled(file: Path, answers: dict[str, Any], table: tuple[str, bytes]) -> None:
    """A new database.

    Args:
        file: Where.
        answers: Path -> what is read there.
        table: Id and bytes.
    """
    database = Database(f"sqlite:///{file}")
    Base.metadata.create_all(database.engine)
    with database.writing() as session:
        session.add(Table(id=table[0], content=table[1]))
        session.add_all(Answer(path=path, content=said) for path, said in answers.items())
    database.close()


def app_over(database: Database) -> FastAPI:
    """The stand-in."""
    app = FastAPI()

    @app.get("/ready")
    def ready() -> dict[str, str]:
        return {"status": "ready"}

    @app.get("/{path:path}")
    def read(path: str) -> JSONResponse:
        with database.reading() as session:
            found = session.get(Answer, f"/{path}")
            if found is None:
                raise HTTPException(404)
            return JSONResponse(found.content)

    @app.post("/v1/checks")
    def check(body: Annotated[dict[str, Any], Body()]) -> dict[str, Any]:
        with database.reading() as session:
            found = session.get(Table, body["table"]["id"])
            return {"verdict": "pass", "bytes": len(found.content) if found else 0}

    @app.put("/{path:path}")
    def edit(
        path: str,
        body: Annotated[dict[str, Any], Body()],
        if_match: Annotated[str, Header()],
    ) -> JSONResponse:
        with database.writing() as session:
            found = session.get_one(Answer, f"/{path}")
            content = found.content
            if if_match.strip('"') != str(content["version"]):
                return JSONResponse({"current": content}, 412)
            query = select(func.max(Version.number)).where(Version.path == found.path)
            number = (session.scalar(query) or 0) + 1
            found.content = {**content, "text": body["text"], "version": content["version"] + 1}
            session.add(Version(path=found.path, number=number, content=found.content))
            return JSONResponse(found.content)

    return app


if __name__ == "__main__":
    uvicorn.run(
        app_over(Database(f"sqlite:///{sys.argv[1]}")),
        host="127.0.0.1",
        port=int(sys.argv[2]),
        log_level="info",
    )
