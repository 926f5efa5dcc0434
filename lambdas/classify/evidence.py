"""The words that carried a label, read from what a model package's graph says of them."""

from collections.abc import Sequence

from tokenizers import Tokenizer

from lambdas.shared.explanation import CarryingWord

EVIDENCE, EVIDENCE_WORDS, EVIDENCE_TOTAL = "evidence", "evidence_words", "evidence_total"
EVIDENCE_OUTPUTS = (EVIDENCE, EVIDENCE_WORDS, EVIDENCE_TOTAL)
"""What a graph that explains itself has beside its logits: contributions, strongest first, the one
or two words of each (0: none), and the sum of all contributions above zero."""


def name_words(
    tokenizer: Tokenizer,
    contributions: Sequence[float],
    words: Sequence[Sequence[int]],
    total: float,
) -> tuple[CarryingWord, ...]:
    """The contributions above zero with their words' text."""
    return tuple(
        CarryingWord(
            text=" ".join(str(tokenizer.id_to_token(word)) for word in gram if word),
            contribution=round(contribution, 6),
            share=round(contribution / total, 6),
        )
        for contribution, gram in zip(contributions, words, strict=True)
        if contribution > 0
    )
