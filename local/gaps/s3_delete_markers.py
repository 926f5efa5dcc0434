"""moto 5.2.5: emptying a bucket whose versioning is suspended fails at the first delete marker.

The versions of a key are disposed of together, and `FakeDeleteMarker` has no `dispose`: this is how
Terraform's `force_destroy` ends in an internal error.
"""

from __future__ import annotations

from moto.s3.models import FakeDeleteMarker

from local.context import GapContext


def close(context: GapContext) -> None:
    """Give the marker, which holds no bytes, nothing to dispose of."""
    del context

    def dispose(marker: FakeDeleteMarker, garbage: bool = False) -> None:
        del marker, garbage

    if hasattr(FakeDeleteMarker, "dispose"):
        raise AttributeError("moto's delete markers can be disposed of: delete this file")
    FakeDeleteMarker.dispose = dispose  # type: ignore[attr-defined]
