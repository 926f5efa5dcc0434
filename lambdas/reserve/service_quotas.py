"""Textract's quotas, asked of Service Quotas by their names."""

from typing import TYPE_CHECKING

from lambdas.shared.quota import Quota

if TYPE_CHECKING:
    from mypy_boto3_service_quotas import ServiceQuotasClient


def fetch_unless_given(
    client: "ServiceQuotasClient", *, given: Quota | None, share: float
) -> Quota:
    """The quota that the operator gives, whole; without one, a share of the account's."""
    return given or fetch(client, share=share)


def fetch(client: "ServiceQuotasClient", *, share: float) -> Quota:
    """The account's quota on StartDocumentAnalysis; `share` of it is this pipeline's to use.

    Raises LookupError naming the quota that Service Quotas does not list in this region; there
    the operator gives it.
    """
    values = {
        quota["QuotaName"]: quota["Value"]
        for page in client.get_paginator("list_service_quotas").paginate(ServiceCode="textract")
        for quota in page["Quotas"]
    }
    rate = _find(values, ("StartDocumentAnalysis", "per second"))
    # One quota for the jobs of all operations, or one for each: AWS has told both.
    jobs = _find(values, ("StartDocumentAnalysis", "concurrent"), ("asynchronous jobs",))
    return Quota(starts_per_second=rate * share, open_jobs=max(1, int(jobs * share)))


def _find(values: dict[str, float], *descriptions: tuple[str, ...]) -> float:
    """The value of the first quota whose name has every word of a description."""
    for words in descriptions:
        for name, value in values.items():
            if all(word.lower() in name.lower() for word in words):
                return value
    wanted = " or ".join(" and ".join(words) for words in descriptions)
    msg = (
        f"Service Quotas lists no Textract quota with {wanted} in its name;"
        " give the quota in the Terraform variable extraction.quota"
    )
    raise LookupError(msg)
