"""The form of the state machines: what every state must have, and what it adds up to."""

import math
import re
from typing import Any

import pytest

from tests.contracts.functions import LAMBDAS
from tests.contracts.hcl import ROOT, read_folder, read_locals, read_object
from tests.contracts.state_machines import (
    FOLDER,
    State,
    find_function,
    read_child,
    read_machines,
    read_states,
    read_tasks,
    walk,
)

LAMBDA = "arn:aws:states:::lambda:invoke"
TOKEN = f"{LAMBDA}.waitForTaskToken"
MOST_TRANSITIONS = 10
DATA_FLOW_OF_JSONATA = {"Assign", "ItemBatcher", "Arguments", "Output", "Items", "Condition"}

tasks = pytest.mark.parametrize("name", read_tasks())
machines = pytest.mark.parametrize("machine", read_machines())


@machines
def test_a_machine_says_what_it_is_and_that_it_speaks_json_path(machine: str) -> None:
    definition = read_machines()[machine]

    assert definition["QueryLanguage"] == "JSONPath"
    assert definition["Comment"]


@machines
def test_nothing_of_jsonata_and_no_batcher_is_used(machine: str) -> None:
    found = list(walk(read_machines()[machine]))

    assert DATA_FLOW_OF_JSONATA.isdisjoint(key for key, _ in found)
    assert [value for key, value in found if key == "QueryLanguage"] == ["JSONPath"]
    assert not [text for _, text in found if isinstance(text, str) and text.startswith("{%")]


@pytest.mark.parametrize("name", read_states())
def test_a_state_is_named_in_pascal_case(name: str) -> None:
    assert re.fullmatch(r"([A-Z][a-z]+)+", name.partition("/")[2])


@tasks
def test_a_task_has_an_end_a_retry_and_a_way_out(name: str) -> None:
    task = read_tasks()[name]

    assert task["TimeoutSeconds"] > 0
    assert task["Catch"]
    assert any(retry["MaxAttempts"] > 0 for retry in task["Retry"])
    assert "ResultPath" in task


@tasks
def test_every_retry_is_spread_and_capped(name: str) -> None:
    for retry in read_tasks()[name]["Retry"]:
        if retry["MaxAttempts"]:
            assert retry["JitterStrategy"] == "FULL"
            assert retry["MaxDelaySeconds"] >= retry["IntervalSeconds"] > 0
            assert retry["BackoffRate"] > 1


def compute_worst_seconds(task: State, *, failed_try: float) -> float:
    """All tries and all waits, each as long as it can be: full jitter waits at most the delay.

    Every try but the last fails after at most `failed_try` seconds; the last lasts the timeout.
    """
    failures, waits = 0, 0.0
    for retry in task["Retry"]:
        failures += retry["MaxAttempts"]
        for attempt in range(retry["MaxAttempts"]):
            delay = retry["IntervalSeconds"] * retry["BackoffRate"] ** attempt
            waits += min(delay, retry["MaxDelaySeconds"])
    return failures * failed_try + waits + float(task["TimeoutSeconds"])


@tasks
def test_the_worst_case_that_a_comment_states_is_what_its_retries_add_up_to(name: str) -> None:
    """In whole minutes, rounded up.

    A state that waits for a token fails early when its function does, so that a failed try lasts
    as long as the function may; any other state's try may last its timeout.
    """
    task = read_tasks()[name]
    waits = task["Resource"] == TOKEN
    failed_try = read_function_timeout(find_function(task)) if waits else task["TimeoutSeconds"]
    minutes = math.ceil(compute_worst_seconds(task, failed_try=failed_try) / 60)

    stated = re.search(r"Worst case with every retry: (\d+) min\.", task["Comment"])
    assert stated, "the comment states no worst case"
    assert int(stated[1]) == minutes


def read_function_timeout(function: str) -> float:
    (module,) = read_folder().of_kind("module", function)
    return float(module.attributes["timeout_seconds"])


