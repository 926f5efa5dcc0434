"""Why a document was given its class: the words that carried it, kept in S3 with the document."""

from lambdas.shared.contracts import ObjectPointer
from lambdas.shared.model import Frozen


class CarryingWord(Frozen):
    """A word, or two that follow each other, that spoke for the label.

    `contribution` is what it added to the label's logit, less what it added to the mean of the
    other labels' logits; `share` is its part of all that spoke for the label, 0 to 1.
    """

    text: str
    contribution: float
    share: float


class Explanation(Frozen):
    """The strongest words first; none where the model package cannot tell them.

    It quotes the document: it lies beside the extraction and goes nowhere else.
    """

    document_id: str
    label: str
    model_digest: str
    words: tuple[CarryingWord, ...]


def explanation_pointer(bucket: str, document_id: str) -> ObjectPointer:
    """Where a document's explanation lies."""
    return ObjectPointer(bucket=bucket, key=f"{document_id}/classification.json")
