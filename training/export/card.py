"""The model card that travels with a release, made from its own facts."""

from collections.abc import Mapping
from typing import Any

from models.release import Release

HEADLINES: Mapping[str, str] = {
    "documents": "documents",
    "layout_groups": "layout groups",
    "header_f1": "header fields, F1, all values alike",
    "header_macro_f1": "header fields, F1, all layouts alike",
    "rows_f1": "whole line items, F1, all rows alike",
    "rows_macro_f1": "whole line items, F1, all layouts alike",
    "cells_f1": "cells of line items, F1",
    "kinds_accuracy": "kinds right",
    "headers_right": "documents with every judged header field right",
    "header_ece": "expected calibration error of header values",
}
"""The figures that a card shows, by their name in `metrics.json`."""

_TEXT = """---
license: {licence}
language: [en, da, sv, nb, fi, de, fr, nl, es, it, pt, pl]
library_name: onnx
tags: [document-understanding, invoices, purchase-orders, layoutlm]
---

# {name} {version}

Reads invoices, credit notes, purchase orders, order responses, receipts and statements: words with boxes in, a tag for
every word, the rows of line items and the kind of the document out. `bilag extract FILE` and the extraction service use
it together with rules and joint decoding; see the project's `docs/model.md`.

## What it is for

- **For**: business documents in Latin script, as PDF with a text layer or read by OCR, in the languages above.
- **Not for**: handwriting, other scripts, identity papers, contracts; decisions about people. It reads; it does not
  know whether an invoice is justified or a bank account is the supplier's: the pipeline checks that against the ERP.

## What it is made of

| | |
| :-- | :-- |
| base | {base_name} ({base_licence}), {base_source} |
| learnt from | {documents} documents, {words} words: {licences} |
| training | {steps} steps, {minutes} minutes, {words_seen} words, on two cores of an ordinary server |
| data digest | `{digest}` |
| commit | `{commit}` |

{origin}

## How well it reads

Documents of other makers, read by the whole extractor (model, rules and joint decoding){crossed}, with 95 % intervals
from resampling layout groups:

| | | |
| :-- | --: | :-- |
{figures}

{caution} `metrics.json` has every field; `docs/model.md` says what was tried.

## Limits

- Generated pages are its whole world: a layout, wording or language that the generator lacks is read worse.
- Confidence is calibrated on few documents (`calibration.json` says how many); `thresholds.json` states what can be
  promised and what cannot.
- Latin script only: the vocabulary has no other letters.
- Weights are 8-bit integers; `start.safetensors` holds them in half precision to train on from.
"""


_GENERATED = "CC0-1.0"
"""The licence of generated documents, and of no others."""


_KNOWN = """\
The rules inside the extractor were written with many of these layouts in sight, and there are few of them: expect less
on documents that nobody has seen."""
_UNSEEN = """\
Rules and network had seen none of these layouts when they read them. The rules have since learnt from the
mistakes and read these documents better; expect the figures above of a layout that is new."""


def card(release: Release, metrics: Mapping[str, Any], *, unseen: bool = False) -> str:
    """Return the card as Markdown.

    Where documents of other makers were trained on, the figures have to be those of `training.crossvalidate`, or, with
    `unseen`, of documents that neither network nor rules had seen when they were read.
    """
    real = sum(count for licence, count in release.data.licences.items() if licence != _GENERATED)
    generated = f"documents ({_GENERATED}), seeds {_seeds(release)}"
    alone = f"Generated {generated}, only. No document of the labelled test set was trained on."
    beside = f"Generated {generated}, and {real} real ones of other makers, under the licences in the table."
    return _TEXT.format(
        origin=beside if real else alone,
        crossed=", each by a model made like this one that saw none of its family" if real and not unseen else "",
        caution=_UNSEEN if unseen else _KNOWN,
        licence=release.licence.lower(),
        name=release.name,
        version=release.version,
        base_name=release.base.name,
        base_licence=release.base.licence,
        base_source=release.base.source,
        documents=f"{release.data.documents:,}",
        words=f"{release.data.words:,}",
        licences=", ".join(f"{count:,} {name}" for name, count in sorted(release.data.licences.items())),
        steps=f"{release.training.steps:,}",
        minutes=release.training.minutes,
        words_seen=f"{release.training.words:,}",
        digest=release.data.digest[:16],
        commit=release.training.commit[:12],
        figures="\n".join(_rows(metrics)),
    )


def _seeds(release: Release) -> str:
    return " to ".join(str(seed) for seed in release.data.seeds.values()) or "none"


def _rows(metrics: Mapping[str, Any]) -> list[str]:
    rows = []
    for name, words in HEADLINES.items():
        value = metrics.get(name)
        if value is None:
            continue
        low, high = metrics.get(f"{name}_low"), metrics.get(f"{name}_high")
        interval = f"{low:.3f} to {high:.3f}" if low is not None and high is not None else ""
        rows.append(f"| {words} | {value if isinstance(value, int) else f'{value:.3f}'} | {interval} |")
    return rows