@pytest.mark.parametrize("name", read_tasks(LAMBDA))
def test_a_task_outlasts_its_function(name: str) -> None:
    """Else the state gives up on a function that is still at work."""
    task = read_tasks()[name]
    (module,) = read_folder().of_kind("module", find_function(task))
    timeout = module.attributes["timeout_seconds"]

    most = int(timeout) if timeout.isdigit() else read_most(timeout)
    assert task["TimeoutSeconds"] >= most


def read_most(expression: str) -> int:
    """The highest value that a variable has in any environment, or by default."""
    variable, name = expression.removeprefix("var.").split(".")
    pattern = re.compile(rf"\b{name}\s*=\s*(?:optional\(number,\s*)?(\d+)")
    (declared,) = read_folder().of_kind("variable", variable)
    texts = [path.read_text() for path in (ROOT / "environments").glob("*.tfvars")]
    values = [
        int(value)
        for text in [declared.attributes["type"], *texts]
        for value in pattern.findall(text)
    ]
    assert values, f"nothing sets {expression}"
    return max(values)


@pytest.mark.parametrize("name", read_tasks(LAMBDA))
def test_a_task_invokes_a_function_that_exists(name: str) -> None:
    folder = LAMBDAS / find_function(read_tasks()[name])

    assert "def handler(" in (folder / "handler.py").read_text()


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.asl.json")), ids=lambda path: path.name)
def test_placeholders_are_what_terraform_fills_in(file: Any) -> None:
    used = set(re.findall(r"\$\{(\w+)\}", file.read_text()))

    assert used == read_placeholders()[file.name]


def read_placeholders() -> dict[str, set[str]]:
    """What Terraform's templatefile is given for each file."""
    (call,) = read_folder().of_kind("module", "workflow")
    functions = set(read_object(call.attributes["functions"]))
    local = read_locals(read_folder(ROOT / "modules" / "workflow"))
    given = {}
    for machine in read_object(local["machines"]).values():
        entry = read_object(machine)
        filled = entry["placeholders"]
        names = set(re.findall(r"(\w+)\s*=(?![=>])", filled))
        every = '{ for name, arn in var.functions : "${name}_function_arn" => arn if name != '
        if every in filled:
            (without,) = re.findall(re.escape(every) + r'"(\w+)" }', filled)
            names |= {f"{name}_function_arn" for name in functions - {without}}
        given[entry["file"].strip('"')] = names
    return given


def test_a_document_that_passes_makes_few_transitions() -> None:
    """Billed are the start and each change of state; the longest way without a failure counts."""
    child = read_child()

    def count(name: str) -> int:
        state = child.states[name]
        followers = [choice["Next"] for choice in state.get("Choices", [])]
        followers += [state[key] for key in ("Next", "Default") if key in state]
        return 1 + max(map(count, followers), default=0)

    assert count(child.start) + 1 <= MOST_TRANSITIONS


def test_every_failure_of_a_documents_step_ends_in_hold() -> None:
    """Nothing but the delivery itself ends anywhere else: then the summary settles it."""
    states = read_child().states
    for name, state in states.items():
        if state["Type"] != "Task":
            continue
        (caught,) = state["Catch"]
        assert caught["ErrorEquals"] == ["States.ALL"]
        assert caught["ResultPath"] == f"$.failed.{name}"
        last = name in {"Pass", "Hold", "Reject", "RecordFailure"}
        assert caught["Next"] == ("Unsettled" if last else "RecordFailure")
    assert states["RecordFailure"]["Next"] == "ChooseRoute"
    assert states["ChooseRoute"]["Default"] == "Hold"


def test_a_failed_child_never_stops_its_neighbours() -> None:
    process = read_machines()["document-batch"]["States"]["ProcessDocuments"]

    assert process["ToleratedFailurePercentage"] == 100
    assert {caught["Next"] for caught in process["Catch"]} == {"StartSummary"}
    assert process["Next"] == "StartSummary"
