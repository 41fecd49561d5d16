"""What is counted, for Prometheus; names of files, senders and clients never are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.domain.extraction import Extraction, ModelVersion
from serving.answer import Refusal

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

_SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 180.0)


class Meters:
    """Counters of one process; BentoML adds up those of all its processes at `/metrics`."""

    def __init__(self, model: ModelVersion, registry: "CollectorRegistry | None" = None) -> None:
        from prometheus_client import REGISTRY, Counter, Gauge, Histogram

        where = registry or REGISTRY
        self._requests = Counter(
            "bilag_requests", "Requests by outcome; refused ones by reason.", ("outcome", "reason"), registry=where
        )
        self._seconds = Histogram(
            "bilag_understand_seconds",
            "Time from a received file to its answer, waiting included.",
            ("outcome",),
            buckets=_SECONDS,
            registry=where,
        )
        self._documents = Counter(
            "bilag_documents", "Documents read, by where their content is from.", ("words_from", "kind"), registry=where
        )
        self._pages = Counter("bilag_pages", "Pages of the documents that were read.", registry=where)
        # One value however many processes there are; an Info metric cannot be shared between processes.
        loaded = Gauge(
            "bilag_model_info",
            "The model that pages are read with.",
            ("name", "version"),
            multiprocess_mode="livemax",
            registry=where,
        )
        loaded.labels(model.name, model.version).set(1)

    def refused(self, refusal: Refusal) -> None:
        """Count a request that was turned away before a file was received."""
        self._requests.labels(outcome_of(refusal), refusal.reason).inc()

    def answered(self, answer: Sequence[Extraction] | Refusal, seconds: float) -> None:
        """Count an answer to a request, and how long it took."""
        if isinstance(answer, Refusal):
            self.refused(answer)
        else:
            self._requests.labels(outcome_of(answer), "").inc()
            for extraction in answer:
                self._documents.labels(extraction.words_from.value, extraction.kind.value.value).inc()
                self._pages.inc(pages_of(extraction))
        self._seconds.labels(outcome_of(answer)).observe(seconds)


def outcome_of(answer: Sequence[Extraction] | Refusal) -> str:
    """Return `read`, `refused` where the request is at fault, `failed` where the service is."""
    if not isinstance(answer, Refusal):
        return "read"
    return "failed" if answer.status >= 500 else "refused"


def pages_of(extraction: Extraction) -> int:
    """Return how many pages the document has, not its file; none for a bare e-invoice."""
    return extraction.last_page - extraction.first_page + 1 if extraction.pages else 0
