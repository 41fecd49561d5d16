"""The composition root: settings become a BentoML service. BentoML is imported here and nowhere else."""

import logging
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.adapters.extractor.choice import VersionedExtractor, is_registered, make_extractor
from pipeline.adapters.words.engines import make_engine
from pipeline.adapters.words.limits import ReadLimits
from pipeline.adapters.words.ocr import EngineChoice, EngineName, OcrEngine
from pipeline.adapters.words.reader import FileReader
from pipeline.domain.extraction import ModelVersion
from serving.answer import Refusal, predicted, read_with, refused, written
from serving.champion import Champion
from serving.gate import Door, Gate, KeyRing
from serving.interface import PREDICT_ROUTE, ROUTE, described
from serving.kept import KeptReleases
from serving.meters import Meters
from serving.parent import end_with_parent
from serving.predict import MOST_BYTES, WordLimits, read_body
from serving.reception import Reception
from serving.registry import Alias, Registry, registry_address
from serving.settings import ServiceSettings
from serving.turns import Turns
from serving.upload import read_upload

if TYPE_CHECKING:
    import bentoml
    from prometheus_client import CollectorRegistry
    from starlette.requests import Request
    from starlette.responses import Response

_log = logging.getLogger(__name__)

_ROOM = 5  # requests of the largest size that one worker holds; of ordinary ones it is room for a thousand or more
_EXTRACTING = 120.0  # seconds that may pass between a file that was read and its answer


def build_extractor(settings: ServiceSettings) -> VersionedExtractor:
    """Return what reads the fields: a release, or whichever the registry's alias stands for.

    Raises ConfigurationError where there is no sound release to read with.
    """
    model, threads = settings.extraction.model, settings.extraction.threads
    if not is_registered(model):
        return make_extractor(model, threads)
    kept = KeptReleases(settings.service_model_cache)
    registry = Registry(registry_address())
    return Champion(Alias.parse(model), registry, kept, threads=threads, seconds=settings.service_model_seconds)


def build_reader(settings: ServiceSettings) -> FileReader:
    """Return the sandboxed reader. Raises ConfigurationError where the OCR engine is not installed."""
    reading = settings.reading
    limits = ReadLimits(
        max_bytes=reading.max_megabytes * 1_000_000, max_pages=reading.max_pages, seconds=reading.seconds_per_document
    )
    return FileReader(_engine(settings), limits, workers=settings.service_readers)


