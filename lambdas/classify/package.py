"""A model package: a directory whose description says all that running it needs.

Its version is the digest of its content: of a canonical listing of its files' SHA-256 digests,
package.json taken without `code_commit`, so that the same content has the same version whichever
commit built it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, model_validator

from lambdas.shared.errors import ModelPackageError
from lambdas.shared.model import Frozen

DESCRIPTION = "package.json"
MODEL, TOKENIZER, BASELINE, CARD = "model.onnx", "tokenizer.json", "baseline.json", "MODEL_CARD.md"
REQUIRED_FILES = (MODEL, TOKENIZER, BASELINE, CARD)
OLDEST_OPSET, NEWEST_OPSET = 13, 21
"""ONNX operator sets that every onnxruntime in use runs."""


class KnownLimits(Frozen):
    """The second signal: a document within these limits resembles what the model was trained on.

    `words` is the least number of words, `coverage` the least share of them in the vocabulary,
    `similarity` the least cosine to the centroid of the class it was given, by class.
    """

    words: int = Field(ge=0)
    coverage: float = Field(ge=0, le=1)
    similarity: dict[str, float]


class PackageDescription(Frozen):
    """What package.json says."""

    format: Literal[1] = 1
    kind: Literal["lexical", "embedding"]
    name: str
    labels: tuple[str, ...] = Field(min_length=2)
    temperature: float = Field(gt=0)
    thresholds: dict[str, float]
    known: KnownLimits
    precision: Literal["fp32", "int8"] = "fp32"
    opset: int = Field(ge=OLDEST_OPSET, le=NEWEST_OPSET)
    training_data_digest: str
    trained_on: dict[str, dict[str, int]] = Field(default_factory=dict)
    """Documents by class, of each provenance: `generated`, and a customer's `own`."""
    code_digest: str
    code_commit: str | None = None
    hyperparameters: dict[str, Any]
    built_with: dict[str, str]
    metrics: dict[str, Any]
    files: dict[str, str]
    """SHA-256 in hex of every other file, by name."""

    @model_validator(mode="after")
    def _check_labels(self) -> "PackageDescription":
        if len(set(self.labels)) < len(self.labels):
            raise ValueError("labels names a class twice")
        for name, values in (
            ("thresholds", self.thresholds),
            ("known.similarity", self.known.similarity),
        ):
            if set(values) != set(self.labels):
                odd = ", ".join(sorted(set(values) ^ set(self.labels)))
                raise ValueError(f"{name} and labels do not name the same classes: {odd}")
        return self


@dataclass(frozen=True, slots=True)
class ModelPackage:
    """A package whose files are there and are the ones that were built."""

    directory: Path
    description: PackageDescription
    digest: str


def load_package(directory: Path) -> ModelPackage:
    """Reads and checks a package; raises ModelPackageError naming every file that is wrong."""
    description = read_description(directory)
    faults = find_file_faults(directory, description.files)
    if faults:
        raise ModelPackageError(f"{directory}: {'; '.join(faults)}")
    return ModelPackage(directory, description, compute_digest(description))


def find_file_faults(directory: Path, files: Mapping[str, str]) -> list[str]:
    """What is wrong with a package's files, a phrase each; empty when all is well."""
    faults = [
        f"{name} is not listed in {DESCRIPTION}" for name in REQUIRED_FILES if name not in files
    ]
    for name, digest in sorted(files.items()):
        path = directory / name
        if Path(name).name != name or path.resolve().parent != directory.resolve():
            faults.append(f"{name} lies outside the package")
        elif not path.is_file():
            faults.append(f"{name} is missing")
        elif digest_file(path) != digest:
            faults.append(f"{name} does not match its digest")
    return faults


def compute_digest(description: PackageDescription) -> str:
    """The package's version, `sha256:` and 64 hex digits."""
    # Only what the file says: a field that is added later changes no older package's version.
    itself = description.model_dump(mode="json", exclude={"code_commit"}, exclude_unset=True)
    listing = {**description.files, DESCRIPTION: _sha256(_canonical(itself))}
    return f"sha256:{_sha256(_canonical(listing))}"


def name_key(digest: str, name: str) -> str:
    """Where a file of a package lies in the registry's bucket."""
    return f"packages/{digest.removeprefix('sha256:')}/{name}"


def digest_file(path: Path) -> str:
    """SHA-256 in hex of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_description(directory: Path) -> PackageDescription:
    """What package.json says; raises ModelPackageError naming every field that is wrong."""
    path = directory / DESCRIPTION
    if not path.is_file():
        raise ModelPackageError(f"{directory}: {DESCRIPTION} is missing")
    return parse_description(path.read_bytes(), str(directory))


def parse_description(content: bytes, place: str) -> PackageDescription:
    """What a package.json says; raises ModelPackageError naming the place and what is wrong."""
    try:
        return PackageDescription.model_validate_json(content)
    except ValidationError as error:
        raise ModelPackageError(f"{place}: {'; '.join(tell_faults(error))}") from error


def tell_faults(error: ValidationError) -> list[str]:
    """What is wrong with a description, a phrase a field."""
    return [
        ": ".join(filter(None, (DESCRIPTION, ".".join(map(str, one["loc"])), one["msg"])))
        for one in error.errors(include_url=False)
    ]


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
