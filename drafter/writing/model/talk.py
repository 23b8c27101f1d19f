"""What is said with the model about one section: every request with its reason, answer and cost."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from drafter.records.call import Call, Reply, as_record
from drafter.writing.model.cleaning import Cleaned, cleaned
from drafter.writing.model.desk import Desk, Progress
from drafter.writing.prompting.messages import Request


@dataclass(slots=True)
class Talk:
    """The requests for one section so far; one thread's own."""

    desk: Desk
    progress: Progress | None = None
    calls: list[Call] = field(default_factory=list)
    heard: Callable[[Call], None] | None = None
    """Told of every request when its answer is there."""
    failed: str = ""
    """Why the endpoint gave no answer the last time, in Chinese; '' where it did."""

    def ask(self, request: Request, purpose: str, reasons: Sequence[str] = ()) -> Cleaned | None:
        """The cleaned answer to a request; None where the endpoint gave none.

        Args:
            request: As the prompt files set it.
            purpose: 起草, 改写, 修改, 调整篇幅 or 去除重复.
            reasons: The objections that make it necessary.
        """
        messages = [(one.role, one.text) for one in request.messages]
        reply = self.desk.model.ask(messages, self.progress)
        self.desk.meter.note(request.characters, reply.prompt_tokens)
        self.failed = reply.message if reply.failure else ""
        one_by_one = request.prompt == "repair"
        answer = None if reply.failure else cleaned(reply.text, repeats=one_by_one)
        self.calls.append(self._record(request, purpose, reasons, reply, answer))
        if self.heard:
            self.heard(self.calls[-1])
        return answer

    @property
    def records(self) -> tuple[dict[str, object], ...]:
        """The requests as a section stores them."""
        return tuple(as_record(one) for one in self.calls)

    def became(self, outcome: str) -> None:
        """Notes what became of the last answer."""
        last = self.calls[-1]
        self.calls[-1] = replace(last, outcome=f"{last.outcome}；{outcome}")

    def _record(
        self,
        request: Request,
        purpose: str,
        reasons: Sequence[str],
        reply: Reply,
        answer: Cleaned | None,
    ) -> Call:
        told = reply.message if answer is None else _said(answer)
        return Call(
            purpose=purpose,
            round=len(self.calls),
            prompt=request.prompt,
            version=request.version,
            digest=request.digest,
            request=digest_of(request),
            model=self.desk.model.name,
            reasons=tuple(reasons),
            dropped=request.dropped,
            outcome=told,
            failure=reply.failure,
            prompt_tokens=reply.prompt_tokens,
            answer_tokens=reply.answer_tokens,
            seconds=round(reply.seconds, 3),
            attempts=reply.attempts,
            replayed=reply.replayed,
            cost=reply.cost,
        )


def _said(answer: Cleaned) -> str:
    """An answer in words: what was taken out of it, why it is of no use."""
    removed = f"去掉了{'、'.join(answer.removed)}" if answer.removed else ""
    return "；".join(one for one in ("收到回答", removed, answer.refusal) if one)


def digest_of(request: Request) -> str:
    """SHA-256 of all that is sent."""
    whole = "\x1e".join(f"{one.role}\x1f{one.text}" for one in request.messages)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
