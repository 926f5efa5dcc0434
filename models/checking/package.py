"""Every fault of a package at once, where running it stops at the first.

What the `classify` function would refuse is refused here in the same words, because it is the same
code. Beyond that the graph is run, and compared with what the description says of it.
"""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from pydantic import ValidationError
from tokenizers import Tokenizer

from lambdas.classify.inference import (
    INPUT,
    LOGITS,
    SIMILARITY,
    find_graph_faults,
    load_session,
    load_tokenizer,
)
from lambdas.classify.package import (
    DESCRIPTION,
    MODEL,
    TOKENIZER,
    PackageDescription,
    find_file_faults,
    tell_faults,
)
from lambdas.shared.errors import ModelPackageError


def find_faults(directory: Path) -> list[str]:
    """What is wrong with a package, a line each; empty when `classify` would run it."""
    path = directory / DESCRIPTION
    if not path.is_file():
        return [f"{DESCRIPTION} is missing"]
    try:
        description = PackageDescription.model_validate_json(path.read_bytes())
    except ValidationError as error:
        return tell_faults(error)
    faults = find_file_faults(directory, description.files)
    tokenizer, session = None, None
    if (directory / TOKENIZER).is_file():
        try:
            tokenizer = load_tokenizer(directory / TOKENIZER)
        except ModelPackageError as error:
            faults.append(_in_one_line(error))
    if (directory / MODEL).is_file():
        try:
            session = load_session(directory / MODEL)
        except ModelPackageError as error:
            faults.append(_in_one_line(error))
    if session:
        faults += _find_opset_faults(directory / MODEL, description.opset)
        shape_faults = find_graph_faults(session, description)
        faults += shape_faults
        if tokenizer and not shape_faults:
            faults += _find_running_faults(tokenizer, session, len(description.labels))
    return faults


def _find_opset_faults(path: Path, described: int) -> list[str]:
    model = onnx.load(path, load_external_data=False)
    found = {each.version for each in model.opset_import if each.domain in ("", "ai.onnx")}
    if found == {described}:
        return []
    versions = ", ".join(str(version) for version in sorted(found)) or "none"
    return [f"{MODEL} is of opset {versions}, {DESCRIPTION} says {described}"]


def _find_running_faults(
    tokenizer: Tokenizer, session: onnxruntime.InferenceSession, labels: int
) -> list[str]:
    """Run no word, every end of the vocabulary, and more words than a page has."""
    last = max(tokenizer.get_vocab().values(), default=0)
    for name, words in (
        ("a text without words", [0]),
        ("the vocabulary's last word", [last]),
        ("a text of 5000 words", [0, last] * 2500),
    ):
        try:
            outputs = session.run([LOGITS, SIMILARITY], {INPUT: np.array([words], dtype=np.int64)})
        except Exception as error:  # noqa: BLE001 - onnxruntime's errors share no narrower class
            return [f"{MODEL} fails on {name}: {_in_one_line(error)}"]
        for output, values in zip((LOGITS, SIMILARITY), outputs, strict=True):
            if values.shape != (1, labels):
                return [f"{MODEL}: {output} of {name} has the shape {values.shape}"]
            if not np.isfinite(values).all():
                return [f"{MODEL}: {output} of {name} is not a number"]
    return []


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())
