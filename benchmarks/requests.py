"""Requests to a running service, and how its answers are told apart."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.adapters.extractor.words import to_words
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.document import Document, SourceFile
from pipeline.domain.vocabulary import Kind

if TYPE_CHECKING:
    import httpx

UNDERSTAND, PREDICT = "/understand", "/predict"
MIX: Mapping[Kind, int] = {
    Kind.INVOICE: 9,
    Kind.RECEIPT: 5,
    Kind.CREDIT_NOTE: 2,
    Kind.PURCHASE_ORDER: 2,
    Kind.STATEMENT: 1,
    Kind.OTHER: 1,
}
"""Of twenty documents of a soak, how many are of which kind."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request that can be sent again and again: a route, and the body as bytes with its type."""

    route: str
    content: bytes
    media_type: str

    async def send(self, client: "httpx.AsyncClient") -> "httpx.Response":
        """Send it and return the answer, whatever it is."""
        return await client.post(self.route, content=self.content, headers={"Content-Type": self.media_type})


def asks(route: str, count: int, seed: int = 0) -> list[Ask]:
    """Return requests with generated documents: their files for `understand`, their words for `predict`."""
    from training.synthesize.generate import generate

    files = [(f"{number}.pdf", generate(number)[1]) for number in range(seed, seed + count)]
    return [_asked(route, name, pdf) for name, pdf in files]


def mixed(routes: Sequence[str], rounds: int = 1) -> list[Ask]:
    """Return requests with twenty documents a round, of the kinds of `MIX`: each document to every route in turn."""
    from training.synthesize.generate import generate_with_proof

    kinds = [kind for kind, many in MIX.items() for _ in range(many)]
    made: list[Ask] = []
    for number in range(rounds * len(kinds)):
        # 7 and 20 have no common divisor, so every kind comes as often as it is told, spread over the round.
        kind = kinds[7 * number % len(kinds)]
        pdf = generate_with_proof(number, kind=kind)[0].pdf
        made += [_asked(route, f"{number}.pdf", pdf) for route in routes]
    return made


def offered(description: dict[str, Any]) -> list[str]:
    """Return which of the routes that are measured an OpenAPI description has."""
    return [route for route in (UNDERSTAND, PREDICT) if route in description.get("paths", {})]


def digest(answers: Sequence[Any]) -> str:
    """Return one SHA-256 of answers, in their order; in objects the order of names does not count."""
    text = json.dumps(list(answers), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _asked(route: str, name: str, pdf: bytes) -> Ask:
    return _upload(name, pdf) if route == UNDERSTAND else _words(name, pdf)


def _upload(name: str, pdf: bytes) -> Ask:
    edge = hashlib.sha256(pdf).hexdigest()
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    body = head.encode() + b"Content-Type: application/pdf\r\n\r\n" + pdf + f"\r\n--{edge}--\r\n".encode()
    return Ask(UNDERSTAND, body, f"multipart/form-data; boundary={edge}")


def _words(name: str, pdf: bytes) -> Ask:
    read = FileReader(None, sandbox=False).read(SourceFile(name, "application/pdf", pdf))
    if not isinstance(read, Document):
        raise ValueError(f"{name} was generated but cannot be read: {read.findings}")
    return Ask(PREDICT, json.dumps(to_words(read), ensure_ascii=False).encode(), "application/json")
