"""Writes package directories, whatever kind of model lies in them."""

import hashlib
import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np

from lambdas.classify.package import (
    BASELINE,
    CARD,
    DESCRIPTION,
    MODEL,
    REQUIRED_FILES,
    TOKENIZER,
    KnownLimits,
    ModelPackage,
    PackageDescription,
    digest_file,
    load_package,
)
from models.card import write_card
from models.corpus.training import Sample
from models.lexical.calibration import (
    Judged,
    choose_coverage,
    choose_similarity,
    choose_temperature,
    choose_thresholds,
)
from models.lexical.measures import describe_baseline, measure_classes, measure_routing

ROOT = Path(__file__).parents[1]
_SOURCES = (
    "models/card.py",
    "models/corpus",
    "models/embedding",
    "models/lexical",
    "models/packaging.py",
    "lambdas/classify",
)
"""What a package is made by: measuring and judging it changes nothing in it."""


class Choices(Protocol):
    """The part of a recipe that chooses temperature, thresholds and limits."""

    @property
    def documents(self) -> int: ...  # noqa: D102
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


def write_package(
    directory: Path, made: Made, unseen: Judged, samples: Sequence[Sample], choices: Choices
) -> ModelPackage:
    """Write a trained model; `unseen` is what temperature and limits are chosen on."""
    directory.mkdir(parents=True, exist_ok=True)
    labels = made.labels
    temperature = choose_temperature(unseen)
    thresholds = choose_thresholds(unseen, temperature, precision=choices.precision)
    limits = KnownLimits(
        words=choices.least_words,
        coverage=choose_coverage(unseen, quantile=choices.quantile),
        similarity=dict(
            zip(labels, choose_similarity(unseen, quantile=choices.quantile), strict=True)
        ),
    )
    metrics = {
        "unseen_genres": measure_classes(unseen, labels),
        "unseen_genres_routing": measure_routing(
            unseen,
            labels,
            temperature=temperature,
            thresholds=thresholds,
            known=_mark_known(unseen, temperature, limits, labels),
        ),
    }
    (directory / MODEL).write_bytes(made.graph)
    (directory / TOKENIZER).write_text(made.tokenizer, encoding="utf-8")
    _write_json(directory / BASELINE, describe_baseline(unseen, labels, temperature=temperature))
    card = write_card(
        name=made.name,
        what=made.what,
        labels=labels,
        documents=choices.documents,
        seed=choices.seed,
        folds=choices.folds,
        temperature=temperature,
        thresholds=thresholds,
        metrics=metrics,
    )
    (directory / CARD).write_text(card, encoding="utf-8")
    description = PackageDescription(
        kind=made.kind,
        name=made.name,
        labels=labels,
        temperature=temperature,
        thresholds=dict(zip(labels, thresholds, strict=True)),
        known=limits,
        precision=made.precision,
        opset=made.opset,
        training_data_digest=digest_samples(samples),
        code_digest=digest_code(),
        code_commit=read_commit(),
        hyperparameters=dict(made.hyperparameters),
        built_with={name: version(name) for name in made.libraries},
        metrics=metrics,
        files={name: digest_file(directory / name) for name in REQUIRED_FILES},
    )
    _write_json(directory / DESCRIPTION, description.model_dump(mode="json"))
    return load_package(directory)


def _mark_known(
    judged: Judged, temperature: float, limits: KnownLimits, labels: tuple[str, ...]
) -> np.ndarray[Any, np.dtype[np.bool_]]:
    answers = judged.probabilities(temperature).argmax(axis=1)
    floors = np.array([limits.similarity[label] for label in labels])
    similar = judged.similarity[np.arange(len(answers)), answers] >= floors[answers]
    marks: np.ndarray[Any, np.dtype[np.bool_]] = (
        similar & (judged.coverage >= limits.coverage) & (judged.words >= limits.words)
    )
    return marks


def digest_samples(samples: Sequence[Sample]) -> str:
    """SHA-256 in hex over all texts with their classes, in order."""
    digest = hashlib.sha256()
    for sample in samples:
        digest.update(f"{sample.label}\0{sample.source}\0{sample.text}\0".encode())
    return digest.hexdigest()


def digest_code() -> str:
    """SHA-256 in hex over the sources that a package is made by, by their paths in the project."""
    digest = hashlib.sha256()
    for source in _SOURCES:
        place = ROOT / source
        paths = [place] if place.is_file() else place.rglob("*")
        named = {path.relative_to(ROOT).as_posix(): path for path in paths}
        for name in sorted(named):
            if named[name].suffix in (".py", ".toml"):
                digest.update(f"{name}\0{digest_file(named[name])}\0".encode())
    return digest.hexdigest()


def read_commit() -> str | None:
    """The commit that the sources are at; None when they were changed since, or without git.

    It is not part of the package's digest: the same sources build the same version at any commit.
    """
    try:
        changed = _run_git("status", "--porcelain", "--", *_SOURCES)
        return None if changed else _run_git("rev-parse", "HEAD")
    except (OSError, subprocess.CalledProcessError):
        return None


def _run_git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True, text=True)
    return done.stdout.strip()


def _write_json(path: Path, value: object) -> None:
    text = json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False)
    path.write_text(f"{text}\n", encoding="utf-8")
