"""The documents' texts as Textract reads them, kept by the content's digest.

They quote the documents: the folder deserves the care that the documents themselves do.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from lambdas.shared.model import Frozen
from models.evaluation.pages import UnreadableDocumentError, split_pages

if TYPE_CHECKING:
    from mypy_boto3_textract import TextractClient

_REFUSALS = {
    "BadDocumentException",
    "DocumentTooLargeException",
    "InvalidParameterException",
    "UnsupportedDocumentException",
}
"""What Textract says of a document that it will never read."""


class Text(Frozen):
    """A document's lines in reading order; confidence is the mean over the lines, 0 to 100."""

    content_sha256: str
    text: str
    pages: int
    confidence: float


class TextStore:
    """Texts in a folder, read by Textract when they are not there yet."""

    def __init__(self, folder: Path, connect: Callable[[], "TextractClient"]) -> None:
        """`connect` is called when there is something to read, and once only."""
        self._folder = folder
        self._connect = connect
        self._client: TextractClient | None = None

    def read(self, path: Path) -> Text:
        """The document's text; raises UnreadableDocumentError with the reason."""
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if kept := self.find(digest):
            return kept
        text = self._ask(content, digest)
        self.keep(text)
        return text

    def keep(self, text: Text) -> None:
        """Keep a text by its content's digest."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._place(text.content_sha256).write_text(text.model_dump_json(), encoding="utf-8")

    def find(self, digest: str) -> Text | None:
        """The text of the content with this SHA-256, if it was read before."""
        place = self._place(digest)
        return Text.model_validate_json(place.read_bytes()) if place.is_file() else None

    def _place(self, digest: str) -> Path:
        return self._folder / f"{digest}.json"

    def _ask(self, content: bytes, digest: str) -> Text:
        self._client = self._client or self._connect()
        lines, confidences, pages = [], [], 0
        for page in split_pages(content):
            pages += 1
            try:
                reply = self._client.detect_document_text(Document={"Bytes": page})
            except ClientError as error:
                code = error.response.get("Error", {}).get("Code", "")
                if code not in _REFUSALS:
                    raise
                raise UnreadableDocumentError(f"page {pages}: {code}") from error
            for block in reply["Blocks"]:
                if block["BlockType"] == "LINE":
                    lines.append(block["Text"])
                    confidences.append(block["Confidence"])
        return Text(
            content_sha256=digest,
            text="\n".join(lines),
            pages=pages,
            confidence=round(sum(confidences) / max(1, len(confidences)), 2),
        )
