"""Bad input: what intake must turn away, odd keys that it must not, and repetitions."""

from models.corpus import damage
from models.corpus.bank_statement import BANK_STATEMENT
from models.corpus.classes import KINDS
from models.corpus.demo.collection import Collection
from models.corpus.typesetting import render_pdf

PAGE_LIMIT, SIZE_LIMIT = 400, 20_000_000
"""The local environment's limits, which two of the documents exceed."""

_ODD_KEYS = (
    "inbox/invoice #12.pdf",
    "inbox/a+b=c.pdf",
    "inbox/100% final.pdf",
    "inbox/with  two spaces.pdf",
    "inbox/Rechnung für Müller \u2013 März.pdf",
    "inbox/請求書.pdf",
)


def add_bad_files(collection: Collection) -> None:
    """One file for each way in which a file is turned away before anybody reads it."""
    padded = render_pdf(KINDS["invoice"].make(collection.draw("padded")))
    word, text = damage.write_docx(), b"Buy milk.\n"
    many = damage.write_pages(PAGE_LIMIT + 1)
    large = damage.pad_pdf(padded, SIZE_LIMIT + 1_000_000)
    for file, body, reason, pages, why in (
        ("empty.pdf", b"", "empty", 0, "the file has no bytes"),
        ("corrupt.pdf", damage.write_corrupt(collection.seed), "corrupt", 0, "only noise"),
        ("encrypted.pdf", damage.write_encrypted(), "encrypted", 1, "it needs a password"),
        ("letter.pdf", word, "type_mismatch", 0, "a Word document that is named .pdf"),
        ("notes.txt", text, "unsupported_type", 0, "a text file is no document"),
        ("zero-pages.pdf", damage.write_pages(0), "zero_pages", 0, "a PDF without pages"),
        (
            "too-many-pages.pdf",
            many,
            "too_many_pages",
            PAGE_LIMIT + 1,
            f"one page more than the limit of {PAGE_LIMIT}",
        ),
        (
            "too-large.pdf",
            large,
            "too_large",
            1,
            f"a megabyte more than the limit of {SIZE_LIMIT // 1_000_000} MB",
        ),
    ):
        collection.add(
            file,
            body,
            route="reject",
            reasons=(reason,),
            why=why,
            kind="damaged",
            pages=pages,
        )
    collection.add(
        "folder-marker",
        b"",
        key="inbox/2024/",
        route="reject",
        reasons=("not_a_document",),
        why="a key that ends in a slash is a folder of the console",
        kind="damaged",
    )
    collection.add_pdf(
        "deleted.pdf",
        KINDS["receipt"].make(collection.draw("deleted")),
        route="reject",
        reasons=("deleted",),
        why="deleted before anything could read it",
        kind="damaged",
        action="upload_then_delete",
    )


def add_odd_keys(collection: Collection) -> None:
    """Complete documents under keys that careless code mangles."""
    for number, key in enumerate(_ODD_KEYS, start=1):
        document = KINDS["invoice"].make(collection.draw("odd key", number))
        why = f"a complete invoice under the key {key!r}"
        collection.add_pdf(f"odd-key-{number}.pdf", document, key=key, label="invoice", why=why)


def add_repetitions(collection: Collection) -> None:
    """The same bytes under two keys, and one key with two contents."""
    document = KINDS["invoice"].make(collection.draw("twice"))
    first = collection.add_pdf(
        "original.pdf", document, label="invoice", why="a complete invoice, sent twice"
    )
    collection.add_pdf(
        "copy-of-original.pdf",
        document,
        label="invoice",
        route="reject",
        reasons=("duplicate",),
        why="the same bytes as original.pdf under another key",
        after=first.key,
    )
    key = "inbox/statement.pdf"
    clean = BANK_STATEMENT.make(collection.draw("same key"))
    spoilt, defect = BANK_STATEMENT.spoil(collection.draw("same key"), "closing_off_by_100")
    why = "a complete bank statement, the key's first version"
    collection.add_pdf("same-key-1.pdf", clean, key=key, label="bank_statement", why=why)
    collection.add_pdf(
        "same-key-2.pdf",
        spoilt,
        key=key,
        label="bank_statement",
        route=defect.route,
        reasons=defect.reasons,
        why=f"the same key with other bytes: {defect.why}",
    )
