"""The extractor that reads with a released model: network, joint decoding, calibration."""

import json
from pathlib import Path

from models.calibrated import calibrated
from models.calibration import Calibration
from models.decode.decode import decode
from models.release import RELEASED
from models.runtime import Runtime
from models.stages import stage
from pipeline.domain.document import Document
from pipeline.domain.extraction import Extraction


class ModelExtractor:
    """Reads fields with the model of a release folder; implements `pipeline.ports.FieldExtractor`.

    `threads` is how many cores one document takes. Raises ConfigurationError where the folder holds no sound release.
    """

    def __init__(self, folder: Path = RELEASED, threads: int = 1) -> None:
        self._runtime = Runtime(folder, threads)
        written = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
        self._calibration = Calibration.from_json(written)
        self.version = self._runtime.version

    def extract(self, document: Document) -> Extraction:
        """Return every field of the document; the source of each is the network or the rules, whichever is surer."""
        scores = self._runtime.scores(document.pages)
        with stage("decode"):
            decoded = decode(document, scores, self.version)
            return calibrated(decoded, self._calibration, document.quality.band)
