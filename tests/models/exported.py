"""Releases of small models, with real weights in every file."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from models.release import Release, write_release
from models.runtime import ONNX, TOKENIZER
from tests.models.papers import Paper
from tests.models.releases import described, write_content
from tests.models.small_models import small_lexicon, small_model, small_tokenizer

if TYPE_CHECKING:
    from models.network.model import LayoutModel
    from pipeline.domain.document import Page


def as_released(seed: int = 1, encoder: str = "page") -> "LayoutModel":
    """Return a small model whose weights are such that the files of a release hold them exactly."""
    import torch

    from training.export.tables import in_floats, in_integers

    model = small_model(seed, encoder)
    with torch.no_grad():
        for weight in model.parameters():
            weight.copy_(weight.half().float())
        lexicon = model.words.lexicon.weight
        lexicon.copy_(torch.from_numpy(in_floats(*in_integers(lexicon.detach().numpy()))))
    return model


def papers() -> "list[tuple[Page, ...]]":
    """Return pages by which the numbers within a graph are measured."""
    made = []
    for rows in (4, 10, 16):
        paper = Paper().put(0.4, 0.05, "INVOICE").put(0.1, 0.1, f"Number: R-{rows}").put(0.5, 0.1, "24.12.2026")
        for row in range(rows):
            y = 0.2 + 0.7 * row / rows
            paper.put(0.1, y, "Oak table, black").put(0.5, y, str(row)).put(0.8, y, f"{row * rows}.50")
        made.append(paper.put(0.6, 0.95, f"Total EUR {rows}8.50").pages)
    return made


def export(model: "LayoutModel", folder: Path, content: Path, *, small: bool) -> Release:
    """Write a model as a release; its graph is in 8-bit integers where it is to be `small`."""
    from training.export.graph import entering, write_graph
    from training.export.integers import quantize
    from training.export.start import write_start
    from training.export.tables import write_tables

    write_content(content)
    graph = content.parent / "graph.onnx"
    if not graph.exists():
        write_graph(model, graph)
    if small:
        quantize(graph, content / ONNX, entering(model, small_lexicon(), papers()))
    else:
        (content / ONNX).write_bytes(graph.read_bytes())
    write_tables(model, content)
    write_start(model, content)
    small_tokenizer().save(str(content / TOKENIZER))
    return write_release(folder, content, replace(described(), architecture=model.sizes), lambda *_: None)
