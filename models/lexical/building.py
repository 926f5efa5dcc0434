"""Builds a package directory; the same code and recipe give the same bytes."""

import hashlib
import json
import subprocess
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

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
from models.corpus.classes import LABELS
from models.corpus.training import Sample, draw_samples
from models.lexical.calibration import (
    Judged,
    choose_coverage,
    choose_similarity,
    choose_temperature,
    choose_thresholds,
)
from models.lexical.card import write_card
from models.lexical.graph import OPSET, build_graph
from models.lexical.measures import describe_baseline, measure_classes, measure_routing
from models.lexical.recipe import Recipe
from models.lexical.training import Model, judge_unseen, train

NAME = "intray-lexical"
ROOT = Path(__file__).parents[2]
_SOURCES = ("models/corpus", "models/lexical", "lambdas/classify")
"""What a package is made by: measuring and judging it changes nothing in it."""
_LIBRARIES = ("numpy", "scipy", "scikit-learn", "onnx", "tokenizers")


def build_package(directory: Path, recipe: Recipe) -> ModelPackage:
    """Generate documents, train, choose limits, and write the package."""
    samples = list(draw_samples(recipe.documents, seed=recipe.seed))
    unseen, _ = judge_unseen(samples, LABELS, recipe)
    model = train(samples, LABELS, recipe)
    return write_package(directory, model, unseen, samples, recipe)


def write_package(
    directory: Path, model: Model, unseen: Judged, samples: Sequence[Sample], recipe: Recipe
) -> ModelPackage:
    """Write a trained model; `unseen` is what temperature and limits are chosen on."""
    directory.mkdir(parents=True, exist_ok=True)
    labels = model.labels
    temperature = choose_temperature(unseen)
    thresholds = choose_thresholds(unseen, temperature, precision=recipe.precision)
    limits = KnownLimits(
        words=recipe.least_words,
        coverage=choose_coverage(unseen, quantile=recipe.quantile),
        similarity=dict(
            zip(labels, choose_similarity(unseen, quantile=recipe.quantile), strict=True)
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
    graph = build_graph(model.features, model.head.weights, model.head.bias, model.centroids)
    (directory / MODEL).write_bytes(graph.SerializeToString(deterministic=True))
    (directory / TOKENIZER).write_text(model.tokenizer.to_str(), encoding="utf-8")
    _write_json(directory / BASELINE, describe_baseline(unseen, labels, temperature=temperature))
    card = write_card(
        name=NAME,
        labels=labels,
        recipe=recipe,
        grams=len(model.features.grams),
        words=model.tokenizer.get_vocab_size(),
        temperature=temperature,
        thresholds=thresholds,
        metrics=metrics,
    )
    (directory / CARD).write_text(card, encoding="utf-8")
    description = PackageDescription(
        kind="lexical",
        name=NAME,
        labels=labels,
        temperature=temperature,
        thresholds=dict(zip(labels, thresholds, strict=True)),
        known=limits,
        opset=OPSET,
        training_data_digest=digest_samples(samples),
        code_digest=digest_code(),
        code_commit=read_commit(),
        hyperparameters=asdict(recipe),
        built_with={name: version(name) for name in _LIBRARIES},
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
    for folder in _SOURCES:
        paths = [path for path in (ROOT / folder).rglob("*") if path.suffix in (".py", ".toml")]
        for path in sorted(paths, key=lambda path: path.relative_to(ROOT).as_posix()):
            digest.update(f"{path.relative_to(ROOT).as_posix()}\0{digest_file(path)}\0".encode())
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
