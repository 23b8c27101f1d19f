"""Calls of a model: what came back, and the record that a section keeps of each."""

from dataclasses import asdict, dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What an endpoint made of one request: an answer, or a failure with its reason."""

    text: str = ""
    """As it came: cleaning is another's."""
    failure: str = ""
    """`endpoint.silent`, …; '' where an answer came."""
    message: str = ""
    """Why it failed, in Chinese; never what the endpoint said."""
    prompt_tokens: int | None = None
    """None where the endpoint does not count."""
    answer_tokens: int | None = None
    seconds: float = 0.0
    attempts: int = 1
    """Requests sent for it; 0 where none was."""
    replayed: bool = False
    """Taken from the records of an earlier run."""
    cost: Decimal | None = None
    """In the currency of the operator's price table; None where the model has no price."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request for a section and what became of it, as `draft.json` keeps it."""

    purpose: str
    """起草, 改写, 修改, 调整篇幅 or 去除重复."""
    round: int
    """0 for the first request of its section."""
    prompt: str
    """The prompt file: `achievements`."""
    version: str
    """Of the prompt file."""
    digest: str
    """Of the prompt file and all that it includes."""
    request: str
    """SHA-256 of the messages: the same request has the same one."""
    model: str
    reasons: tuple[str, ...] = ()
    """Why it was asked: the objections, in Chinese."""
    dropped: tuple[str, ...] = ()
    """What found no room in the prompt."""
    outcome: str
    """What became of the answer, in Chinese."""
    failure: str = ""
    """Code of the endpoint's failure; '' where an answer came."""
    prompt_tokens: int | None = None
    answer_tokens: int | None = None
    seconds: float = 0.0
    attempts: int = 1
    replayed: bool = False
    cost: Decimal | None = None


def as_record(call: Call) -> dict[str, object]:
    """A call as it is stored: plain values, money as a decimal string."""
    cost = None if call.cost is None else str(call.cost)
    lists = {"reasons": list(call.reasons), "dropped": list(call.dropped)}
    return {**asdict(call), **lists, "cost": cost}
