"""A customer's own labelled documents as samples, to train on beside generated ones."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from lambdas import validate
from models.corpus.classes import LABELS
from models.corpus.training import Sample
from models.evaluation.collection import (
    MANIFEST,
    CollectionError,
    LabelledDocument,
    read_collection,
)
from models.evaluation.pages import UnreadableDocumentError
from models.evaluation.textract import name_reader, open_textract
from models.evaluation.texts import TextStore

LEAST = 3
"""Documents a class: of fewer no word may enter a package, and none can be judged unseen."""
LEAST_NEW = 10
"""Documents of a class that is not generated: they are all that it is known by."""
_RULE_SETS = Path(validate.__file__).with_name("rulesets")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class OwnDocumentsError(CollectionError):
    """Everything about a folder of labelled documents that keeps them from being trained on."""

    def __init__(self, folder: Path, faults: Iterable[str]) -> None:
        super().__init__("\n".join([f"{folder} cannot be trained on:", *faults]))


def read_own_documents(
    folder: Path,
    *,
    texts: Path,
    aws: bool = False,
    advance: Callable[[str], object] = lambda _name: None,
) -> list[Sample]:
    """Read every document of a folder, in an order that its files' names have no part in.

    `texts` is the folder of texts that were read before; `advance` is told the name of each
    document. What is there twice counts once. Raises OwnDocumentsError, and CollectionError where
    the folder does not say what its documents are.
    """
    collection = read_collection(folder)
    if faults := [*_find_empty_classes(folder), *_find_wrong_classes(collection)]:
        raise OwnDocumentsError(folder, faults)
    with open_textract(aws=aws) as connect:
        return read_samples(
            folder, collection, TextStore(texts / name_reader(aws=aws), connect), advance
        )


def read_samples(
    folder: Path,
    collection: Iterable[LabelledDocument],
    store: TextStore,
    advance: Callable[[str], object] = lambda _name: None,
) -> list[Sample]:
    """The documents' texts; raises OwnDocumentsError naming every document that is amiss."""
    samples: dict[str, Sample] = {}
    names: dict[str, str] = {}
    faults = []
    for document in collection:
        advance(document.name)
        try:
            text = store.read(document.path).text
        except UnreadableDocumentError as error:
            reason = str(error).rstrip(".")
            faults.append(f"{document.name} cannot be read ({reason}): repair it or leave it out")
            continue
        words = " ".join(text.split())
        content = hashlib.sha256(words.encode()).hexdigest()
        known = samples.get(content)
        if not words:
            faults.append(f"{document.name} has no text: leave it out")
        elif known is None:
            samples[content] = Sample(document.label, _name_source(document), text)
            names[content] = document.name
        elif known.label != document.label:
            faults.append(
                f"{document.name} is labelled {document.label}, and {names[content]},"
                f" which says the same, {known.label}: only one can be right"
            )
    faults = faults or _find_small_classes(samples.values())
    if faults:
        raise OwnDocumentsError(folder, faults)
    return [samples[content] for content in sorted(samples)]


def _name_source(document: LabelledDocument) -> str:
    """What the manifest says that documents have in common: they are judged together, unseen."""
    named = (document.slices.get(column) for column in ("source", "source_repository"))
    return next((source for source in named if source), "own")


def _find_empty_classes(folder: Path) -> list[str]:
    if (folder / MANIFEST).is_file():
        return []
    inside = {each.path.relative_to(folder).parts[0] for each in read_collection(folder)}
    return [
        f"{path.name}: the folder of this class holds no document: add some or remove it"
        for path in sorted(folder.iterdir())
        if path.is_dir() and not path.name.startswith(".") and path.name not in inside
    ]


def _find_wrong_classes(collection: Iterable[LabelledDocument]) -> list[str]:
    faults = []
    for label in sorted({document.label for document in collection} - set(LABELS)):
        if not _NAME.fullmatch(label):
            faults.append(
                f"{label}: a class is named in small letters, digits and underscores;"
                f" those that are known are {', '.join(LABELS)}"
            )
        elif not (_RULE_SETS / f"{label}.toml").is_file():
            faults.append(
                f"{label}: documents of a class without rules could never be decided; write"
                f" lambdas/validate/rulesets/{label}.toml, or label them other to have them held;"
                f" there are rules for {', '.join(LABELS)}"
            )
    return faults


def _find_small_classes(samples: Iterable[Sample]) -> list[str]:
    counts = Counter(sample.label for sample in samples)
    return [
        f"{label}: {_count(number)}, at least {least} that differ are needed:"
        f" add some or leave the class out"
        for label, number in sorted(counts.items())
        if number < (least := LEAST if label in LABELS else LEAST_NEW)
    ]


def _count(number: int) -> str:
    return "1 document" if number == 1 else f"{number} documents"
