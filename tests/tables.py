"""The tables of the pipeline, made from the file that Terraform makes them from."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBServiceResource
    from mypy_boto3_dynamodb.service_resource import Table

SCHEMAS = Path(__file__).parents[1] / "terraform" / "modules" / "audit" / "tables.json"
_KNOWN = {"hash_key", "range_key", "attributes", "indexes", "ttl_attribute"}


@dataclass(frozen=True)
class Tables:
    """Every table."""

    documents: "Table"
    audit: "Table"
    limits: "Table"
    idempotency: "Table"


def create_tables(dynamodb: "DynamoDBServiceResource", prefix: str = "intray-test") -> Tables:
    """Creates every table under its name in Terraform."""
    made = {}
    for name, schema in json.loads(SCHEMAS.read_text()).items():
        unknown = schema.keys() - _KNOWN
        assert not unknown, f"teach this file what {unknown} of table {name} means"
        made[name] = dynamodb.create_table(
            TableName=f"{prefix}-{name}", **describe_table(schema), BillingMode="PAY_PER_REQUEST"
        )
        if ttl := schema.get("ttl_attribute"):
            dynamodb.meta.client.update_time_to_live(
                TableName=f"{prefix}-{name}",
                TimeToLiveSpecification={"Enabled": True, "AttributeName": ttl},
            )
    return Tables(**made)


def describe_table(schema: dict[str, Any]) -> dict[str, Any]:
    """CreateTable's arguments for one schema; DynamoDB refuses attributes that no key uses."""
    arguments: dict[str, Any] = {
        "KeySchema": _keys(schema),
        "AttributeDefinitions": [
            {"AttributeName": name, "AttributeType": kind}
            for name, kind in schema["attributes"].items()
        ],
    }
    if indexes := schema.get("indexes"):
        arguments["GlobalSecondaryIndexes"] = [
            {
                "IndexName": name,
                "KeySchema": _keys(index),
                "Projection": {"ProjectionType": "ALL"},
            }
            for name, index in indexes.items()
        ]
    return arguments


def _keys(schema: dict[str, Any]) -> list[dict[str, str]]:
    keys = [{"AttributeName": schema["hash_key"], "KeyType": "HASH"}]
    if range_key := schema.get("range_key"):
        keys.append({"AttributeName": range_key, "KeyType": "RANGE"})
    return keys
