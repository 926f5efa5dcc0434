"""Taking in a handful of queue messages: every object ends registered, refused or waiting.

A message that cannot be handled now is reported back and comes again; one that never can be goes
to the dead letters with the reason. Nothing is registered twice, and nothing is dropped.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from aws_lambda_powertools import Logger
from botocore.exceptions import ClientError

from lambdas.intake.arrival import Arrival
from lambdas.intake.duplicates import find_original
from lambdas.intake.examination import ABSENT, Examined, Limits, examine
from lambdas.intake.launch import Launcher, derive_batch_id
from lambdas.intake.registry import BatchUndecidedError, Registry
from lambdas.shared import batches, documents, storage
from lambdas.shared.batches import Member, Members
from lambdas.shared.contracts import Document, Reason
from lambdas.shared.identity import document_id
from lambdas.shared.manifest import MAX_BYTES, read_manifest
from lambdas.shared.refusal import RefusedError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client

_DOWNLOADS = 8


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What taking in needs."""

    registry: Registry
    launcher: Launcher
    limits: Limits
    duplicate_window: timedelta
    idempotency_table: "Table"
    s3: "S3Client"
    clock: Callable[[], datetime]
    logger: Logger

    def take_in(self, arrivals: Sequence[Arrival]) -> list[Arrival]:
        """Takes in documents as one batch without a name; returns those to be tried again."""
        unique = {_id(arrival): arrival for arrival in arrivals}
        in_order = sorted(
            unique.values(), key=lambda each: (each.arrived_at, each.sequencer, each.key)
        )
        fresh = [each for each in in_order if not self.registry.is_done(_id(each))]
        batch_id = derive_batch_id(map(_id, fresh))
        return self._open(batch_id, fresh, manifest_version_id=None)

    def take_in_member(self, arrival: Arrival) -> bool:
        """Lets a named batch's document wait; False when its batch has started without it."""
        name = arrival.batch_name or ""
        if self.launcher.is_started(name):
            return False
        waiting = _unread(arrival, documents.AWAITING_MANIFEST)
        self.registry.await_manifest(waiting, now=self.clock())
        # The manifest may have come between the question and the registration.
        return not self.launcher.is_started(name)

    def take_in_manifest(self, arrival: Arrival) -> list[Arrival]:
        """Opens a named batch of what the manifest lists and what else lies beside it by now.

        Returns the documents that could not be looked at: then nothing was started.
        """
        name = arrival.batch_name or ""
        try:
            if self.launcher.is_started(name):
                return self._meet_again(arrival, name)
            listed = read_manifest(self._body(arrival))
            prefix = f"batches/{name}/"
            present = {found.key: found for found in self._list(arrival, prefix)}
            if not listed and not present:
                message = "The manifest lists no document, and none lies beside it."
                raise RefusedError("manifest_malformed", message)
        except RefusedError as error:
            self._refuse_manifest(arrival, error.reason)
            return []
        absent = [prefix + path for path in listed if prefix + path not in present]
        return self._open(
            name,
            list(present.values()),
            missing=[_missing(arrival, key) for key in absent],
            manifest_version_id=arrival.version_id,
        )

    def _meet_again(self, arrival: Arrival, name: str) -> list[Arrival]:
        pointer = batches.members_pointer(self.launcher.bucket, name)
        opened = storage.read_model(self.s3, pointer, Members)
        if opened.manifest_version_id != arrival.version_id:
            message = f"Batch {name} was started by an earlier manifest; give this one a new name."
            raise RefusedError("batch_already_started", message)
        return []

    def _body(self, arrival: Arrival) -> bytes:
        try:
            reply = self.s3.get_object(
                Bucket=arrival.bucket, Key=arrival.key, VersionId=arrival.version_id
            )
        except ClientError as error:
            if error.response["Error"]["Code"] not in ABSENT:
                raise
            message = "The manifest was deleted before it could be read."
            raise RefusedError("deleted", message) from error
        if reply["ContentLength"] > MAX_BYTES:
            message = f"The manifest has more than {MAX_BYTES / 1e6:.0f} MB."
            raise RefusedError("manifest_malformed", message)
        return reply["Body"].read()

    def _refuse_manifest(self, arrival: Arrival, reason: Reason) -> None:
        document = _unread(arrival, derive_batch_id([_id(arrival)]))
        self._launch(document.batch_id, [Examined(document, reason)], None)

    def _open(
        self,
        batch_id: str,
        arrivals: Sequence[Arrival],
        *,
        manifest_version_id: str | None,
        missing: Sequence[Arrival] = (),
    ) -> list[Arrival]:
        def look(arrival: Arrival) -> Examined:
            return examine(arrival, batch_id=batch_id, limits=self.limits, s3=self.s3)

        with ThreadPoolExecutor(_DOWNLOADS) as downloads:
            looks = [(arrival, downloads.submit(look, arrival)) for arrival in arrivals]
        failed = [arrival for arrival, future in looks if future.exception()]
        for arrival, future in looks:
            if fault := future.exception():
                self.logger.warning("cannot be looked at", key=arrival.key, error=repr(fault))
        if failed and manifest_version_id:
            return failed
        examined = [future.result() for _, future in looks if not future.exception()]
        absent = Reason(code="missing", message="The manifest names it, but it is not there.")
        examined += [Examined(_unread(arrival, batch_id), absent) for arrival in missing]
        undecided = self._launch(batch_id, examined, manifest_version_id)
        return failed + [arrival for arrival in arrivals if _id(arrival) in undecided]

    def _launch(
        self, batch_id: str, examined: Sequence[Examined], manifest_version_id: str | None
    ) -> set[str]:
        """Registers, refuses and starts; returns the ids that another invocation has in hand."""
        now = self.clock()
        entered, undecided = [], set()
        for each in examined:
            try:
                if self.registry.enter(each.document, now=now):
                    entered.append(each)
            except BatchUndecidedError:
                undecided.add(each.document.id)
        if not entered:
            return undecided
        items = []
        for each in entered:
            refusal = each.refusal or self._find_original(each.document, now=now)
            if refusal:
                self.registry.refuse(each.document, refusal, now=now)
            else:
                items.append(each.document)
        members = Members(
            batch_id=batch_id,
            opened_at=max(each.document.received_at for each in entered),
            manifest_version_id=manifest_version_id,
            members=tuple(Member(id=each.document.id, key=each.document.key) for each in entered),
        )
        self.launcher.start(members, items)
        return undecided

    def _find_original(self, document: Document, *, now: datetime) -> Reason | None:
        return find_original(
            document,
            window=self.duplicate_window,
            now=now,
            idempotency_table=self.idempotency_table,
            documents_table=self.registry.documents_table,
        )

    def _list(self, manifest: Arrival, prefix: str) -> Iterator[Arrival]:
        pages = self.s3.get_paginator("list_object_versions").paginate(
            Bucket=manifest.bucket, Prefix=prefix
        )
        for page in pages:
            for version in page.get("Versions", []):
                if version["IsLatest"] and not version["Key"].endswith(("/", "/manifest.json")):
                    yield Arrival(
                        bucket=manifest.bucket,
                        key=version["Key"],
                        version_id=version["VersionId"],
                        arrived_at=version["LastModified"],
                    )


def _id(arrival: Arrival) -> str:
    return document_id(arrival.bucket, arrival.key, arrival.version_id)


def _missing(manifest: Arrival, key: str) -> Arrival:
    return manifest.model_copy(update={"key": key, "version_id": "missing"})


def _unread(arrival: Arrival, batch_id: str) -> Document:
    """A document that was not looked into: not yet, or because it is not there."""
    return Document(
        id=_id(arrival),
        batch_id=batch_id,
        bucket=arrival.bucket,
        key=arrival.key,
        version_id=arrival.version_id,
        received_at=arrival.arrived_at,
        media_type="",
        size_bytes=0,
        pages=0,
        content_sha256="",
    )
