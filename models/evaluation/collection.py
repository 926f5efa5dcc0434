"""Labelled documents in a folder: by its manifest.csv, or by the names of its folders."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

MANIFEST = "manifest.csv"
SLICES = ("source", "source_repository", "language", "quality")
"""Columns of a manifest that part the documents into slices, each looked at by itself."""
_ENDINGS = {".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"}


class CollectionError(Exception):
    """The folder does not say what its documents are."""


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """One file, its name within the collection, and what a person says that it is."""

    path: Path
    name: str
    label: str
    slices: Mapping[str, str] = field(default_factory=dict)


def read_collection(folder: Path) -> list[LabelledDocument]:
    """Every labelled document, in the order of their names; raises CollectionError."""
    manifest = folder / MANIFEST
    found = _read_manifest(manifest) if manifest.is_file() else _read_folders(folder)
    documents = sorted(found, key=lambda document: document.name)
    if not documents:
        raise CollectionError(f"{folder} holds no labelled documents")
    return documents


def _read_manifest(path: Path) -> Iterator[LabelledDocument]:
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        if missing := {"file", "label"} - set(rows.fieldnames or ()):
            raise CollectionError(f"{path} has no column {' and no column '.join(sorted(missing))}")
        for number, row in enumerate(rows, start=2):
            document = path.parent / row["file"]
            if not row["label"]:
                raise CollectionError(f"{path}, line {number}: {row['file']} has no label")
            if not document.is_file():
                raise CollectionError(f"{path}, line {number}: {row['file']} is not there")
            slices = {name: row[name] for name in SLICES if row.get(name)}
            yield LabelledDocument(document, row["file"], row["label"], slices)


def _read_folders(folder: Path) -> Iterator[LabelledDocument]:
    for path in folder.glob("*/**/*"):
        if path.is_file() and path.suffix.lower() in _ENDINGS:
            name = path.relative_to(folder)
            yield LabelledDocument(path, name.as_posix(), name.parts[0])
