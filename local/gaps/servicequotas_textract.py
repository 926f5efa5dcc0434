"""moto 5.2.5: Service Quotas knows the quotas of VPC only, and ListServiceQuotas not at all.

The names are those of the AWS General Reference, "Amazon Textract endpoints and quotas", which has
one quota an operation; the values are what the local Textract enforces. The codes are ours: find a
quota by its name.
"""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable
from typing import Any

from moto.servicequotas.models import ServiceQuotasBackend
from moto.servicequotas.responses import ServiceQuotasResponse

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped

# AWS's defaults for most regions, where no local Textract runs.
_DEFAULTS = {"start_rate_per_second": 2.0, "get_rate_per_second": 5.0, "open_jobs": 100.0}
_START = "Transactions per second per account for all start (asynchronous) operations"
_GET = "Transactions per second per account for all get (asynchronous) operations"
_JOBS = "Maximum number of asynchronous jobs per account that can simultaneously exist"
_QUOTAS = {
    "L-LOCAL001": (f"{_START}: StartDocumentAnalysis", "start_rate_per_second"),
    "L-LOCAL002": (f"{_START}: StartDocumentTextDetection", "start_rate_per_second"),
    "L-LOCAL003": (f"{_GET}: GetDocumentAnalysis", "get_rate_per_second"),
    "L-LOCAL004": (f"{_GET}: GetDocumentTextDetection", "get_rate_per_second"),
    "L-LOCAL005": (_JOBS, "open_jobs"),
}


def close(context: GapContext) -> None:
    """Answer with Textract's quotas."""

    def around_list(original: Untyped) -> Untyped:
        def list_defaults(backend: ServiceQuotasBackend, service_code: str) -> Untyped:
            if service_code != "textract":
                return original(backend, service_code)
            return _list_quotas(backend, _read_values(context.textract_url))

        return list_defaults

    def around_get(original: Untyped) -> Untyped:
        def get_service_quota(
            backend: ServiceQuotasBackend, service_code: str, quota_code: str
        ) -> Untyped:
            if service_code != "textract" or quota_code not in _QUOTAS:
                return original(backend, service_code, quota_code)
            quotas = backend.list_aws_default_service_quotas(service_code)
            return next(quota for quota in quotas if quota["QuotaCode"] == quota_code)

        return get_service_quota

    if hasattr(ServiceQuotasResponse, "list_service_quotas"):
        raise AttributeError("moto lists service quotas now: review this file")
    ServiceQuotasResponse.list_service_quotas = (  # type: ignore[attr-defined]
        ServiceQuotasResponse.list_aws_default_service_quotas
    )
    seams.wrap(ServiceQuotasBackend, "list_aws_default_service_quotas", around_list)
    seams.wrap(ServiceQuotasBackend, "get_service_quota", around_get)


def _list_quotas(backend: ServiceQuotasBackend, values: dict[str, float]) -> list[dict[str, Any]]:
    arn = f"arn:aws:servicequotas:{backend.region_name}:{backend.account_id}:textract"
    quotas = []
    for code, (name, source) in _QUOTAS.items():
        quota: dict[str, Any] = {
            "ServiceCode": "textract",
            "ServiceName": "Amazon Textract",
            "QuotaArn": f"{arn}/{code}",
            "QuotaCode": code,
            "QuotaName": name,
            "Value": float(values[source]),
            "Unit": "None",
            "Adjustable": True,
            "GlobalQuota": False,
        }
        if source != "open_jobs":
            quota["Period"] = {"PeriodValue": 1, "PeriodUnit": "SECOND"}
        quotas.append(quota)
    return quotas


def _read_values(textract_url: Callable[[], str | None]) -> dict[str, float]:
    url = textract_url()
    if url is None:
        return _DEFAULTS
    with urllib.request.urlopen(f"{url}/_local/quotas", timeout=5) as reply:
        return {**_DEFAULTS, **json.load(reply)}
