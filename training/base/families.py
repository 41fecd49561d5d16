"""The layout encoders of transformers, loaded so that each takes words and boxes and nothing else.

LayoutLMv3 and LayoutXLM (LayoutLMv2's build) can also look at the picture of a page; that half is left out: Bilag's
documents come as words and boxes, and LayoutXLM's half for pictures needs detectron2, which its makers publish
as source only.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import ConfigurationError

if TYPE_CHECKING:
    from torch import nn

FAMILIES = {
    "layoutlm": "layoutlm",
    "layoutlmv3": "layoutlmv3",
    "lilt": "lilt",
    "layoutlmv2": "layoutxlm",
    "layoutxlm": "layoutxlm",
}
"""Families by the `model_type` of a checkpoint's configuration; LayoutXLM's checkpoints say `layoutlmv2`."""

_LEFT_OUT = (
    "cls.",
    "classifier.",
    "lm_head.",
    "qa_outputs.",
    "pooler.",
    "patch_embed.",
    "cls_token",
    "pos_embed",
    "norm.",
    "LayerNorm.",
    "visual",
)


def load_model(place: str | Path) -> "tuple[str, nn.Module]":
    """Return the family and the model of a checkpoint, a folder's or a hub's; in evaluation mode, 32-bit.

    Raises ConfigurationError where it is of no family known here, or where weights that the encoder needs are missing.
    """
    from transformers import AutoConfig

    try:
        config = AutoConfig.from_pretrained(place)
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"There is no checkpoint to load at {place}: {error}") from error
    family = FAMILIES.get(config.model_type)
    if family is None:
        raise ConfigurationError(
            f"{place} is a {config.model_type}, which reads no boxes.",
            operator_hint=f"Name a checkpoint of {', '.join(dict.fromkeys(FAMILIES.values()))}.",
        )
    model, report = model_class(family, config).from_pretrained(place, config=config, output_loading_info=True)
    _refuse_gaps(place, model, report)
    return family, model.float().eval()


def model_class(family: str, config: Any) -> Any:
    """Return the class of a family's encoder; its `config` is changed to leave out pictures."""
    return _CLASSES[family](config)


def _refuse_gaps(place: str | Path, model: Any, report: dict[str, Any]) -> None:
    """Raise where the checkpoint lacks weights or has others: transformers would draw them at random, and go on."""
    missing = sorted(name for name in report["missing_keys"] if not name.startswith("pooler."))
    prefix = model.base_model_prefix + "."
    unexpected = sorted(
        name
        for name in report["unexpected_keys"]
        if not name.removeprefix(prefix).startswith(_LEFT_OUT) and not name.endswith("position_ids")
    )
    mismatched = report.get("mismatched_keys") or []
    if missing or unexpected or mismatched:
        raise ConfigurationError(
            f"The weights at {place} do not fit: {len(missing)} missing {missing[:3]}, {len(unexpected)} unknown "
            f"{unexpected[:3]}, {len(mismatched)} of another size."
        )


def _layoutlm(_config: Any) -> Any:
    from transformers import LayoutLMModel

    return LayoutLMModel


def _lilt(_config: Any) -> Any:
    from transformers import LiltModel

    return LiltModel


def _layoutlmv3(config: Any) -> Any:
    from transformers import LayoutLMv3Model

    config.visual_embed = False
    return LayoutLMv3Model


def _layoutxlm(_config: Any) -> Any:
    """Return the half of LayoutLMv2 that reads words and boxes; the whole class refuses to start without detectron2."""
    import torch
    from transformers.modeling_outputs import BaseModelOutput
    from transformers.modeling_utils import PreTrainedModel
    from transformers.models.layoutlmv2 import modeling_layoutlmv2 as v2

    embed: Any = v2.LayoutLMv2Model._calc_text_embeddings  # asks of its model no more than `embeddings`

    class LayoutXlmWords(v2.LayoutLMv2PreTrainedModel):
        """`LayoutLMv2Model` without its picture tokens."""

        def __init__(self, config: Any) -> None:
            super().__init__(config)
            self.embeddings = v2.LayoutLMv2Embeddings(config)
            self.encoder = v2.LayoutLMv2Encoder(config)
            self.post_init()

        def _init_weights(self, module: Any) -> None:
            # The parent's own asks for a class of detectron2; only these two of its cases concern this half.
            PreTrainedModel._init_weights(self, module)
            with torch.no_grad():
                if isinstance(module, v2.LayoutLMv2SelfAttention) and self.config.fast_qkv:
                    module.q_bias.zero_()
                    module.v_bias.zero_()
                elif isinstance(module, v2.LayoutLMv2Embeddings):
                    module.position_ids.copy_(torch.arange(module.position_ids.shape[-1]).expand((1, -1)))

        def forward(self, input_ids: Any, bbox: Any, attention_mask: Any, **_others: Any) -> Any:
            positions = torch.arange(input_ids.shape[1], device=input_ids.device).expand_as(input_ids)
            embedded = embed(self, input_ids, bbox, positions, None)
            lowest = torch.finfo(embedded.dtype).min
            barred = (1.0 - attention_mask[:, None, None, :].to(embedded.dtype)) * lowest
            hidden = self.encoder(embedded, barred, bbox=bbox, position_ids=positions).last_hidden_state
            return BaseModelOutput(last_hidden_state=hidden)

    return LayoutXlmWords


_CLASSES: dict[str, Callable[[Any], Any]] = {
    "layoutlm": _layoutlm,
    "lilt": _lilt,
    "layoutlmv3": _layoutlmv3,
    "layoutxlm": _layoutxlm,
}
