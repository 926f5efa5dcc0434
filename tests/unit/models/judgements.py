"""Made-up judgements, for what is computed from them."""

from collections.abc import Iterable, Mapping
from typing import Any

from models.evaluation.judgement import Evaluation, Judgement, digest_documents

LABELS = ("invoice", "receipt", "form", "other")


def make_judgement(label: str, answer: str | None = None, **changes: Any) -> Judgement:
    """One document; without an answer it is judged rightly and surely."""
    answer = answer or label
    values: dict[str, Any] = {
        "file": f"{label}.pdf",
        "content_sha256": "0" * 64,
        "label": label,
        "answer": answer,
        "confidence": 0.99,
        "known": True,
        "certain": answer != "other",
        "words": (),
        "slices": {},
    }
    return Judgement.model_validate(values | changes)


def make_judgements(counts: Mapping[tuple[str, str], int], **changes: Any) -> list[Judgement]:
    """So many documents for each pair of class and answer, each with a content of its own."""
    return [
        make_judgement(
            label,
            answer,
            **{"file": f"{label}/{answer}-{number}.pdf"}
            | {"content_sha256": f"{label}{answer}{number}".encode().hex().rjust(64, "0")[-64:]}
            | changes,
        )
        for (label, answer), count in counts.items()
        for number in range(count)
    ]


def make_evaluation(judgements: Iterable[Judgement], **changes: Any) -> Evaluation:
    """An evaluation of these judgements."""
    judged = tuple(judgements)
    values: dict[str, Any] = {
        "package_name": "intray-lexical",
        "package_kind": "lexical",
        "package_digest": f"sha256:{'a' * 64}",
        "labels": LABELS,
        "documents_digest": digest_documents(judged),
        "judgements": judged,
    }
    return Evaluation.model_validate(values | changes)
