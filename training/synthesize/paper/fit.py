"""Fits the simulated OCR: `python -m training.synthesize.paper.fit --pages N` writes `ocr_errors.json` beside this.

Every page is read by RapidOCR and by Tesseract, which takes about ten seconds a page; the readings are kept in a file,
so that a run that was stopped goes on. The table that is printed compares the errors of the simulated OCR with real
ones; each page is simulated by a model fitted to the other three quarters of the pages.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, islice
from pathlib import Path

from pipeline.adapters.words.ocr import EngineName
from pipeline.adapters.words.quality import BandLimits
from pipeline.domain.document import QualityBand
from training.synthesize.paper.fitting.measure import fit
from training.synthesize.paper.fitting.rates import ReadPage, rates, real_rates, simulated_pages
from training.synthesize.paper.fitting.sample import Reading, load, read_sample
from training.synthesize.paper.reading.engines import engine_for
from training.synthesize.paper.simulated.parameters import to_json

_FIRST_SEED = 1000
_FOLDS = 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Read a sample, fit, write the model and print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=160, help="pages that each engine reads")
    parser.add_argument("--readings", type=Path, default=Path(".cache/ocr_readings.jsonl"), help="the kept readings")
    parser.add_argument("--no-reading", action="store_true", help="fit to the readings that are there")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("ocr_errors.json"))
    chosen = parser.parse_args(arguments)
    chosen.readings.parent.mkdir(parents=True, exist_ok=True)
    readings = load(chosen.readings) if chosen.no_reading else list(_read(chosen.pages, chosen.readings))
    limits = {engine: engine_for(engine, "en").bands for engine in EngineName}
    chosen.out.write_text(to_json(fit(readings, limits)), encoding="utf-8")
    print(comparison(readings, limits))
    return 0


def comparison(readings: Sequence[Reading], limits: Mapping[EngineName, BandLimits]) -> str:
    """Return a Markdown table of real rates, and of simulated ones by models that did not see the page."""
    upright = [r for r in readings if r.upright and r.true]
    simulated: dict[tuple[EngineName, QualityBand], list[ReadPage]] = defaultdict(list)
    for fold in range(_FOLDS):
        model = fit((r for r in upright if r.seed % _FOLDS != fold), limits)
        for key in model.parameters:
            held_out = [r for r in upright if r.seed % _FOLDS == fold and (r.engine, r.band) == key]
            simulated[key] += simulated_pages(held_out, model)
    groups = {key: [r for r in upright if (r.engine, r.band) == key] for key in sorted(simulated)}
    columns = [(real_rates(group), rates(simulated[key])) for key, group in groups.items()]
    names = [f"{engine} {band} ({len(group)} pages)" for (engine, band), group in groups.items()]
    rows = ["| percent, real / simulated | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    for rate in columns[0][0] if columns else ():
        cells = (f"{real[rate]:.2f} / {made_up[rate]:.2f}" for real, made_up in columns)
        rows.append(f"| {rate} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def _read(pages: int, file: Path) -> Iterator[Reading]:
    for seed in islice(count(_FIRST_SEED), pages):
        for reading in read_sample([seed], file):
            print(f"\r{seed - _FIRST_SEED + 1}/{pages}", end="", file=sys.stderr)
            yield reading
    print(file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