def build_service(settings: ServiceSettings, registry: "CollectorRegistry | None" = None) -> "bentoml.Service[Any]":
    """Return the service that `bentoml serve` hosts; `registry` is Prometheus's own unless a test brings another."""
    import bentoml
    from starlette.responses import Response

    extractor = build_extractor(settings)
    meters = Meters(registry)
    reader = build_reader(settings)
    wait = settings.service_wait_seconds
    max_bytes = settings.reading.max_megabytes * 1_000_000
    max_words_bytes = min(max_bytes, MOST_BYTES)
    files = Turns("understand", settings.service_readers, wait=wait, most_bytes=_ROOM * max_bytes)
    words = Turns("predict", settings.words_at_once, wait=wait, most_bytes=_ROOM * max_words_bytes)

    class UnderstandRequest(bentoml.IODescriptor):  # type: ignore[misc] # BentoML is untyped here and below
        """What BentoML's clients are told to send; the body is taken apart by `read_upload` all the same."""

        file: Path
        ignore_einvoice: bool = False

        @classmethod
        async def from_http_request(cls, request: "Request", serde: object) -> "UnderstandRequest":  # noqa: ARG003
            upload = await read_upload(request.headers, request.stream(), max_bytes)
            return cls.model_construct(file=upload)  # type: ignore[no-any-return]

    class PredictRequest(bentoml.IODescriptor):  # type: ignore[misc]
        """The words of one document; the body is taken apart by `read_body` and `from_words`."""

        body: bytes

        @classmethod
        async def from_http_request(cls, request: "Request", serde: object) -> "PredictRequest":  # noqa: ARG003
            body = await read_body(request.headers, request.stream(), max_words_bytes)
            return cls.model_construct(body=body)  # type: ignore[no-any-return]

    class Bilag:
        """Reads invoices and orders."""

        def __init__(self) -> None:
            logging.getLogger("serving").setLevel(logging.INFO)
            if settings.keys is None:
                _log.warning("BILAG_SERVICE_KEYS is not set: everybody who reaches this port may ask.")
            self._reception = Reception(
                reader,
                extractor,
                meters,
                files=files,
                words=words,
                limits=WordLimits(pages=settings.reading.max_pages),
            )
            end_with_parent()
            self._reception.open(ocr=settings.reading.ocr != "none")

        def __is_ready__(self) -> bool:
            return self._reception.ready

        @bentoml.api(route=ROUTE, input_spec=UnderstandRequest)  # type: ignore[untyped-decorator]
        async def understand(self, file: Any, ignore_einvoice: bool = False) -> dict[str, Any]:  # noqa: ARG002
            """Read a file and return its documents."""
            answer = await self._reception.answer(file)
            model = read_with(answer, extractor.version)
            return _response(answer, written(answer, model), model)  # type: ignore[return-value] # passed on as it is

        # Not `batchable`: BentoML would count requests, whatever their size (see `serving.predict`).
        @bentoml.api(route=PREDICT_ROUTE, input_spec=PredictRequest)  # type: ignore[untyped-decorator]
        async def predict(self, body: Any) -> dict[str, Any]:
            """Return the fields of a document whose words are given."""
            answer = await self._reception.predicted(body)
            model = extractor.version if isinstance(answer, Refusal) else answer.model
            return _response(answer, predicted(answer), model)  # type: ignore[return-value]

        @bentoml.on_shutdown  # type: ignore[untyped-decorator]
        def close(self) -> None:
            self._reception.close()

    def _response(answer: object, body: bytes, model: ModelVersion) -> "Response":
        if isinstance(answer, Refusal):
            return Response(body, int(answer.status), answer.headers(), media_type="application/json")
        headers = {"X-Bilag-Model": f"{model.name}/{model.version}"}
        return Response(body, 200, headers, media_type="application/json")

    longest = wait + settings.reading.seconds_per_document + _EXTRACTING
    service = bentoml.service(name="bilag", workers=settings.service_workers, traffic={"timeout": longest})(Bilag)
    service.add_asgi_middleware(
        Gate,
        keys=KeyRing(settings.keys) if settings.keys is not None else None,
        doors={ROUTE: Door(files, max_bytes), PREDICT_ROUTE: Door(words, max_words_bytes)},
        answer=refused,
        refused=meters.refused,
        moves=settings.service_workers > 1,
    )
    _describe(service, settings, extractor)
    return service


def _describe(service: "bentoml.Service[Any]", settings: ServiceSettings, extractor: VersionedExtractor) -> None:
    """Put our own description in front of BentoML's, which knows neither keys nor refusals."""
    from starlette.applications import Starlette
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    def docs(request: "Request") -> "Response":  # noqa: ARG001 — Starlette's signature
        own = described(service.openapi_spec.asdict(), _version(), extractor.version, keys=settings.keys is not None)
        return JSONResponse(own)

    service.mount_asgi_app(Starlette(routes=[Route("/docs.json", docs)]), name="description")


def _version() -> str:
    """Return the program's version; in a Bento it is no installed package and stands in the file beside it."""
    try:
        return version("bilag")
    except PackageNotFoundError:
        project = Path(__file__).resolve().parents[1] / "pyproject.toml"
        told: str = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"]
        return told


def _engine(settings: ServiceSettings) -> OcrEngine | None:
    match settings.reading.ocr:
        case "rapidocr":
            return make_engine(EngineChoice(EngineName.RAPID, threads=settings.ocr_threads))
        case "tesseract":
            return make_engine(EngineChoice(EngineName.TESSERACT, languages=settings.reading.tesseract_languages))
        case "none":
            return None
