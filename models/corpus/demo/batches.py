"""Named batches with their manifests, a broken manifest, and a message that is no event."""

import json

from models.corpus.classes import KINDS
from models.corpus.demo.collection import Collection
from models.corpus.expectations import Expectation

_BATCH = "april-2024"


def add_batch(collection: Collection) -> None:
    """Two documents, a third that the manifest names and nobody sends, and the manifest."""
    folder = f"batches/{_BATCH}"
    for label in ("invoice", "receipt"):
        document = KINDS[label].make(collection.draw("batch", label))
        file = f"{folder}/{label}.pdf"
        why = f"a complete {label}, listed by the batch's manifest"
        collection.add_pdf(file, document, key=file, label=label, batch=_BATCH, why=why)
    collection.expectations.append(
        Expectation(
            file=None,
            key=f"{folder}/absent.pdf",
            label=None,
            route="reject",
            reasons=("missing",),
            why="listed by the batch's manifest, never uploaded",
            kind="missing",
            pages=0,
            batch=_BATCH,
            action="missing",
        )
    )
    listed = {"documents": ["invoice.pdf", "receipt.pdf", "absent.pdf"]}
    key = f"{folder}/manifest.json"
    collection.add(
        key,
        json.dumps(listed, indent=2).encode(),
        key=key,
        route=None,
        why="the manifest of a named batch",
        kind="manifest",
        batch=_BATCH,
        action="manifest",
    )


def add_strays(collection: Collection) -> None:
    """What is no document at all."""
    key = "batches/broken/manifest.json"
    collection.add(
        key,
        b'{"documents": ["invoice.pdf", ',
        key=key,
        route="reject",
        reasons=("manifest_malformed",),
        why="a manifest that breaks off in the middle",
        kind="manifest",
        batch="broken",
        action="manifest",
    )
    collection.expectations.append(
        Expectation(
            file=None,
            key=None,
            label=None,
            route=None,
            reasons=(),
            why="a message that is no event of S3: it ends as a dead letter",
            kind="message",
            pages=0,
            action="message",
            body=json.dumps({"greeting": "hello"}),
        )
    )
