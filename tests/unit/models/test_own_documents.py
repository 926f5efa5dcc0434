"""A customer's documents as samples, and everything that keeps them from being trained on."""

import random
import re
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from models import own_documents
from models.corpus.training import Sample
from models.evaluation.collection import CollectionError, read_collection
from models.evaluation.texts import TextStore
from models.own_documents import OwnDocumentsError, read_own_documents, read_samples
from tests.unit.models.brought import EchoTextract, write_documents

LETTERS = [Sample("other", "own", f"Dear Sir or Madam\nletter {word}") for word in "abcd"]
INVOICES = [Sample("invoice", "own", f"INVOICE {word}\ntotal due") for word in "abcd"]


@pytest.fixture(autouse=True)
def textract(monkeypatch: pytest.MonkeyPatch) -> EchoTextract:
    """Stands for whichever Textract would be asked."""
    fake = EchoTextract()
    monkeypatch.setattr(own_documents, "open_textract", lambda **_named: nullcontext(fake.connect))
    return fake


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four letters and four invoices."""
    return write_documents(tmp_path / "documents", LETTERS + INVOICES)


def test_documents_become_samples_of_their_classes(folder: Path, tmp_path: Path) -> None:
    samples = read_own_documents(folder, texts=tmp_path / "texts")
    assert sorted(samples, key=lambda one: one.text) == sorted(
        LETTERS + INVOICES, key=lambda one: one.text
    )


def test_names_of_files_have_no_part_in_it(folder: Path, tmp_path: Path) -> None:
    shuffled = random.Random(1).sample(LETTERS + INVOICES, 8)
    renamed = write_documents(tmp_path / "renamed", shuffled, prefix="scan-")
    texts = tmp_path / "texts"
    assert read_own_documents(folder, texts=texts) == read_own_documents(renamed, texts=texts)


def test_what_is_there_twice_counts_once(folder: Path, tmp_path: Path) -> None:
    (folder / "other" / "again.png").write_text(LETTERS[0].text)
    (folder / "other" / "spaced.png").write_text(LETTERS[1].text.replace("\n", "\n \n"))
    assert len(read_own_documents(folder, texts=tmp_path / "texts")) == 8


def test_a_manifest_says_which_documents_are_of_one_source(folder: Path, tmp_path: Path) -> None:
    rows = [f"other/{number}.png,other,{'north' if number < 2 else ''}" for number in range(4)]
    (folder / "manifest.csv").write_text("\n".join(["file,label,source", *rows]))
    samples = read_own_documents(folder, texts=tmp_path / "texts")
    assert sorted(sample.source for sample in samples) == ["north", "north", "own", "own"]


def _repeat_as_another_class(folder: Path) -> None:
    (folder / "invoice" / "letter.png").write_text(LETTERS[0].text)


def _break_two(folder: Path) -> None:
    for name in ("1.png", "2.png"):
        (folder / "other" / name).write_bytes(b"PK a Word document")


def _leave_one(folder: Path) -> None:
    for path in sorted((folder / "other").iterdir())[1:]:
        path.unlink()


def _name_an_absent_file(folder: Path) -> None:
    (folder / "manifest.csv").write_text("file,label\nother/gone.png,other\n")


def _add_class(label: str) -> Callable[[Path], None]:
    def add(folder: Path) -> None:
        write_documents(folder, [Sample(label, "own", f"goods delivered {n}") for n in "abc"])

    return add


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (
            _repeat_as_another_class,
            ["other/0.png is labelled other, and invoice/letter.png, which says the same, invoice"],
        ),
        (
            _break_two,
            [
                "other/1.png cannot be read (page 1: UnsupportedDocumentException)",
                "other/2.png cannot be read (page 1: UnsupportedDocumentException)",
            ],
        ),
        (
            lambda folder: (folder / "other" / "1.png").write_text(" \n"),
            ["other/1.png has no text: leave it out"],
        ),
        (_leave_one, ["other: 1 document, at least 3 that differ are needed"]),
        (
            lambda folder: (folder / "receipt").mkdir(),
            ["receipt: the folder of this class holds no document"],
        ),
        (
            _add_class("delivery_note"),
            ["delivery_note: documents of a class without rules", "rulesets/delivery_note.toml"],
        ),
        (_add_class("Invoices 2024"), ["Invoices 2024: a class is named in small letters"]),
        (_name_an_absent_file, ["line 2: other/gone.png is not there"]),
    ],
)
def test_what_is_amiss_is_told_by_name(
    folder: Path, tmp_path: Path, spoil: Callable[[Path], None], told: list[str]
) -> None:
    spoil(folder)
    with pytest.raises(CollectionError) as caught:
        read_own_documents(folder, texts=tmp_path / "texts")
    assert all(line in str(caught.value) for line in told)


def test_a_class_that_is_not_generated_needs_rules_and_ten_documents(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_documents, "_RULE_SETS", tmp_path)
    (tmp_path / "delivery_note.toml").touch()
    notes = [Sample("delivery_note", "own", f"goods delivered {n}") for n in "abcdefghij"]
    write_documents(folder, notes[:9])
    with pytest.raises(OwnDocumentsError, match="delivery_note: 9 documents, at least 10"):
        read_own_documents(folder, texts=tmp_path / "texts")
    write_documents(folder, notes)
    assert len(read_own_documents(folder, texts=tmp_path / "texts")) == 18


def test_every_fault_is_told_at_once(folder: Path, tmp_path: Path) -> None:
    _break_two(folder)
    _repeat_as_another_class(folder)
    store = TextStore(tmp_path / "texts", EchoTextract().connect)
    with pytest.raises(OwnDocumentsError) as caught:
        read_samples(folder, read_collection(folder), store)
    assert len(re.findall(r"\.png (?:cannot|is labelled)", str(caught.value))) == 3
