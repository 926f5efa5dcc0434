"""MiniLM in a transformers pipeline, with the package's head: ENCODER HEAD MOST THREADS."""

import sys

import numpy as np
import torch
from transformers import pipeline

from local.bench.ways.conversation import converse

if __name__ == "__main__":
    encoder, head, most, threads = sys.argv[1:]
    torch.set_num_threads(int(threads))
    extract = pipeline("feature-extraction", model=encoder, tokenizer=encoder, device="cpu")
    options = {"truncation": True, "max_length": int(most)}
    with np.load(head) as kept:
        weights, bias = torch.from_numpy(kept["weights"]), torch.from_numpy(kept["bias"])

    def answer(text: str) -> list[float]:
        """The logits."""
        states = extract(text, tokenize_kwargs=options, return_tensors=True)
        mean = states.mean(dim=1)
        logits = mean / mean.norm(dim=1, keepdim=True) @ weights + bias
        return list(logits[0].tolist())

    converse(answer)
