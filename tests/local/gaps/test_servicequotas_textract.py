"""Service Quotas answers with what the local Textract enforces."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from tests.local.gaps.servers import Server, assert_gap


def list_quotas(server: Server) -> list[dict[str, Any]]:
    pages = server.client("service-quotas").get_paginator("list_service_quotas")
    return [quota for page in pages.paginate(ServiceCode="textract") for quota in page["Quotas"]]


def test_moto_knows_no_quota_of_textract(plain: Server) -> None:
    try:
        found = list_quotas(plain)
    except ClientError:
        found = []
    assert_gap(found == [], "servicequotas_textract")


def test_the_quotas_are_what_textract_enforces(closed: Server) -> None:
    values = {quota["QuotaName"]: quota["Value"] for quota in list_quotas(closed)}
    rate = "Transactions per second per account for all {} (asynchronous) operations: {}"
    jobs = "Maximum number of asynchronous jobs per account that can simultaneously exist"
    assert values[rate.format("start", "StartDocumentAnalysis")] == 3.5
    assert values[rate.format("get", "GetDocumentAnalysis")] == 4.5
    assert values[jobs] == 7


def test_one_quota_can_be_asked_for_by_its_code(closed: Server) -> None:
    quotas = closed.client("service-quotas")
    for quota in list_quotas(closed):
        found = quotas.get_service_quota(ServiceCode="textract", QuotaCode=quota["QuotaCode"])
        assert found["Quota"] == quota
