"""From an open document to the blocks of each page."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Set
from dataclasses import dataclass

from local.textract.api.errors import BadDocumentError
from local.textract.blocks import Block, build_blocks
from local.textract.meaning.analysis import understand
from local.textract.pages.documents import Document, PictureReader
from local.textract.pages.ocr import OcrDiedError

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """One page's blocks, or none when the page cannot be read."""

    number: int
    blocks: list[Block] | None


def digest_document(data: bytes) -> str:
    """The name under which a document's block ids are derived."""
    return hashlib.sha256(data).hexdigest()


def read_pages(
    document: Document,
    digest: str,
    features: Set[str],
    reader: PictureReader,
    *,
    numbered: bool,
) -> Iterator[ReadPage]:
    """Each page in turn; raises OcrDiedError when the OCR process ends twice in one document."""
    retries = 1
    for index in range(document.page_count):
        try:
            page = document.read_page(index, reader)
        except OcrDiedError:
            if not retries:
                raise
            retries -= 1
            _LOG.warning("The OCR process died on page %s; reading it again", index + 1)
            page = document.read_page(index, reader)
        except BadDocumentError as error:
            _LOG.warning("Page %s: %s", index + 1, error.message)
            yield ReadPage(index + 1, None)
            continue
        content = understand(page, features)
        yield ReadPage(index + 1, build_blocks(page, content, digest, numbered=numbered))
