"""The model's answers to a job, in the database: whichever worker goes on with it has them all."""

from datetime import UTC, datetime

from sqlalchemy.exc import IntegrityError

from api.storage.database import Database
from api.storage.schema import ModelAnswer


class Answers:
    """A shelf for `drafter.endpoint.replaying`, of one job."""

    def __init__(self, database: Database, job: str) -> None:
        self._database, self._job = database, job

    def read(self, name: str) -> bytes | None:
        """The answer under a name."""
        with self._database.reading() as session:
            found = session.get(ModelAnswer, (self._job, name))
            return found.content if found else None

    def keep(self, name: str, data: bytes) -> None:
        """Keeps an answer; what was kept before it stays."""
        answer = ModelAnswer(
            job_id=self._job, name=name, content=data, created_at=datetime.now(UTC)
        )
        try:
            with self._database.writing() as session:
                session.add(answer)
        except IntegrityError:
            return  # an earlier attempt's answer to the same request came in meanwhile
