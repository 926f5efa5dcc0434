"""Runs a model package: text in, classification out. The only module with numpy and onnxruntime."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from lambdas.classify.evidence import EVIDENCE_OUTPUTS, name_words
from lambdas.classify.package import (
    MODEL,
    TOKENIZER,
    ModelPackage,
    PackageDescription,
    load_package,
)
from lambdas.shared.contracts import Classification
from lambdas.shared.errors import ModelPackageError
from lambdas.shared.explanation import CarryingWord

MEMORY_OF_ONE_VCPU = 1769
"""MB of a Lambda function's memory that come with one virtual CPU (AWS Lambda, configuration)."""

INPUT, LOGITS, SIMILARITY = "words", "logits", "similarity"


def count_threads(memory_mb: int) -> int:
    """As many threads as the memory's share of processors can run at once, at least one."""
    return max(1, memory_mb // MEMORY_OF_ONE_VCPU)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model says about one text, before any threshold; `words` counts all words.

    `carried_by` are the words that spoke for the best label; none where the package tells none.
    """

    logits: tuple[float, ...]
    probabilities: tuple[float, ...]
    similarity: tuple[float, ...]
    words: int
    coverage: float
    carried_by: tuple[CarryingWord, ...] = ()


class Classifier:
    """A loaded package: tokenizer and session are made once, `read` may be called often."""

    def __init__(self, package: ModelPackage, *, threads: int = 1) -> None:
        """Raises ModelPackageError when the files cannot be run or do not fit the description."""
        self.package = package
        self._tokenizer = load_tokenizer(package.directory / TOKENIZER)
        self._unknown = find_unknown_word(self._tokenizer)
        self._session = load_session(package.directory / MODEL, threads)
        if faults := find_graph_faults(self._session, package.description):
            raise ModelPackageError(f"{package.directory}: {'; '.join(faults)}")
        self._outputs = [LOGITS, SIMILARITY]
        if _tells_evidence(self._session):
            self._outputs += EVIDENCE_OUTPUTS

    def classify(self, text: str) -> Classification:
        """The document's class with its calibrated confidence and whether it looks known at all."""
        return self.judge(self.read(text))

    def judge(self, reading: Reading) -> Classification:
        """The classification that the package's thresholds and limits make of a reading."""
        description = self.package.description
        best = int(np.argmax(reading.probabilities))
        label, limits = description.labels[best], description.known
        known = (
            reading.words >= limits.words
            and reading.coverage >= limits.coverage
            and reading.similarity[best] >= limits.similarity[label]
        )
        return Classification(
            label=label,
            confidence=round(min(1.0, reading.probabilities[best]), 6),
            threshold=description.thresholds[label],
            known=known,
            model_digest=self.package.digest,
        )

    def read(self, text: str) -> Reading:
        """Logits, calibrated probabilities, the figures behind `known`, and the words behind it."""
        # The fast way keeps no places in the text, which nobody asks for: a quarter less time.
        (encoded,) = self._tokenizer.encode_batch_fast([text], add_special_tokens=False)
        ids = encoded.ids
        words = np.array([ids or [self._unknown]], dtype=np.int64)
        logits, similarity, *evidence = self._session.run(self._outputs, {INPUT: words})
        scaled = logits[0].astype(np.float64) / self.package.description.temperature
        weights = np.exp(scaled - scaled.max())
        return Reading(
            logits=tuple(logits[0].tolist()),
            probabilities=tuple((weights / weights.sum()).tolist()),
            similarity=tuple(similarity[0].tolist()),
            words=len(ids),
            coverage=float(np.mean(words != self._unknown)),
            carried_by=self._name_words(evidence),
        )

    def _name_words(self, evidence: list[NDArray[Any]]) -> tuple[CarryingWord, ...]:
        if not evidence:
            return ()
        contributions, grams, total = evidence
        return name_words(
            self._tokenizer, contributions[0].tolist(), grams[0].tolist(), float(total[0, 0])
        )


def load_classifier(directory: str, *, memory_mb: int) -> Classifier:
    """The package in a directory, ready to run; raises ModelPackageError."""
    return Classifier(load_package(Path(directory)), threads=count_threads(memory_mb))


def load_tokenizer(path: Path) -> Tokenizer:
    """A package's tokenizer; raises ModelPackageError when it is unreadable, truncates or pads."""
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises nothing narrower
        raise ModelPackageError(f"{TOKENIZER} cannot be read: {error}") from error
    if tokenizer.truncation is not None or tokenizer.padding is not None:
        raise ModelPackageError(f"{TOKENIZER} truncates or pads: every word must reach the model")
    return tokenizer


def find_unknown_word(tokenizer: Tokenizer) -> int:
    """The number that stands for every word outside the vocabulary; 0 in one that has none."""
    name = getattr(tokenizer.model, "unk_token", None)
    return (tokenizer.token_to_id(name) if name else None) or 0


def load_session(path: Path, threads: int = 1) -> onnxruntime.InferenceSession:
    """A package's graph, ready to run; raises ModelPackageError when it cannot be."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(
            str(path), sess_options=options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # onnxruntime's errors share no narrower class
        raise ModelPackageError(f"{MODEL} cannot be run: {error}") from error


def find_graph_faults(
    session: onnxruntime.InferenceSession, description: PackageDescription
) -> list[str]:
    """Where the graph's inputs and outputs do not fit the description, a phrase each."""
    inputs = [each.name for each in session.get_inputs()]
    found = {output.name: output.shape for output in session.get_outputs()}
    faults = [] if inputs == [INPUT] else [f"{MODEL}: inputs are {inputs}, not [{INPUT!r}]"]
    expected = len(description.labels)
    return faults + [
        f"{MODEL}: output {name} does not have {expected} columns"
        for name in (LOGITS, SIMILARITY)
        if not found.get(name) or found[name][-1] != expected
    ]


def _tells_evidence(session: onnxruntime.InferenceSession) -> bool:
    return {output.name for output in session.get_outputs()}.issuperset(EVIDENCE_OUTPUTS)
