"""A named batch's manifest: which documents belong to it."""

import json

from lambdas.intake.content import RefusedError

MAX_DOCUMENTS = 2000
"""What one invocation can look at; a larger batch is split into several."""


def read_manifest(body: bytes) -> tuple[str, ...]:
    """The listed paths, relative to the manifest; raises RefusedError saying what is wrong.

    The form is {"documents": ["invoice 1.pdf", "scans/receipt.png"]}.
    """
    try:
        manifest = json.loads(body)
    except ValueError as error:
        raise _malformed(f"it is not JSON: {error}") from error
    documents = manifest.get("documents") if isinstance(manifest, dict) else None
    if not isinstance(documents, list):
        raise _malformed('it must be an object with a list "documents"')
    for position, path in enumerate(documents, start=1):
        if not isinstance(path, str) or not path or path.startswith("/") or path.endswith("/"):
            raise _malformed(f"document {position} must be a path relative to the manifest")
    if len(set(documents)) < len(documents):
        twice = next(path for path in documents if documents.count(path) > 1)
        raise _malformed(f"it lists {twice!r} twice")
    if len(documents) > MAX_DOCUMENTS:
        raise _malformed(f"it lists {len(documents)} documents; at most {MAX_DOCUMENTS} may be")
    return tuple(documents)


def _malformed(fault: str) -> RefusedError:
    return RefusedError("manifest_malformed", f"The manifest cannot be used: {fault}.")
