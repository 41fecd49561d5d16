"""What a user runs out of the box: a LayoutLM in Hugging Face transformers, 32-bit floats, every window padded to 512.

Twelve layers as wide as multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672): 384, with 12 heads and 1,536
within. Its weights are random: they do not change how long it takes. Its sub-words are those of the release, whose
vocabulary was made smaller from the same one; that makes it no slower.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from models.label_scheme import TAGS
from models.runtime import TOKENIZER
from pipeline.domain.document import Page

LENGTH = 512
"""Tokens of a window, with the two that begin and end it."""
OVERLAP = 128
"""Tokens that neighbouring windows share."""
_AT_ONCE = 16
"""Windows in one call; more of them make it no faster and need gigabytes."""


class HuggingFaceLayoutLM:
    """Tags every word of pages, a page at least one window.

    With `whole`, pages that do not fit one window are read in several; without, what does not fit is cut off, which is
    what a tokenizer with `truncation=True` does, and what costs F1. `layers` is fewer in tests.
    """

    def __init__(self, release: Path, *, whole: bool, layers: int = 12) -> None:
        from transformers import LayoutLMConfig, LayoutLMForTokenClassification, PreTrainedTokenizerFast

        self._tokenizer: Any = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
            tokenizer_file=str(release / TOKENIZER), pad_token="<pad>", cls_token="<s>", sep_token="</s>"
        )
        config = LayoutLMConfig(  # type: ignore[call-arg] # labels are an argument of every configuration
            vocab_size=len(self._tokenizer),
            hidden_size=384,
            num_hidden_layers=layers,
            num_attention_heads=12,
            intermediate_size=1536,
            max_position_embeddings=LENGTH,
            num_labels=len(TAGS),
            pad_token_id=self._tokenizer.pad_token_id,
        )
        self._model: Any = LayoutLMForTokenClassification(config)
        self._model.train(False)
        self._whole = whole

    def read(self, pages: Sequence[Page]) -> int:
        """Read pages and return how many windows that took."""
        import torch

        inputs = self.inputs(pages)
        count = len(inputs["input_ids"])
        with torch.inference_mode():
            for first in range(0, count, _AT_ONCE):
                self._model(**{name: tensor[first : first + _AT_ONCE] for name, tensor in inputs.items()})
        return count

    def inputs(self, pages: Sequence[Page]) -> dict[str, Any]:
        """Return `input_ids`, `attention_mask` and `bbox` of the pages' windows, as tensors [windows, LENGTH, …].

        Boxes are whole thousandths of the page, as LayoutLM wants them.
        """
        import torch

        found = self._tokenizer(
            [[word.text for word in page.words] for page in pages],
            is_split_into_words=True,
            padding="max_length",
            truncation=True,
            max_length=LENGTH,
            stride=OVERLAP if self._whole else 0,
            return_overflowing_tokens=self._whole,
        )
        owners = found["overflow_to_sample_mapping"] if self._whole else range(len(pages))
        boxes = torch.zeros(len(found["input_ids"]), LENGTH, 4, dtype=torch.long)
        for window, owner in enumerate(owners):
            placed = [[round(1000 * min(max(edge, 0.0), 1.0)) for edge in word.box] for word in pages[owner].words]
            boxes[window] = torch.tensor([[0] * 4 if at is None else placed[at] for at in found.word_ids(window)])
        return {
            "input_ids": torch.tensor(found["input_ids"]),
            "attention_mask": torch.tensor(found["attention_mask"]),
            "bbox": boxes,
        }
