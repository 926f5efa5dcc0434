import json

import pytest

from lambdas.shared.manifest import MAX_DOCUMENTS, read_manifest
from lambdas.shared.refusal import RefusedError


def test_a_manifest_lists_paths_beside_it() -> None:
    paths = ["invoice 1.pdf", "scans/réçu #2+3 100%.png"]

    assert read_manifest(json.dumps({"documents": paths}).encode()) == tuple(paths)


def test_a_manifest_may_say_more_than_is_read() -> None:
    body = json.dumps({"documents": ["a.pdf"], "comment": "March"}).encode()

    assert read_manifest(body) == ("a.pdf",)


def test_an_empty_list_is_a_manifest() -> None:
    assert read_manifest(b'{"documents": []}') == ()


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "not JSON"),
        (b"documents: a.pdf", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b'["a.pdf"]', 'a list "documents"'),
        (b'{"files": ["a.pdf"]}', 'a list "documents"'),
        (b'{"documents": "a.pdf"}', 'a list "documents"'),
        (b'{"documents": ["a.pdf", 7]}', "document 2 must be a path"),
        (b'{"documents": [""]}', "document 1 must be a path"),
        (b'{"documents": ["/etc/a.pdf"]}', "document 1 must be a path"),
        (b'{"documents": ["folder/"]}', "document 1 must be a path"),
        (b'{"documents": ["a.pdf", "half \\ud83d character.pdf"]}', "document 2 must be a path"),
        (b'{"documents": ["a.pdf", "b.pdf", "a.pdf"]}', "'a.pdf' twice"),
        (json.dumps({"documents": [f"{n}.pdf" for n in range(2001)]}).encode(), "at most 2000"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_refused_saying_why(body: bytes, says: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read_manifest(body)

    assert refused.value.reason.code == "manifest_malformed"
    assert says in refused.value.reason.message


def test_the_limit_on_documents_is_what_one_invocation_looks_at() -> None:
    paths = [f"{number}.pdf" for number in range(MAX_DOCUMENTS)]

    assert len(read_manifest(json.dumps({"documents": paths}).encode())) == MAX_DOCUMENTS
