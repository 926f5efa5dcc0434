"""What the code calls is what the roles grant: no less, and no more."""

import pytest

from tests.calls import Call, list_calls
from tests.contracts.grants import Grant, list_functions, read_grants

TABLES = {
    "lambdas.shared.documents": "documents",
    "lambdas.shared.audit": "audit",
    "lambdas.shared.job_leases": "limits",
    "lambdas.shared.quota": "limits",
    "lambdas.shared.rate_limit": "limits",
    "lambdas.intake.duplicates": "idempotency",
}
"""Each table has modules of its own that talk to it."""

ACTIONS = {
    "s3:head_object": "s3:GetObject",
    "s3:list_objects_v2": "s3:ListBucket",
    "s3:list_object_versions": "s3:ListBucketVersions",
}
"""Where an action's name is not the operation's."""

PREFIXES = {"stepfunctions": "states", "service-quotas": "servicequotas"}

CONSUMER = {
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:ReceiveMessage",
}
"""Lambda's poller reads a function's queue in the function's role."""

BEYOND_CALLS = {
    "intake": {*CONSUMER, "s3:ListBucket"},
    "extraction_completed": CONSUMER,
    # Textract reads the document and writes its output in the role of whoever starts the job.
    "extract": {"iam:PassRole", "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"},
    # With ListBucket an absent object is a 404, an ObjectMissingError; without, a 403.
    "classify": {"s3:ListBucket"},
    "validate": {"s3:ListBucket"},
    "route": {"s3:ListBucket"},
    "summarise": {"s3:ListBucket"},
}
"""What a role needs although no line of the function calls it."""

READERS = ["intake", "extraction_completed", "sweep", "classify", "validate", "route", "summarise"]


def name_actions(call: Call) -> set[tuple[str, str | None]]:
    """The actions that a call needs, each with its table, which the calling module tells."""
    service, operation = call.operation.split(":")
    plain = "".join(word.title() for word in operation.split("_"))
    action = ACTIONS.get(call.operation, f"{PREFIXES.get(service, service)}:{plain}")
    needed = {(action, TABLES[call.module] if service == "dynamodb" else None)}
    if "VersionId" in call.keywords:
        needed.add((f"{action}Version", None))
    return needed


def need(function: str) -> set[tuple[str, str | None]]:
    return {action for call in list_calls(function) for action in name_actions(call)}


def name_grant(grant: Grant) -> tuple[str, str | None]:
    return grant.action, grant.on if grant.action.startswith("dynamodb:") else None


def grant(function: str) -> set[tuple[str, str | None]]:
    return {name_grant(each) for each in read_grants(function)}


FUNCTIONS = sorted(list_functions())


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_call_is_granted(function: str) -> None:
    assert need(function) - grant(function) == set()


@pytest.mark.parametrize("function", FUNCTIONS)
def test_nothing_is_granted_that_is_not_needed(function: str) -> None:
    beyond = {(action, None) for action in BEYOND_CALLS.get(function, set())}

    assert grant(function) - need(function) - beyond == set()


@pytest.mark.parametrize("function", FUNCTIONS)
def test_whatever_is_needed_beyond_calls_is_granted(function: str) -> None:
    beyond = {(action, None) for action in BEYOND_CALLS.get(function, set())}

    assert beyond - grant(function) == set()


@pytest.mark.parametrize("function", READERS)
def test_who_reads_objects_can_tell_absent_from_forbidden(function: str) -> None:
    assert ("s3:ListBucket", None) in grant(function)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_nobody_may_change_or_delete_an_audit_record(function: str) -> None:
    on_audit = {each.action for each in read_grants(function) if each.on == "audit"}

    assert on_audit <= {"dynamodb:PutItem", "dynamodb:Query"}


def test_every_table_is_talked_to_by_modules_of_its_own_only() -> None:
    calls = {call for function in FUNCTIONS for call in list_calls(function)}
    modules = {call.module for call in calls if call.operation.startswith("dynamodb:")}

    assert modules == set(TABLES)


def test_calls_are_found_behind_methods_paginators_and_libraries() -> None:
    """The reader of calls is not blind: one of each kind that it must follow."""
    found = {call.operation for call in list_calls("intake") | list_calls("sweep")}

    assert {"stepfunctions:start_execution", "s3:list_object_versions"} <= found
    assert {"s3:list_objects_v2", "textract:get_document_analysis"} <= found
