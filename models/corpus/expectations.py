"""What each document of a set must become: the entries of expected.json."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from models.corpus.defects import Route

Action = Literal["upload", "upload_then_delete", "manifest", "missing", "message"]


@dataclass(frozen=True, slots=True)
class Expectation:
    """One document, or one other thing that reaches the intake, in the order of submission.

    `file` is relative to the set's folder, `key` what it is uploaded under. A manifest and a
    message have no route; a message is expected to end as a dead letter. `after` names a key whose
    document must have its decision first: two uploads at once have no first.
    """

    file: str | None
    key: str | None
    label: str | None
    route: Route | None
    reasons: tuple[str, ...]
    why: str
    kind: str
    pages: int
    batch: str | None = None
    action: Action = "upload"
    body: str | None = None
    after: str | None = None


def write_expectations(folder: Path, expectations: list[Expectation]) -> Path:
    """Write expected.json beside the documents."""
    entries = []
    for expectation in expectations:
        entry = asdict(expectation)
        entry["class"] = entry.pop("label")
        entries.append(entry)
    path = folder / "expected.json"
    text = json.dumps(entries, indent=2, ensure_ascii=False, sort_keys=True)
    path.write_text(f"{text}\n", encoding="utf-8")
    return path
