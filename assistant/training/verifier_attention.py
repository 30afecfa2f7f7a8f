"""Attention in few steps of bfloat16, for training on a CPU.

The fused attention of torch spends half of a training step in its backward pass there, and the
plain one of transformers goes through float32.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

NAME = "blincite_plain"


def attend(
    module: Any,
    query: "torch.Tensor",
    key: "torch.Tensor",
    value: "torch.Tensor",
    attention_mask: "torch.Tensor | None",
    scaling: float,
    **_: object,
) -> "tuple[torch.Tensor, None]":
    """What each token takes from the others; the call that transformers makes of an attention."""
    weights = (query * scaling) @ key.transpose(2, 3)
    if attention_mask is not None:
        weights = weights + attention_mask
    return (weights.softmax(-1) @ value).transpose(1, 2).contiguous(), None


def register() -> str:
    """Make ``attend`` known to transformers; the name to ask for it by."""
    from transformers import AttentionInterface
    from transformers.masking_utils import AttentionMaskInterface, eager_mask

    AttentionInterface.register(NAME, attend)
    AttentionMaskInterface.register(NAME, eager_mask)
    return NAME
