import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from models.corpus.classes import KINDS, LABELS
from models.corpus.demo import write_demo
from models.corpus.demo.bad_input import PAGE_LIMIT, SIZE_LIMIT

Entries = list[dict[str, Any]]
EARLY = {
    "corrupt",
    "deleted",
    "duplicate",
    "empty",
    "encrypted",
    "manifest_malformed",
    "missing",
    "not_a_document",
    "too_large",
    "too_many_pages",
    "type_mismatch",
    "unsupported_type",
    "zero_pages",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration set, written once."""
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder, seed=20240101)
    return folder


@pytest.fixture(scope="module")
def entries(folder: Path) -> Entries:
    """What is expected of it."""
    entries: Entries = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return entries


def test_every_file_is_expected_and_every_expected_file_is_there(
    folder: Path, entries: Entries
) -> None:
    listed = {entry["file"] for entry in entries if entry["file"]}
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == listed | {"expected.json"}


def test_there_are_documents_of_every_class_as_pdf_and_as_scan(entries: Entries) -> None:
    for kind in ("pdf", "scan"):
        labels = {entry["class"] for entry in entries if entry["kind"] == kind}
        assert labels - {None} == set(LABELS)


def test_there_are_scans_in_every_format(entries: Entries) -> None:
    suffixes = {Path(entry["file"]).suffix for entry in entries if entry["kind"] == "scan"}
    assert suffixes == {".png", ".jpg", ".tif", ".pdf"}


def test_enough_documents_and_defects_are_there(entries: Entries) -> None:
    assert len([entry for entry in entries if entry["route"]]) >= 48
    planted = {reason for entry in entries for reason in entry["reasons"] if "." in reason}
    assert len(planted) >= 12
    assert {reason.split(".")[0] for reason in planted} == set(KINDS)


def test_every_early_decision_is_provoked(entries: Entries) -> None:
    rejected = {
        reason for entry in entries if entry["route"] == "reject" for reason in entry["reasons"]
    }
    assert rejected >= EARLY


def test_what_passes_has_no_reasons_and_what_does_not_has(entries: Entries) -> None:
    for entry in entries:
        if entry["route"] is not None:
            assert bool(entry["reasons"]) == (entry["route"] != "pass"), entry["key"]


def test_everything_says_why(entries: Entries) -> None:
    assert all(entry["why"].strip() for entry in entries)


def test_long_documents_have_their_pages(entries: Entries) -> None:
    pages = {entry["file"]: entry["pages"] for entry in entries}
    assert pages["contract-long.pdf"] == 12
    assert pages["bank_statement-long.pdf"] == 3
    assert pages["scan-bank_statement-long.pdf"] == 2
    assert pages["scan-7-contract.tif"] >= 2


def test_limits_are_exceeded(folder: Path, entries: Entries) -> None:
    pages = {entry["file"]: entry["pages"] for entry in entries}
    assert pages["too-many-pages.pdf"] == PAGE_LIMIT + 1
    assert (folder / "too-many-pages.pdf").stat().st_size < 100_000
    assert (folder / "too-large.pdf").stat().st_size > SIZE_LIMIT


def test_a_duplicate_comes_after_its_original_and_has_its_bytes(
    folder: Path, entries: Entries
) -> None:
    (copy,) = [entry for entry in entries if entry["reasons"] == ["duplicate"]]
    (original,) = [entry for entry in entries if entry["key"] == copy["after"]]
    assert entries.index(original) < entries.index(copy)
    assert (folder / original["file"]).read_bytes() == (folder / copy["file"]).read_bytes()


def test_nothing_but_the_duplicate_has_the_bytes_of_another(folder: Path, entries: Entries) -> None:
    digests = Counter(
        hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest()
        for entry in entries
        if entry["file"] and entry["reasons"] not in (["empty"], ["not_a_document"])
    )
    assert [count for count in digests.values() if count > 1] == [2]


def test_one_key_is_used_twice_with_different_bytes(folder: Path, entries: Entries) -> None:
    keys = Counter(entry["key"] for entry in entries if entry["key"])
    assert [key for key, count in keys.items() if count > 1] == ["inbox/statement.pdf"]
    first, second = [entry for entry in entries if entry["key"] == "inbox/statement.pdf"]
    assert (folder / first["file"]).read_bytes() != (folder / second["file"]).read_bytes()


def test_a_manifest_comes_after_its_documents_and_names_one_that_is_absent(
    folder: Path, entries: Entries
) -> None:
    (manifest,) = [
        entry for entry in entries if entry["action"] == "manifest" and not entry["route"]
    ]
    base = Path(manifest["key"]).parent.as_posix()
    listed = json.loads((folder / manifest["file"]).read_text())["documents"]
    members = [
        entry
        for entry in entries
        if entry["batch"] == manifest["batch"] and entry["action"] != "manifest"
    ]
    assert {entry["key"] for entry in members} == {f"{base}/{name}" for name in listed}
    assert [entry["action"] for entry in members].count("missing") == 1
    assert max(entries.index(entry) for entry in members) < entries.index(manifest)


def test_the_message_is_no_event_of_s3(entries: Entries) -> None:
    (message,) = [entry for entry in entries if entry["action"] == "message"]
    assert "detail" not in json.loads(message["body"])
    assert message["route"] is None
