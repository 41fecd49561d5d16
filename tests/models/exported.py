"""Releases of small models, with real weights in every file."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from models.release import Release, write_release
from models.runtime import ONNX, TOKENIZER
from tests.models.releases import described, write_content
from tests.models.small_models import small_model, small_tokenizer

if TYPE_CHECKING:
    from models.network.model import LayoutModel


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


def export(model: "LayoutModel", folder: Path, content: Path, *, small: bool) -> Release:
    """Write a model as a release; its graph is in 8-bit integers where it is to be `small`."""
    from training.export.graph import quantize, write_graph
    from training.export.start import write_start
    from training.export.tables import write_tables

    write_content(content)
    graph = content.parent / "graph.onnx"
    if not graph.exists():
        write_graph(model, graph)
    if small:
        quantize(graph, content / ONNX)
    else:
        (content / ONNX).write_bytes(graph.read_bytes())
    write_tables(model, content)
    write_start(model, content)
    small_tokenizer().save(str(content / TOKENIZER))
    return write_release(folder, content, replace(described(), architecture=model.sizes), lambda *_: None)
