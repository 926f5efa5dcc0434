"""Named batches: the folder of one, and the manifest that says what belongs to it."""

import json
import re

from lambdas.shared.model import Frozen
from lambdas.shared.refusal import RefusedError

MAX_DOCUMENTS = 2000
"""What one invocation can look at; a larger batch is split into several."""
MAX_BYTES = 10_000_000
"""Several times what so many of the longest keys take: nothing larger is read into memory."""
_MEMBER_KEY = re.compile(r"batches/(?P<name>[A-Za-z0-9][A-Za-z0-9_-]{0,59})/(?P<path>.+)")


class MemberKey(Frozen):
    """A key in the folder of a named batch, and the path within it."""

    name: str
    path: str

    @property
    def is_manifest(self) -> bool:
        """Whether this is the manifest that starts the batch."""
        return self.path == "manifest.json"


def read_member_key(key: str) -> MemberKey | None:
    """What a key says of a named batch; None when it lies in the folder of none."""
    match = _MEMBER_KEY.fullmatch(key)
    return MemberKey(**match.groupdict()) if match else None


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
        if not isinstance(path, str) or not _is_path(path):
            raise _malformed(f"document {position} must be a path relative to the manifest")
    if len(set(documents)) < len(documents):
        twice = next(path for path in documents if documents.count(path) > 1)
        raise _malformed(f"it lists {twice!r} twice")
    if len(documents) > MAX_DOCUMENTS:
        raise _malformed(f"it lists {len(documents)} documents; at most {MAX_DOCUMENTS} may be")
    return tuple(documents)


def _is_path(path: str) -> bool:
    # JSON can spell half a character, which no key can hold.
    whole = path.encode(errors="ignore").decode() == path
    return whole and path != "" and not path.startswith("/") and not path.endswith("/")


def _malformed(fault: str) -> RefusedError:
    return RefusedError("manifest_malformed", f"The manifest cannot be used: {fault}.")
