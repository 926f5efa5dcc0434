"""The demonstration's documents: each class, each format, planted defects, and bad input."""

from pathlib import Path

from models.corpus.demo.bad_input import add_bad_files, add_odd_keys, add_repetitions
from models.corpus.demo.batches import add_batch, add_strays
from models.corpus.demo.collection import Collection
from models.corpus.demo.documents import (
    add_defects,
    add_long_documents,
    add_others,
    add_passing,
    add_scans,
)
from models.corpus.expectations import Expectation, write_expectations


def write_demo(folder: Path, *, seed: int) -> list[Expectation]:
    """Write the documents and expected.json; returns what is expected, in order of submission."""
    collection = Collection(folder, seed)
    for add in (
        add_passing,
        add_scans,
        add_defects,
        add_others,
        add_long_documents,
        add_bad_files,
        add_odd_keys,
        add_repetitions,
        add_batch,
        add_strays,
    ):
        add(collection)
    write_expectations(folder, collection.expectations)
    return collection.expectations
