"""What a document is called."""

import hashlib


def document_id(bucket: str, key: str, version_id: str) -> str:
    """The id of one version of one object: short enough for Textract's tags (64 characters)."""
    digest = hashlib.sha256("\0".join((bucket, key, version_id)).encode()).hexdigest()
    return f"doc-{digest[:32]}"
