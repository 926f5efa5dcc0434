"""Texts of an exact length, counted as MiniLM's tokenizer counts."""

from collections.abc import Iterator

from tokenizers import Tokenizer

from models.corpus.training import draw_samples

_SEED = 4711
_AROUND = 2
"""The tokens for beginning and end count too."""


def cut_texts(tokenizer: Tokenizer, tokens: int, *, a_class: int = 1) -> list[str]:
    """Texts of every class that are `tokens` long: documents of the class, one after the other."""
    pieces: dict[str, list[str]] = {}
    for sample in draw_samples(a_class * _documents_for(tokens), seed=_SEED):
        pieces.setdefault(sample.label, []).append(sample.text)
    return [
        text
        for documents in pieces.values()
        for text in _join(documents, tokenizer, tokens, a_class)
    ]


def draw_texts(a_class: int) -> list[str]:
    """Whole documents of every class."""
    return [sample.text for sample in draw_samples(a_class, seed=_SEED + 1)]


def _documents_for(tokens: int) -> int:
    return 4 + tokens // 64


def _join(documents: list[str], tokenizer: Tokenizer, tokens: int, count: int) -> Iterator[str]:
    share = len(documents) // count
    for start in range(0, share * count, share):
        text = "\n".join(documents[start : start + share])
        yield cut(text, tokenizer, tokens)


def cut(text: str, tokenizer: Tokenizer, tokens: int) -> str:
    """The text's beginning that is `tokens` long; raises ValueError when the text is shorter."""
    encoded = tokenizer.encode(text, add_special_tokens=False)
    last = tokens - _AROUND - 1
    if last >= len(encoded.ids):
        msg = f"a text of {len(encoded.ids) + _AROUND} tokens cannot be cut to {tokens}"
        raise ValueError(msg)
    return text[: encoded.offsets[last][1]]
