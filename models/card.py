"""The model card: what the model is, what it was trained on, how far to trust it."""

from collections.abc import Mapping
from textwrap import fill
from typing import Any

from models.evaluation.intervals import estimate_mean_recall, estimate_share

_OWN = """Beside them, {documents} real documents that a customer brought: {classes}. Each counts as
{weight} generated ones. Neither their texts nor their names are in this package. **Single words
are**: a word or a pair of words of theirs that generated documents do not hold is in
`tokenizer.json` and `model.onnx` where at least {least} of them share it. That can be the name of a
company, or of a person whom several of them name. Who may have this package may know those words.
"""
_PROOF = """**They prove little.** Generated documents resemble one another more than real ones do,
and whoever chose the words of one genre chose those of the next. {advice}"""
_MEASURE = "Measure on your own documents before you rely on it."
_BELIEVE = "The customer's own documents say more, as far as there are enough of them: see below."
_OWN_PROOF = """Each was judged by a model that had not seen it, nor any other of its source where
the manifest names several sources in its class. Without sources, documents of the same sender or
form were seen, and the figures flatter. Ranges are 95 % confidence intervals."""


def write_card(
    *,
    name: str,
    what: str,
    trained_on: Mapping[str, Mapping[str, int]],
    own_weight: float,
    least_own: int,
    seed: int,
    folds: int,
    temperature: float,
    thresholds: Mapping[str, float],
    metrics: Mapping[str, Any],
    picture: str,
) -> str:
    """The card as Markdown; `trained_on` counts documents by class and provenance."""
    unseen, routing = metrics["unseen_genres"], metrics["unseen_genres_routing"]
    own = trained_on.get("own", {})
    rows = "\n".join(
        f"| {label} | {figures['documents']} | {_tell(figures, 'recall')} "
        f"| {_tell(figures, 'precision')} | {thresholds[label]:.2f} |"
        for label, figures in unseen["classes"].items()
    )
    only = "" if own else ", nothing else: no real document, no customer's document"
    chosen = ", and on the own documents" if own else ""
    sections = [
        f"# {name}",
        f"Tells which of {len(thresholds)} classes a business document belongs to, from its text.",
        "## What it is",
        what,
        "## What it was trained on",
        f"""{_tell_counts(trained_on["generated"])} generated documents a class{only}. The generator
        is part of the same project; seed {seed} gives the same documents. Labels and phrases are
        English for the most part; every class knows German, French, Spanish, Italian, Portuguese,
        Dutch and Polish too, and some of the Nordic languages, Russian, Turkish, Indonesian,
        Arabic, Japanese, Chinese and Korean.""",
        *([_tell_brought(own, own_weight, least_own)] if own else ()),
        "## How far to trust it",
        f"""Confidence is the softmax of the logits divided by {temperature}. A label is taken only
        at or above its threshold. The document must also look *known*: enough words, enough of them
        in the vocabulary, and close enough to the centroid of the class it was given.""",
        f"""![Left: how many known documents pass and how many of those are right, as the threshold
        moves. Right: how often an answer of a confidence is right]({picture})""",
        """Left, one threshold for all classes moves; the ring is where the package's own
        thresholds, one a class, have come to lie. Right, an answer of confidence 0.9 should be
        right nine times in ten: on the dashed line confidence keeps its word.""",
        f"""Temperature, thresholds and limits were chosen on generated documents of genres that the
        judging model had not seen ({folds} folds over genres){chosen}. The figures below are from
        there too.""",
        _PROOF.format(advice=_BELIEVE if own else _MEASURE),
        f"| class | documents | recall | precision | threshold |\n|---|---|---|---|---|\n{rows}",
        f"""Mean recall over the classes {unseen["macro_recall"]:.3f}; expected calibration error
        {routing["calibration_error"]:.3f}. {_tell_routing(routing)}""",
        *(_tell_own(metrics) if own else ()),
        "## What it is not for",
        """Documents in other scripts or languages, photographs without text, decisions about
        people. It tells the kind of a document and nothing about its content.""",
    ]
    return "\n\n".join(map(_wrap, sections)) + "\n"


def _wrap(section: str) -> str:
    """Lines of at most 100 characters; a table stays as it is."""
    if section.startswith("|"):
        return section
    return fill(" ".join(section.split()), 100, break_long_words=False, break_on_hyphens=False)


def _tell(figures: Mapping[str, Any], name: str) -> str:
    return f"{figures[name]:.3f}" if figures["documents"] else "-"


def _tell_counts(counts: Mapping[str, int]) -> str:
    least, most = min(counts.values()), max(counts.values())
    return str(most) if least == most else f"{least} to {most}"


def _tell_brought(own: Mapping[str, int], weight: float, least: int) -> str:
    classes = ", ".join(f"{count} {label}" for label, count in own.items())
    return _OWN.format(
        documents=sum(own.values()), classes=classes, weight=f"{weight:g}", least=least
    )


def _tell_routing(routing: Mapping[str, float]) -> str:
    return (
        f"At these thresholds {routing['automatic']:.1%} of the documents of known classes are"
        f" classified without a person, {routing['automatic_right']:.1%} of those rightly, and"
        f" {routing['unknown_passed']:.1%} of the documents of no known class are taken for one."
    )


def _tell_own(metrics: Mapping[str, Any]) -> list[str]:
    classes = metrics["own_documents"]["classes"]
    counts = {
        label: (round(figures["recall"] * figures["documents"]), figures["documents"])
        for label, figures in classes.items()
        if figures["documents"]
    }
    shares = {label: estimate_share(*count) for label, count in counts.items()}
    rows = "\n".join(
        f"| {label} | {counts[label][1]} | {one.value:.3f} ({one.low:.3f} to {one.high:.3f}) |"
        for label, one in shares.items()
    )
    mean = estimate_mean_recall(list(counts.values()))
    return [
        "### On the customer's own documents",
        _OWN_PROOF,
        f"| class | documents | recall |\n|---|---|---|\n{rows}",
        f"Mean recall over these {len(counts)} classes {mean.value:.3f} ({mean.low:.3f} to"
        f" {mean.high:.3f}). {_tell_routing(metrics['own_documents_routing'])}",
    ]
