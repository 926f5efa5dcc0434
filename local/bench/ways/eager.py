"""MiniLM in PyTorch's eager mode, with pooling and head of the package: ENCODER HEAD MOST THREADS.

Its attention is the one that the library chooses by itself, which is its fastest.
"""

import sys

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

from local.bench.ways.conversation import converse

if __name__ == "__main__":
    encoder, head, most, threads = sys.argv[1:]
    torch.set_num_threads(int(threads))
    tokenizer = AutoTokenizer.from_pretrained(encoder)
    model = AutoModel.from_pretrained(encoder).eval()
    with np.load(head) as kept:
        weights, bias = torch.from_numpy(kept["weights"]), torch.from_numpy(kept["bias"])

    def answer(text: str) -> list[float]:
        """The logits."""
        tokens = tokenizer(text, truncation=True, max_length=int(most), return_tensors="pt")
        with torch.inference_mode():
            mean = model(**tokens).last_hidden_state.mean(dim=1)
            logits = mean / mean.norm(dim=1, keepdim=True) @ weights + bias
        return list(logits[0].tolist())

    converse(answer)
