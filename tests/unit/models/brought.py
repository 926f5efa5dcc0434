"""Documents that a customer brings: files that hold their own text, and a Textract for them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from models.corpus.training import Sample
from tests.unit.models.documents import FakeTextract


class EchoTextract(FakeTextract):
    """Reads what the file says; refuses what begins as a Word document does."""

    def detect_document_text(self, *, Document: dict[str, bytes]) -> dict[str, Any]:  # noqa: N803
        reply = super().detect_document_text(Document=Document)
        lines = Document["Bytes"].decode().splitlines()
        return {
            "Blocks": [
                {**reply["Blocks"][1], "Text": line, "Confidence": 99.0} for line in lines if line
            ]
        }


def write_documents(folder: Path, samples: Iterable[Sample], *, prefix: str = "") -> Path:
    """A file for each sample, in folders of their labels."""
    for number, sample in enumerate(samples):
        path = folder / sample.label / f"{prefix}{number}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(sample.text, encoding="utf-8")
    return folder
