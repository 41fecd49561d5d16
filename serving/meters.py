"""What is counted, for Prometheus; names of files, senders and clients never are."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.domain.extraction import Extraction, ModelVersion
from pipeline.domain.vocabulary import HeaderField
from serving.answer import Refusal

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

_QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 180.0)
_TENTHS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
_WINDOWS = (1, 2, 4, 8, 16, 32, 64)
_WORDS = (64, 128, 256, 512, 1024, 2048, 4096, 8192)
_SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 180.0)


class Meters:
    """Counters of one process; BentoML adds up those of all its processes at `/metrics`.

    Hears of the stages of a reading as `models.stages.Listener`, of a new model as `serving.champion.Watcher`.
    """

    def __init__(self, registry: "CollectorRegistry | None" = None) -> None:
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
        self._predict_seconds = Histogram(
            "bilag_predict_seconds",
            "Time from received words to their fields, waiting included.",
            ("outcome",),
            buckets=_QUICK,
            registry=where,
        )
        self._stage_seconds = Histogram(
            "bilag_stage_seconds",
            "Time of each stage of reading a document; the network's includes the wait for it.",
            ("stage",),
            buckets=_QUICK,
            registry=where,
        )
        self._windows = Histogram(
            "bilag_network_windows",
            "Windows that went through the network in one call.",
            buckets=_WINDOWS,
            registry=where,
        )
        self._words = Histogram(
            "bilag_network_words",
            "Words of one call of the network, padding included.",
            buckets=_WORDS,
            registry=where,
        )
        self._padding = Counter(
            "bilag_network_padding", "Places of padding that the network worked on.", registry=where
        )
        self._confidence = Histogram(
            "bilag_confidence",
            "Confidence of the values found, by field; its count says in how many documents a field was found.",
            ("field",),
            buckets=_TENTHS,
            registry=where,
        )
        self._coverage = Histogram(
            "bilag_field_coverage",
            "Part of all header fields that were found in a document.",
            buckets=_TENTHS,
            registry=where,
        )
        # One value however many processes there are; an Info metric cannot be shared between processes.
        self._model = Gauge(
            "bilag_model_info",
            "1 for the model that pages are read with, 0 for those before it.",
            ("name", "version"),
            multiprocess_mode="livemax",
            registry=where,
        )
        self._looks = Counter(
            "bilag_registry_looks",
            "Questions to the registry for the model to read with, by what they came to.",
            ("outcome",),
            registry=where,
        )
        self._before: ModelVersion | None = None

    def reads_with(self, model: ModelVersion) -> None:
        """Show this model as the one that reads."""
        if self._before is not None and self._before != model:
            self._model.labels(self._before.name, self._before.version).set(0)
        self._model.labels(model.name, model.version).set(1)
        self._before = model

    def looked(self, outcome: str) -> None:
        """Count a question to the registry."""
        self._looks.labels(outcome).inc()

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
                self._read(extraction)
        self._seconds.labels(outcome_of(answer)).observe(seconds)

    def predicted(self, answer: Extraction | Refusal, seconds: float) -> None:
        """Count an answer to a request with words, and how long it took."""
        if isinstance(answer, Refusal):
            self.refused(answer)
        else:
            self._requests.labels("read", "").inc()
            self._read(answer)
        self._predict_seconds.labels(outcome_of(answer)).observe(seconds)

    def stage(self, name: str, seconds: float) -> None:
        """Count the time of a stage."""
        self._stage_seconds.labels(name).observe(seconds)

    def call(self, windows: int, words: int, padded: int) -> None:
        """Count a call of the network."""
        self._windows.observe(windows)
        self._words.observe(padded)
        self._padding.inc(padded - words)

    def _read(self, extraction: Extraction) -> None:
        self._documents.labels(extraction.words_from.value, extraction.kind.value.value).inc()
        self._pages.inc(pages_of(extraction))
        for field, confidence in confidences(extraction):
            self._confidence.labels(field).observe(confidence)
        self._coverage.observe(len(extraction.fields) / len(HeaderField))


def confidences(extraction: Extraction) -> Iterator[tuple[str, float]]:
    """Yield every value's confidence under its name in the vocabulary; line items as `lines.quantity`."""
    yield "kind", extraction.kind.confidence
    for name, field in extraction.fields.items():
        yield name.value, field.confidence
    for line in extraction.lines:
        for column, field in line.items():
            yield f"lines.{column.value}", field.confidence


def outcome_of(answer: Sequence[Extraction] | Extraction | Refusal) -> str:
    """Return `read`, `refused` where the request is at fault, `failed` where the service is."""
    if not isinstance(answer, Refusal):
        return "read"
    return "failed" if answer.status >= 500 else "refused"


def pages_of(extraction: Extraction) -> int:
    """Return how many pages the document has, not its file; none for a bare e-invoice."""
    return extraction.last_page - extraction.first_page + 1 if extraction.pages else 0
