"""Uploading files to S3, several at a time; one that fails does not stop the others."""

import io
import mimetypes
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from cli.failures import explain
from cli.submission import Upload
from lambdas.shared.identity import document_id
from lambdas.shared.model import Frozen

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_AT_ONCE = 8


class Uploaded(Frozen):
    """What became of an upload: a document with an id, or an error."""

    file: str
    key: str
    version_id: str | None
    document_id: str | None
    warnings: tuple[str, ...]
    error: str | None


class Uploader:
    """Uploads to one bucket; tells how many bytes are through in all."""

    def __init__(
        self, s3: "S3Client", bucket: str, *, workspace: str, report: Callable[[int], None]
    ) -> None:
        self._s3 = s3
        self._bucket = bucket
        self._workspace = workspace
        self._report = report
        self._sent = 0
        self._lock = Lock()

    def upload_all(self, uploads: Sequence[Upload]) -> list[Uploaded]:
        """Uploads in no particular order and answers in the order given."""
        with ThreadPoolExecutor(_AT_ONCE) as workers:
            return list(workers.map(self.upload, uploads))

    def upload(self, upload: Upload) -> Uploaded:
        """Uploads one file."""
        version_id, error = None, None
        try:
            with self._opened(upload) as body:
                reply = self._s3.put_object(
                    Bucket=self._bucket,
                    Key=upload.key,
                    Body=body,
                    ContentType=mimetypes.guess_type(upload.key)[0] or "application/octet-stream",
                )
            version_id = reply.get("VersionId", "null")
        except (BotoCoreError, ClientError) as failure:
            error = explain(failure, workspace=self._workspace)
        except OSError as failure:
            error = f"The file cannot be read: {failure.strerror or failure}"
        id_ = document_id(self._bucket, upload.key, version_id) if version_id else None
        return Uploaded(
            file=str(upload.file),
            key=upload.key,
            version_id=version_id,
            document_id=id_,
            warnings=upload.warnings,
            error=error,
        )

    @contextmanager
    def _opened(self, upload: Upload) -> Iterator["_Meter"]:
        with upload.file.open("rb", buffering=0) as file:
            yield _Meter(file, self._note)

    def _note(self, more: int) -> None:
        with self._lock:
            self._sent += more
            self._report(self._sent)


class _Meter(io.BufferedReader):
    """A file that tells what is read of it; what is read again, for a checksum, counts once."""

    def __init__(self, file: io.FileIO, report: Callable[[int], None]) -> None:
        super().__init__(file)
        self._report = report
        self._furthest = 0

    def read(self, size: int | None = -1, /) -> bytes:
        chunk = super().read(size)
        if (position := self.tell()) > self._furthest:
            self._report(position - self._furthest)
            self._furthest = position
        return chunk
