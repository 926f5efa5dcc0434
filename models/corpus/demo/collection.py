"""Collects the documents of a set: writes each file and notes what it must become."""

import hashlib
from pathlib import Path
from random import Random
from typing import TypedDict, Unpack

from models.corpus.content import Document
from models.corpus.damage import count_pages
from models.corpus.defects import Route
from models.corpus.expectations import Action, Expectation
from models.corpus.scanning import ScanFormat, Scanner, scan_pdf
from models.corpus.typesetting import render_pdf

_SUFFIXES: dict[ScanFormat, str] = {"png": "png", "jpeg": "jpg", "tiff": "tif", "pdf": "pdf"}


class Facts(TypedDict, total=False):
    """What is to be said of a document beside its file; what is not said has a usual value."""

    key: str
    label: str
    route: Route | None
    reasons: tuple[str, ...]
    why: str
    kind: str
    pages: int
    batch: str
    action: Action
    after: str | None


class Collection:
    """The documents of one set, in order of submission."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.seed = folder, seed
        self.expectations: list[Expectation] = []
        folder.mkdir(parents=True, exist_ok=True)

    def draw(self, *names: object) -> Random:
        """Randomness of its own for each document, so that none depends on its neighbours."""
        return Random(":".join(str(name) for name in (self.seed, *names)))

    def add(self, file: str, body: bytes, **facts: Unpack[Facts]) -> Expectation:
        """Write a file; it is uploaded to the inbox under its own name and passes, unless said."""
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        expectation = Expectation(
            file=file,
            key=facts.get("key", f"inbox/{file}"),
            label=facts.get("label"),
            route=facts.get("route", "pass"),
            reasons=facts.get("reasons", ()),
            why=facts["why"],
            kind=facts.get("kind", "pdf"),
            pages=facts.get("pages", 0),
            batch=facts.get("batch"),
            action=facts.get("action", "upload"),
            after=facts.get("after"),
        )
        self.expectations.append(expectation)
        return expectation

    def add_pdf(self, file: str, document: Document, **facts: Unpack[Facts]) -> Expectation:
        """Write a document as a PDF with a text layer."""
        body = render_pdf(document)
        facts["pages"] = count_pages(body)
        return self.add(file, body, **facts)

    def add_scan(
        self,
        stem: str,
        document: Document,
        form: ScanFormat,
        skew: float,
        **facts: Unpack[Facts],
    ) -> Expectation:
        """Write a document as a scan of good quality: 200 dpi, little noise, a tilt in degrees."""
        pdf = render_pdf(document)
        scanner = Scanner(dpi=200, skew=skew, noise=3.0, jpeg=85)
        seed = int.from_bytes(hashlib.sha256(pdf).digest()[:4])
        facts["pages"] = count_pages(pdf)
        facts["kind"] = "scan"
        body = scan_pdf(pdf, scanner, form, seed=seed)
        return self.add(f"{stem}.{_SUFFIXES[form]}", body, **facts)
