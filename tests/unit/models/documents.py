"""Small documents, and a Textract that reads them."""

import io
from typing import TYPE_CHECKING, Any, cast

import pypdfium2
from botocore.exceptions import ClientError
from PIL import Image

if TYPE_CHECKING:
    from mypy_boto3_textract import TextractClient

INVOICE = (
    "INVOICE\nInvoice number 4711\nBill to Northgate Foods Ltd\nSubtotal 100.00\n"
    "VAT 20% 20.00\nTotal due 120.00"
)


def make_pdf(pages: int) -> bytes:
    file = io.BytesIO()
    with pypdfium2.PdfDocument.new() as document:
        for _ in range(pages):
            document.new_page(200, 300)
        document.save(file)
    return file.getvalue()


def make_image(kind: str, frames: int = 1) -> bytes:
    file = io.BytesIO()
    first, *rest = (Image.new("L", (30, 40), shade) for shade in range(frames))
    first.save(file, kind, **({"save_all": True, "append_images": rest} if rest else {}))
    return file.getvalue()


class FakeTextract:
    """Reads one line a call and refuses what begins as a Word document does."""

    def __init__(self, line: str = INVOICE) -> None:
        self.line = line
        self.calls = 0

    def connect(self) -> "TextractClient":
        return cast("TextractClient", self)

    def detect_document_text(self, *, Document: dict[str, bytes]) -> dict[str, Any]:  # noqa: N803
        self.calls += 1
        if Document["Bytes"].startswith(b"PK"):
            raise ClientError(
                {"Error": {"Code": "UnsupportedDocumentException"}}, "DetectDocumentText"
            )
        block = {"BlockType": "LINE", "Text": self.line, "Confidence": 90.0 + self.calls}
        return {"Blocks": [{"BlockType": "PAGE"}, block]}
