"""Writes package directories, whatever kind of model lies in them."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from lambdas.classify.package import (
    BASELINE,
    CARD,
    DESCRIPTION,
    MODEL,
    TOKENIZER,
    KnownLimits,
    ModelPackage,
    PackageDescription,
    load_package,
)
from models.card import write_card
from models.corpus.training import Sample
from models.lexical.calibration import (
    Floats,
    Judged,
    choose_coverage,
    choose_similarity,
    choose_temperature,
    choose_thresholds,
)
from models.lexical.measures import (
    describe_baseline,
    gather_tenths,
    measure_classes,
    measure_routing,
    trace_steps,
)
from models.lexical.mixture import NO_OWN, Own, weigh_evidence
from models.lexical.vocabulary import LEAST_OWN
from models.picture import Trust, draw_trust
from models.provenance import digest_code, digest_samples, read_commit

PICTURE = "confidence.svg"


class Choices(Protocol):
    """The part of a recipe that chooses temperature, thresholds and limits."""

    @property
    def seed(self) -> int: ...  # noqa: D102
    @property
    def folds(self) -> int: ...  # noqa: D102
    @property
    def precision(self) -> float: ...  # noqa: D102
    @property
    def quantile(self) -> float: ...  # noqa: D102
    @property
    def least_words(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Made:
    """A trained model; `what` says in its card what it is, `libraries` is what made it."""

    kind: Literal["lexical", "embedding"]
    name: str
    labels: tuple[str, ...]
    opset: int
    graph: bytes
    tokenizer: str
    what: str
    hyperparameters: Mapping[str, Any]
    libraries: tuple[str, ...]
    precision: Literal["fp32", "int8"] = "fp32"


@dataclass(frozen=True, slots=True)
class Limits:
    """What turns a model's answer into a classification."""

    temperature: float
    thresholds: list[float]
    known: KnownLimits


def write_package(
    directory: Path,
    made: Made,
    unseen: Judged,
    samples: Sequence[Sample],
    choices: Choices,
    *,
    own: Own = NO_OWN,
) -> ModelPackage:
    """Write a trained model; `unseen` is what temperature and limits are chosen on.

    Its rows are the samples in their order, then a customer's own documents. What fails leaves the
    directory as it was.
    """
    weights = weigh_evidence(samples, own)
    limits = _choose_limits(unseen, weights, made.labels, choices)
    parts = {"unseen_genres": unseen.pick(slice(0, len(samples)))}
    if own.samples:
        parts["own_documents"] = unseen.pick(slice(len(samples), None))
    metrics = _measure(parts, made.labels, limits)
    trained_on = {
        name: dict(sorted(Counter(sample.label for sample in part).items()))
        for name, part in (("generated", samples), ("own", own.samples))
        if part
    }
    baseline = describe_baseline(unseen, weights, made.labels, temperature=limits.temperature)
    card = write_card(
        name=made.name,
        what=made.what,
        trained_on=trained_on,
        own_weight=own.weight,
        least_own=LEAST_OWN,
        seed=choices.seed,
        folds=choices.folds,
        temperature=limits.temperature,
        thresholds=dict(zip(made.labels, limits.thresholds, strict=True)),
        metrics=metrics,
        picture=PICTURE,
    )
    contents = {
        MODEL: made.graph,
        TOKENIZER: made.tokenizer.encode(),
        BASELINE: _write_json(baseline),
        CARD: card.encode(),
        PICTURE: _draw(parts, made.labels, limits, metrics).encode(),
    }
    description = PackageDescription(
        kind=made.kind,
        name=made.name,
        labels=made.labels,
        temperature=limits.temperature,
        thresholds=dict(zip(made.labels, limits.thresholds, strict=True)),
        known=limits.known,
        precision=made.precision,
        opset=made.opset,
        training_data_digest=digest_samples([*samples, *own.samples]),
        trained_on=trained_on,
        code_digest=digest_code(),
        code_commit=read_commit(),
        hyperparameters=dict(made.hyperparameters),
        built_with={name: version(name) for name in made.libraries},
        metrics=metrics,
        files={name: hashlib.sha256(content).hexdigest() for name, content in contents.items()},
    )
    contents[DESCRIPTION] = _write_json(description.model_dump(mode="json"))
    _replace_files(directory, contents)
    return load_package(directory)


def _choose_limits(
    unseen: Judged, weights: Floats, labels: tuple[str, ...], choices: Choices
) -> Limits:
    temperature = choose_temperature(unseen, weights)
    quantile = choices.quantile
    return Limits(
        temperature=temperature,
        thresholds=choose_thresholds(unseen, weights, temperature, precision=choices.precision),
        known=KnownLimits(
            words=choices.least_words,
            coverage=choose_coverage(unseen, weights, quantile=quantile),
            similarity=dict(
                zip(labels, choose_similarity(unseen, weights, quantile=quantile), strict=True)
            ),
        ),
    )


def _measure(
    parts: Mapping[str, Judged], labels: tuple[str, ...], limits: Limits
) -> dict[str, dict[str, Any]]:
    metrics = {}
    for name, part in parts.items():
        metrics[name] = measure_classes(part, labels)
        metrics[f"{name}_routing"] = measure_routing(
            part,
            labels,
            temperature=limits.temperature,
            thresholds=limits.thresholds,
            known=_mark_known(part, labels, limits),
        )
    return metrics


def _draw(
    parts: Mapping[str, Judged],
    labels: tuple[str, ...],
    limits: Limits,
    metrics: Mapping[str, Mapping[str, Any]],
) -> str:
    trusts = []
    for name, part in parts.items():
        routing, known = metrics[f"{name}_routing"], _mark_known(part, labels, limits)
        trusts.append(
            Trust(
                name=name.replace("_", " "),
                steps=trace_steps(part, labels, temperature=limits.temperature, known=known),
                shipped=(routing["automatic"], routing["passed_right"]),
                tenths=gather_tenths(part, temperature=limits.temperature),
            )
        )
    return draw_trust(trusts)


def _mark_known(judged: Judged, labels: tuple[str, ...], limits: Limits) -> NDArray[np.bool_]:
    answers = judged.probabilities(limits.temperature).argmax(axis=1)
    floors = np.array([limits.known.similarity[label] for label in labels])
    similar = judged.similarity[np.arange(len(answers)), answers] >= floors[answers]
    marks: NDArray[np.bool_] = (
        similar & (judged.coverage >= limits.known.coverage) & (judged.words >= limits.known.words)
    )
    return marks


def _replace_files(directory: Path, contents: Mapping[str, bytes]) -> None:
    """Write beside the directory first; the description goes first and comes last.

    So nothing that was interrupted passes for a package.
    """
    directory.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=directory.parent, prefix=f".{directory.name}-") as place:
        for name, content in contents.items():
            (Path(place) / name).write_bytes(content)
        directory.mkdir(exist_ok=True)
        (directory / DESCRIPTION).unlink(missing_ok=True)
        for name in sorted(contents, key=lambda name: name == DESCRIPTION):
            (Path(place) / name).replace(directory / name)


def _write_json(value: object) -> bytes:
    return f"{json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False)}\n".encode()
