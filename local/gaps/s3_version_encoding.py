"""moto 5.2.5: ListObjectVersions ignores `encoding-type=url`.

The keys come back as they are, and a client that asked for encoded ones decodes them into other
keys, or not at all: Terraform's `force_destroy` stumbles over a key with a percent or plus sign.
"""

from __future__ import annotations

from urllib.parse import quote

from moto.s3.responses import S3Response

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped

_NAMES = ("Prefix", "Delimiter", "KeyMarker", "NextKeyMarker")


def close(context: GapContext) -> None:
    """Encode the names of a reply whose request asked for it."""
    del context

    def around(original: Untyped) -> Untyped:
        def list_object_versions(self: S3Response) -> Untyped:
            if "url" in self.querystring.get("encoding-type", []):
                serialize = self.serialized

                def serialize_encoded(answer: Untyped) -> Untyped:
                    _encode(answer.result)
                    return serialize(answer)

                self.serialized = serialize_encoded  # type: ignore[assignment,method-assign] # of one request
            return original(self)

        return list_object_versions

    seams.wrap(S3Response, "list_object_versions", around)


def _encode(result: Untyped) -> None:
    result["EncodingType"] = "url"
    for name in _NAMES:
        if result.get(name):
            result[name] = quote(result[name])
    for listed in (*result.get("Versions", ()), *result.get("DeleteMarkers", ())):
        listed["Key"] = quote(listed["Key"])
    for prefix in result.get("CommonPrefixes", ()):
        prefix["Prefix"] = quote(prefix["Prefix"])
