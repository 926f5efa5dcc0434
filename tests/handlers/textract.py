"""A Textract that does nothing until it is told: jobs end when a test ends them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError
from botocore.validate import ParamValidator

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


@dataclass
class Job:
    """One job, as it was asked for."""

    id: str
    request: dict[str, Any]
    status: str = "IN_PROGRESS"

    @property
    def document_id(self) -> str:
        return str(self.request["JobTag"])


class FakeTextract:
    """Keeps Textract's own service model, tokens and errors; writes results where it is told."""

    def __init__(self, s3: "S3Client") -> None:
        client = boto3.client("textract")
        self.exceptions = client.exceptions
        self.jobs: dict[str, Job] = {}
        self.refuse_with: list[str] = []
        self.gets = 0
        self._model = client.meta.service_model
        self._s3 = s3

    def start_document_analysis(self, **request: Any) -> dict[str, str]:
        self._check("StartDocumentAnalysis", request)
        if self.refuse_with:
            raise self._error(self.refuse_with.pop(0), "StartDocumentAnalysis")
        token = request["ClientRequestToken"]
        for job in self.jobs.values():
            if job.request["ClientRequestToken"] == token:
                if job.request != request:
                    raise self._error(
                        "IdempotentParameterMismatchException", "StartDocumentAnalysis"
                    )
                return {"JobId": job.id}
        job = Job(f"{len(self.jobs) + 1:064x}", request)
        self.jobs[job.id] = job
        return {"JobId": job.id}

    def get_document_analysis(self, **request: Any) -> dict[str, Any]:
        self._check("GetDocumentAnalysis", request)
        self.gets += 1
        if request["JobId"] not in self.jobs:
            raise self._error("InvalidJobIdException", "GetDocumentAnalysis")
        return {"JobStatus": self.jobs[request["JobId"]].status, "Blocks": []}

    def end(
        self,
        job: Job,
        status: str = "SUCCEEDED",
        *,
        parts: Sequence[Sequence[dict[str, Any]]] = ((),),
        unread_pages: Sequence[int] = (),
    ) -> dict[str, Any]:
        """Ends a job and writes its output, a part an object; returns the notice."""
        job.status = status
        output = job.request["OutputConfig"]
        prefix = f"{output['S3Prefix']}/{job.id}"
        self._write(output["S3Bucket"], f"{prefix}/.s3_access_check", b"")
        if status in {"SUCCEEDED", "PARTIAL_SUCCESS"}:
            warnings = [{"ErrorCode": "PAGE_FAILED", "Pages": list(unread_pages)}]
            for number, blocks in enumerate(parts, start=1):
                part: dict[str, Any] = {"JobStatus": status, "Blocks": list(blocks)}
                part["Warnings"] = warnings if unread_pages else None
                self._write(output["S3Bucket"], f"{prefix}/{number}", json.dumps(part).encode())
        location = job.request["DocumentLocation"]["S3Object"]
        return {
            "JobId": job.id,
            "Status": status,
            "API": "StartDocumentAnalysis",
            "JobTag": job.document_id,
            "Timestamp": 1741953600000,
            "DocumentLocation": {"S3ObjectName": location["Name"], "S3Bucket": location["Bucket"]},
        }

    def _write(self, bucket: str, key: str, body: bytes) -> None:
        self._s3.put_object(Bucket=bucket, Key=key, Body=body)

    def _check(self, operation: str, request: dict[str, Any]) -> None:
        shape = self._model.operation_model(operation).input_shape
        assert shape
        report = ParamValidator().validate(request, shape)
        assert not report.has_errors(), report.generate_report()

    def _error(self, code: str, operation: str) -> Exception:
        kind: type[ClientError] = getattr(self.exceptions, code)
        return kind({"Error": {"Code": code, "Message": "refused as the test asked"}}, operation)
