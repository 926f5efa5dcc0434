"""The names in ErrorEquals are names that something raises."""

import re

import botocore.exceptions
import botocore.session
import pytest
from botocore import xform_name

from lambdas.shared import errors
from lambdas.shared.errors import PermanentError, TransientError
from tests.calls import SERVICES, list_calls
from tests.contracts.state_machines import State, find_function, read_states, read_tasks

PASSING = re.compile(
    "Throttl|TooManyRequests|Throughput|RequestLimit|InternalServer|ServiceException$"
)
LAMBDA = "arn:aws:states:::lambda:invoke"
DOCUMENTED = {
    "States.ALL": "any error",
    "States.TaskFailed": "any error of a Task but a timeout",
    "States.Timeout": "the state ran longer than its TimeoutSeconds",
    "States.ItemReaderFailed": "the Map could not read its items",
    "States.ResultWriterFailed": "the Map could not write its results",
    "Lambda.ServiceException": "Lambda answered 500",
    "Lambda.AWSLambdaException": "Lambda's own client error",
    "Lambda.SdkClientException": "the call to Lambda failed on its way",
    "Lambda.TooManyRequestsException": "too many invocations at once",
    "Lambda.ClientExecutionTimeoutException": "Lambda did not answer in time",
    "Lambda.Unknown": "the function ended without an answer, out of memory for example",
    "Sandbox.Timedout": "the function ran longer than its own timeout",
    "Runtime.ExitError": "the function's process ended",
    "StepFunctions.ExecutionAlreadyExistsException": "an execution has this name already",
}
"""Names that AWS raises by itself, and what each means; from the guides of Step Functions and
Lambda."""


def list_names(state: State) -> set[str]:
    return {
        name
        for rule in [*state.get("Retry", []), *state.get("Catch", [])]
        for name in rule["ErrorEquals"]
    }


def list_own(family: type[Exception]) -> set[str]:
    return {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, family) and value is not family
    }


def list_modelled() -> set[str]:
    """The exceptions that boto3 raises for the services that functions call."""
    session = botocore.session.get_session()
    return {
        shape.name
        for service in SERVICES
        for shape in session.get_service_model(service).error_shapes
    }


@pytest.mark.parametrize(
    "name", [name for name, state in read_states().items() if list_names(state)]
)
def test_a_state_names_errors_that_exist(name: str) -> None:
    known = {*DOCUMENTED, *list_own(Exception), *list_modelled(), *vars(botocore.exceptions)}

    assert list_names(read_states()[name]) - known == set()


def test_every_documented_name_is_used_or_forgotten_here() -> None:
    used = {name for state in read_states().values() for name in list_names(state)}

    assert set(DOCUMENTED) - used == set()


def list_retried(state: State) -> set[str]:
    return {name for rule in state["Retry"] if rule["MaxAttempts"] for name in rule["ErrorEquals"]}


@pytest.mark.parametrize("name", read_tasks(LAMBDA))
def test_no_permanent_error_is_tried_again(name: str) -> None:
    retried = list_retried(read_tasks()[name])

    assert retried.isdisjoint(list_own(PermanentError))
    assert not retried & {"States.ALL", "States.TaskFailed"}, "these match permanent errors, too"


def test_every_transient_error_is_tried_again_where_it_can_occur() -> None:
    retried = {name: list_retried(state) for name, state in read_tasks(LAMBDA).items()}
    somewhere = set().union(*retried.values())

    assert list_own(TransientError) <= somewhere
    for names in retried.values():
        assert "RecordContendedError" in names
    assert "OpenJobsExhaustedError" in retried["document-batch/ExtractText"]


@pytest.mark.parametrize("name", read_tasks(LAMBDA))
def test_a_killed_or_throttled_function_is_tried_again(name: str) -> None:
    needed = {known for known in DOCUMENTED if known.startswith(("Lambda.", "Runtime.", "Sandbox"))}
    needed |= {"ClientError", "ThrottlingException", "ProvisionedThroughputExceededException"}

    assert needed <= list_retried(read_tasks()[name])


def list_passing_faults(function: str) -> set[str]:
    """The errors that a function's calls model and that pass by themselves."""
    session = botocore.session.get_session()
    names = set()
    for call in list_calls(function):
        service, operation = call.operation.split(":")
        model = session.get_service_model(service)
        (name,) = [each for each in model.operation_names if xform_name(each) == operation]
        shapes = model.operation_model(name).error_shapes
        names |= {shape.name for shape in shapes if PASSING.search(shape.name)}
    return names


@pytest.mark.parametrize("name", read_tasks(LAMBDA))
def test_whatever_a_functions_calls_may_suffer_for_a_while_is_tried_again(name: str) -> None:
    state = read_tasks()[name]

    assert list_passing_faults(find_function(state)) - list_retried(state) == set()


def test_textracts_three_limits_are_waited_out_apart_from_failures() -> None:
    first, *rest = read_tasks()["document-batch/ExtractText"]["Retry"]
    limits = {
        "ProvisionedThroughputExceededException",
        "ThrottlingException",
        "LimitExceededException",
        "OpenJobsExhaustedError",
    }

    assert set(first["ErrorEquals"]) == limits
    assert all(limits.isdisjoint(rule["ErrorEquals"]) for rule in rest)
    assert all(first["MaxAttempts"] > rule["MaxAttempts"] for rule in rest)
