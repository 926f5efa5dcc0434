"""The benchmark: this project's ways to an answer beside PyTorch's, in one run."""
