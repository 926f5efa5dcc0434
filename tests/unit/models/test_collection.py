"""Folders of labelled documents, and their texts."""

from pathlib import Path

import pytest

from models.evaluation.collection import CollectionError, read_collection
from models.evaluation.pages import UnreadableDocumentError, split_pages
from models.evaluation.texts import TextStore
from tests.unit.models.documents import INVOICE, FakeTextract, make_image, make_pdf


def test_labels_are_the_names_of_the_folders(folder: Path) -> None:
    assert [(each.name, each.label) for each in read_collection(folder)] == [
        ("invoice/a.png", "invoice"),
        ("invoice/deep/b.PDF", "invoice"),
        ("other/c.png", "other"),
    ]


def test_a_manifest_has_the_last_word_and_names_slices(folder: Path) -> None:
    (folder / "manifest.csv").write_text(
        "file,label,language,note\ninvoice/a.png,receipt,de,x\nother/c.png,other,,\n"
    )
    first, second = read_collection(folder)
    assert (first.label, first.slices) == ("receipt", {"language": "de"})
    assert (second.label, second.slices) == ("other", {})


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ("path,label\na.png,form\n", "has no column file"),
        ("file,label\nabsent.png,form\n", r"line 2: absent\.png is not there"),
        ("file,label\ninvoice/a.png,\n", r"line 2: invoice/a\.png has no label"),
        ("file,label\n", "holds no labelled documents"),
    ],
)
def test_a_wrong_manifest_is_explained(folder: Path, manifest: str, message: str) -> None:
    (folder / "manifest.csv").write_text(manifest)
    with pytest.raises(CollectionError, match=message):
        read_collection(folder)


@pytest.mark.parametrize(
    ("content", "pages"),
    [(make_pdf(1), 1), (make_pdf(3), 3), (make_image("PNG"), 1), (make_image("TIFF", 4), 4)],
)
def test_documents_are_read_page_by_page(content: bytes, pages: int) -> None:
    found = list(split_pages(content))
    assert len(found) == pages
    assert all(len(list(split_pages(page))) == 1 for page in found)


@pytest.mark.parametrize("content", [b"%PDF-1.7 and no more", make_image("TIFF")[:-40]])
def test_a_damaged_document_is_unreadable(content: bytes) -> None:
    with pytest.raises(UnreadableDocumentError):
        list(split_pages(content))


def test_a_text_is_read_once(
    store: TextStore, textract: FakeTextract, folder: Path, tmp_path: Path
) -> None:
    path = folder / "invoice" / "deep" / "b.PDF"
    text = store.read(path)
    assert (text.pages, text.text, text.confidence) == (2, f"{INVOICE}\n{INVOICE}", 91.5)
    assert textract.calls == 2

    again = TextStore(tmp_path / "texts", textract.connect)
    assert again.read(path) == again.find(text.content_sha256) == text
    assert textract.calls == 2
