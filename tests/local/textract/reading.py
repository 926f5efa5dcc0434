"""One document read without a server."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from local.textract.meaning.analysis import FORMS, SIGNATURES, TABLES, understand
from local.textract.meaning.content import Content
from local.textract.pages.documents import MOST_BYTES_ASYNC, open_document
from local.textract.pages.page import Page
from local.textract.pages.pdf import Picture
from local.textract.reading import digest_document, read_pages

ALL = frozenset({FORMS, TABLES, SIGNATURES})


class NoReader:
    """For documents that must be read without OCR."""

    def read_picture(self, picture: Picture, number: int) -> Page:  # noqa: ARG002
        raise AssertionError(f"page {number} went to OCR")

    def read_image(self, data: bytes, frame: int, number: int) -> Page:  # noqa: ARG002
        raise AssertionError(f"page {number} went to OCR")


def read_page(data: bytes, index: int = 0) -> Page:
    with open_document(data, most_bytes=MOST_BYTES_ASYNC) as document:
        return document.read_page(index, NoReader())


def read_content(data: bytes, index: int = 0) -> Content:
    return understand(read_page(data, index), ALL)


def read_fields(data: bytes) -> dict[str, str]:
    """The page's fields by key."""
    return {field.key_text: field.value_text for field in read_content(data).fields}


def read_tables(data: bytes, index: int = 0) -> list[list[list[str]]]:
    """The page's tables as rows of texts."""
    return [
        [[cell.text for cell in table.row(row)] for row in range(1, table.row_count + 1)]
        for table in read_content(data, index).tables
    ]


def read_blocks(
    data: bytes, features: Set[str] = ALL, *, numbered: bool = True
) -> list[dict[str, Any]]:
    with open_document(data, most_bytes=MOST_BYTES_ASYNC) as document:
        return [
            block
            for page in read_pages(
                document, digest_document(data), features, NoReader(), numbered=numbered
            )
            for block in page.blocks or []
        ]
