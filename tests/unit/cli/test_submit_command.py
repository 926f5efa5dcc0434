import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from cli.submission import plan_uploads
from cli.waiting import Patience, wait_for_decisions
from lambdas.shared import documents
from lambdas.shared.identity import document_id
from tests.samples import make_decision, make_document
from tests.tables import Tables
from tests.unit.cli.conftest import Run
from tests.unit.cli.stacks import Deployment


def write(directory: Path, name: str, body: bytes = b"%PDF-1.7") -> str:
    file = directory / name
    file.write_bytes(body)
    return str(file)


def keys(deployment: Deployment) -> set[str]:
    listed = deployment.s3.list_objects_v2(Bucket=deployment.stack.incoming_bucket)
    return {each["Key"] for each in listed.get("Contents", [])}


@contextmanager
def deciding(deployment: Deployment, route: str, *codes: str) -> Iterator[None]:
    """A pipeline that decides everything that it finds in the bucket."""
    done = threading.Event()
    bucket = deployment.stack.incoming_bucket

    def work() -> None:
        while not done.wait(0.05):
            versions = deployment.s3.list_object_versions(Bucket=bucket).get("Versions", [])
            for version in versions:
                document = make_document(
                    id=document_id(bucket, version["Key"], version["VersionId"]),
                    key=version["Key"],
                    received_at=version["LastModified"],
                )
                if documents.register(
                    deployment.tables.documents, document, state="registered", now=NOW
                ):
                    decision = make_decision(route, *codes)
                    documents.decide(deployment.tables.documents, document.id, decision, now=NOW)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        yield
    finally:
        done.set()
        worker.join()


NOW = make_document().received_at


def test_a_file_is_uploaded_under_its_name_and_told_its_id(
    deployment: Deployment, run: Run, tmp_path: Path
) -> None:
    file = write(tmp_path, "a b+c#d ü.pdf")

    (told,) = json.loads(run("submit", file, "--prefix", "new/", "--json").stdout)["documents"]
    page = run("submit", file, "--prefix", "new/").stdout

    bucket = deployment.stack.incoming_bucket
    assert keys(deployment) == {"new/a b+c#d ü.pdf"}
    assert told["key"] == "new/a b+c#d ü.pdf"
    assert told["document_id"] == document_id(bucket, told["key"], told["version_id"])
    stored = deployment.s3.get_object(Bucket=bucket, Key=told["key"], VersionId=told["version_id"])
    assert stored["Body"].read() == b"%PDF-1.7"
    assert stored["ContentType"] == "application/pdf"
    assert page.startswith("new/a b+c#d ü.pdf → doc-")


def test_keys_are_sanitised_only_when_asked(
    deployment: Deployment, run: Run, tmp_path: Path
) -> None:
    run("submit", write(tmp_path, "a b+c#ü.pdf"), "--sanitise")

    assert keys(deployment) == {"a-b-c-.pdf"}


def test_files_that_would_overwrite_each_other_are_refused(
    deployment: Deployment, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "sub").mkdir()
    result = run("submit", write(tmp_path, "a.pdf"), write(tmp_path / "sub", "a.pdf"))

    assert result.exit_code == 2
    assert "would both become 'a.pdf'" in result.stderr
    assert keys(deployment) == set()


@pytest.mark.parametrize(
    ("name", "size", "warning"),
    [
        ("empty.pdf", 0, "it is empty"),
        ("large.pdf", 1_000_001, "it has 1.0 MB and will be rejected"),
        ("letter.docx", 9, "not that of a PDF"),
    ],
)
def test_what_will_be_rejected_is_uploaded_with_a_warning(
    deployment: Deployment, run: Run, tmp_path: Path, *, name: str, size: int, warning: str
) -> None:
    result = run("submit", write(tmp_path, name, b"%" * size), "--json")

    (told,) = json.loads(result.stdout)["documents"]
    assert result.exit_code == 0
    assert warning in result.stderr
    assert warning in told["warnings"][0]
    assert keys(deployment) == {name}


def test_a_key_that_s3_cannot_take_is_refused(tmp_path: Path) -> None:
    file = Path(write(tmp_path, "a.pdf"))

    with pytest.raises(ValueError, match="S3 takes 1024"):
        plan_uploads([file], prefix="ü" * 511, max_bytes=10)


def test_a_file_that_cannot_be_read_stops_no_other(
    deployment: Deployment, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = write(tmp_path, "good.pdf"), write(tmp_path, "bad.pdf")
    opened = Path.open

    def open_unless_bad(path: Path, *arguments: str, **options: int) -> object:
        if path.name == "bad.pdf":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", open_unless_bad)
    result = run("submit", bad, good)

    assert result.exit_code == 3
    assert "Permission denied" in result.stdout
    assert keys(deployment) == {"good.pdf"}


def test_many_files_are_told_in_the_order_given(
    deployment: Deployment, run: Run, tmp_path: Path
) -> None:
    names = [f"{number:02}.pdf" for number in range(30)]
    files = [write(tmp_path, name, name.encode()) for name in names]

    told = json.loads(run("submit", *reversed(files), "--json").stdout)["documents"]

    assert [each["key"] for each in told] == names[::-1]
    assert len(keys(deployment)) == 30


def test_waiting_ends_when_every_document_is_decided(
    deployment: Deployment, run: Run, tmp_path: Path
) -> None:
    files = [write(tmp_path, "a.pdf"), write(tmp_path, "b.pdf")]

    with deciding(deployment, "hold", "low_confidence"):
        result = run("submit", *files, "--wait")
        told = json.loads(run("submit", *files, "--wait", "--json").stdout)

    assert result.exit_code == 0
    assert result.stdout.count("because of low_confidence") == 2
    assert [each["route"] for each in told["documents"]] == ["hold", "hold"]
    assert told["undecided"] == 0


def test_waiting_in_vain_exits_1(deployment: Deployment, run: Run, tmp_path: Path) -> None:
    result = run("submit", write(tmp_path, "a.pdf"), "--wait", "--timeout", "0")

    assert result.exit_code == 1
    assert "1 document not decided in time" in result.stdout
    assert keys(deployment) == {"a.pdf"}


def test_waiting_looks_less_and_less_often_until_its_time_is_up(tables: Tables) -> None:
    pauses: list[float] = []
    patience = Patience(
        limit=timedelta(minutes=10), elapsed=lambda: sum(pauses), sleep=pauses.append
    )

    decided = wait_for_decisions(
        ["doc-1"], documents_table=tables.documents, patience=patience, report=lambda _: None
    )

    assert decided == {}
    assert sum(pauses) == pytest.approx(600)
    assert pauses[0] == 0.5
    assert max(pauses) == 5
    assert len(pauses) < 140


def test_keys_of_named_batches_wait_for_a_manifest_and_say_so(
    deployment: Deployment, run: Run, tmp_path: Path
) -> None:
    result = run("submit", write(tmp_path, "a.pdf"), "--prefix", "batches/b/")

    assert "wait for NAME's manifest" in result.stderr
    assert keys(deployment) == {"batches/b/a.pdf"}
