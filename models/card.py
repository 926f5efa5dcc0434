"""The model card: what the model is, what it was trained on, how far to trust it."""

from typing import Any


def write_card(
    *,
    name: str,
    what: str,
    labels: tuple[str, ...],
    documents: int,
    seed: int,
    folds: int,
    temperature: float,
    thresholds: list[float],
    metrics: dict[str, Any],
) -> str:
    """The card as Markdown."""
    unseen, routing = metrics["unseen_genres"], metrics["unseen_genres_routing"]
    rows = "\n".join(
        f"| {label} | {figures['documents']} | {figures['recall']:.3f} "
        f"| {figures['precision']:.3f} | {threshold:.2f} |"
        for (label, figures), threshold in zip(unseen["classes"].items(), thresholds, strict=True)
    )
    return f"""# {name}

Tells which of {len(labels)} classes a business document belongs to, from its text.

## What it is

{what}

## What it was trained on

{documents} generated documents a class, nothing else: no real document, no customer's
document. The generator is part of the same project; seed {seed} gives the same documents.
Labels and phrases are English for the most part, with German, French, Spanish, Italian and Dutch
among invoices, receipts, statements, identity documents and letters.

## How far to trust it

Confidence is the softmax of the logits divided by {temperature}. A label is taken only at or above
its threshold. The document must also look *known*: enough words, enough of them in the vocabulary,
and close enough to the centroid of the class it was given.

Temperature, thresholds and limits were chosen on generated documents of genres that the judging
model had not seen ({folds} folds over genres). The figures below are from there too.

**They prove little.** Generated documents resemble one another more than real ones do, and
whoever chose the words of one genre chose those of the next. Measure on your own documents before
you rely on it.

| class | documents | recall | precision | threshold |
|---|---|---|---|---|
{rows}

Mean recall over the classes {unseen["macro_recall"]:.3f}; expected calibration error
{routing["calibration_error"]:.3f}. At these thresholds {routing["automatic"]:.1%} of the documents
of known classes are classified without a person, {routing["automatic_right"]:.1%} of those rightly,
and {routing["unknown_passed"]:.1%} of the documents of no known class are taken for one.

## What it is not for

Documents in other scripts or languages, photographs without text, decisions about people. It
tells the kind of a document and nothing about its content.
"""
