"""The network as an ONNX graph in 32-bit floats, and what goes into it when it reads documents."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.features.batches import batch_of, windows_of
from models.features.features import features_of
from models.features.lexicon import Lexicon
from models.features.texts import Vocabulary
from models.runtime import INPUTS, OUTPUTS

if TYPE_CHECKING:
    import numpy as np
    import torch
    from numpy.typing import NDArray

    from models.network.model import LayoutModel
    from pipeline.domain.document import Page

OPSET = 17
_DYNAMIC = {
    **{name: {0: "windows", 1: "words"} for name in (*INPUTS, "tags")},
    "rows": {0: "windows", 1: "words", 2: "words"},
    "kinds": {0: "windows"},
}


def write_graph(model: "LayoutModel", path: Path) -> None:
    """Write the network in 32-bit floats; its inputs are what `models.runtime` gives, for any number of words."""
    import torch

    from models.network.network import Seen

    class Flat(torch.nn.Module):
        """The network with tensors in and out, as tracing wants it."""

        def __init__(self, network: Any) -> None:
            super().__init__()
            self.network = network

        def forward(self, *inputs: "torch.Tensor") -> "tuple[torch.Tensor, ...]":
            logits = self.network(Seen(*inputs))
            return logits.tags, logits.rows, logits.kinds

    network = model.network.eval()
    if network.encoder is not None:
        network.encoder.set_attn_implementation("eager")
    path.parent.mkdir(parents=True, exist_ok=True)
    with torch.inference_mode():
        torch.onnx.export(
            Flat(network).eval(),  # the exporter puts back the mode it finds, in all parts
            _examples(model),
            str(path),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=_DYNAMIC,
            opset_version=OPSET,
            dynamo=False,
        )


def entering(
    model: "LayoutModel", lexicon: Lexicon, documents: "Iterable[Sequence[Page]]"
) -> "Iterator[dict[str, NDArray[np.generic]]]":
    """Yield the graph's inputs for every window of some documents, by the names of `models.runtime.INPUTS`."""
    import torch

    sizes = model.sizes
    for pages in documents:
        vocabulary = Vocabulary()
        features = features_of(pages, vocabulary.number(word.text for page in pages for word in page.words))
        texts = vocabulary.texts(lexicon, sizes)
        for window in windows_of(features, sizes.window, sizes.overlap, layout=sizes.layout):
            with torch.inference_mode():
                seen = model.seen(texts, batch_of([window]))
            yield {name: getattr(seen, name).numpy() for name in INPUTS}


def _examples(model: "LayoutModel") -> "tuple[torch.Tensor, ...]":
    """Return two small windows of unequal length, so that nothing in the trace depends on their sizes."""
    import torch

    from models.features.features import STANDING
    from models.features.neighbours import SIDES
    from models.network.embedding import told_width

    windows, words = 2, 7
    there = torch.ones(windows, words, dtype=torch.bool)
    there[1, 5:] = False
    boxes = torch.rand(windows, words, 4).sort(-1).values
    return (
        torch.rand(windows, words, model.sizes.lexicon_width),
        torch.rand(windows, words, told_width(model.sizes)),
        boxes,
        torch.zeros(windows, words),
        torch.randint(0, words + 1, (windows, words, SIDES)),
        torch.rand(windows, words, STANDING),
        there,
    )
