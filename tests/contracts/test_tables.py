"""The tables that tests make are the tables that Terraform makes, with the keys the code uses."""

import json

import pytest

from lambdas.shared.audit import AuditRecord
from lambdas.shared.documents import DocumentRecord
from tests.contracts.hcl import ROOT, read_folder, read_locals
from tests.tables import SCHEMAS, describe_table

TABLES = json.loads(SCHEMAS.read_text())


def test_terraform_reads_the_same_file() -> None:
    module = read_folder(ROOT / "modules" / "audit")

    assert SCHEMAS.parent == ROOT / "modules" / "audit"
    assert 'jsondecode(file("${path.module}/tables.json"))' in read_locals(module)["described"]
    assert "in local.described : name => table" in read_locals(module)["tables"]
    (table,) = module.of_kind("resource", "aws_dynamodb_table")
    assert table.attributes["for_each"] == "local.tables"
    assert table.attributes["hash_key"] == "each.value.hash_key"
    assert table.attributes["range_key"] == "each.value.range_key"
    (index,) = [block for block in table.blocks if block.labels == ("global_secondary_index",)]
    (content,) = index.of_kind("content")
    assert content.attributes["projection_type"] == '"ALL"'


@pytest.mark.parametrize("name", TABLES)
def test_attributes_are_those_of_the_keys(name: str) -> None:
    described = describe_table(TABLES[name])
    keys = described["KeySchema"] + [
        key for index in described.get("GlobalSecondaryIndexes", []) for key in index["KeySchema"]
    ]

    assert {key["AttributeName"] for key in keys} == set(TABLES[name]["attributes"])


def test_keys_are_fields_of_what_is_stored() -> None:
    assert set(TABLES["documents"]["attributes"]) <= set(DocumentRecord.model_fields)
    assert set(TABLES["audit"]["attributes"]) <= set(AuditRecord.model_fields)
