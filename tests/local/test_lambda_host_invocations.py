"""Synchronous invocations of real handlers."""

from __future__ import annotations

import base64
import io
import os
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from local.lambda_host.code import Sources
from tests.local.local_aws import FUNCTIONS, LocalAws, unique, wait_for


def test_a_handler_sees_its_own_environment_and_nothing_of_the_machine(aws: LocalAws) -> None:
    name = aws.deploy("probe.show", Environment={"Variables": {"TABLE": "documents"}})
    seen = aws.invoke(name, {"a": 1})["Payload"]
    environment = seen["environment"]
    assert seen["event"] == {"a": 1}
    assert seen["directory"] == str(FUNCTIONS)
    assert environment["TABLE"] == "documents"
    assert environment["AWS_LAMBDA_FUNCTION_NAME"] == name
    assert environment["AWS_LAMBDA_FUNCTION_VERSION"] == seen["version"] == "$LATEST"
    assert environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] == "128"
    assert environment["AWS_LAMBDA_LOG_GROUP_NAME"] == f"/aws/lambda/{name}"
    assert environment["AWS_REGION"] == "us-east-1"
    assert environment["AWS_ENDPOINT_URL"] == aws.state.endpoint
    assert "SECRET_OF_THE_MACHINE" not in environment
    assert "HOME" not in environment


def test_the_context_holds_deadline_request_id_and_arn(aws: LocalAws) -> None:
    name = aws.deploy("probe.show", Timeout=7)
    answer = aws.invoke(name)
    seen = answer["Payload"]
    assert 5000 < seen["milliseconds_left"] <= 7000
    assert seen["request_id"] == answer["ResponseMetadata"]["RequestId"]
    assert seen["invoked_arn"] == f"arn:aws:lambda:us-east-1:123456789012:function:{name}"


def test_a_process_is_used_again_until_the_configuration_changes(aws: LocalAws) -> None:
    name = aws.deploy("probe.show")
    first, second = (aws.invoke(name)["Payload"]["pid"] for _ in range(2))
    aws.awslambda.update_function_configuration(
        FunctionName=name, Environment={"Variables": {"CHANGED": "yes"}}
    )
    third = aws.invoke(name)["Payload"]
    assert first == second != third["pid"]
    assert third["environment"]["CHANGED"] == "yes"


def test_a_changed_image_command_runs_another_handler(aws: LocalAws) -> None:
    name = aws.deploy("probe.show")
    aws.awslambda.update_function_configuration(
        FunctionName=name, ImageConfig={"Command": ["probe.speak"]}
    )
    assert aws.invoke(name)["Payload"] == "done"


def test_an_exception_is_reported_by_its_class_name(aws: LocalAws) -> None:
    answer = aws.invoke(aws.deploy("probe.fail"), {"message": "page 3"})
    assert answer["FunctionError"] == "Unhandled"
    assert answer["Payload"]["errorType"] == "DocumentUnreadableError"
    assert answer["Payload"]["errorMessage"] == "page 3"
    assert "probe.py" in answer["Payload"]["stackTrace"][0]


def test_a_handler_that_outlives_its_timeout_is_ended(aws: LocalAws) -> None:
    name = aws.deploy("probe.sleep", Timeout=1)
    warm = aws.invoke(name, {"seconds": 0})["Payload"]["pid"]
    answer = aws.invoke(name, {"seconds": 30})
    request_id = answer["ResponseMetadata"]["RequestId"]
    assert answer["FunctionError"] == "Unhandled"
    assert answer["Payload"] == {
        "errorType": "Sandbox.Timedout",
        "errorMessage": f"RequestId: {request_id} Error: Task timed out after 1.00 seconds",
    }
    assert aws.invoke(name, {"seconds": 0})["Payload"]["pid"] != warm


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (3, "Runtime exited with error: exit status 3"),
        (0, "Runtime exited without providing a reason"),
    ],
)
def test_a_process_that_leaves_is_an_exit_error(aws: LocalAws, status: int, reason: str) -> None:
    answer = aws.invoke(aws.deploy("probe.leave"), {"status": status})
    request_id = answer["ResponseMetadata"]["RequestId"]
    assert answer["Payload"]["errorType"] == "Runtime.ExitError"
    assert answer["Payload"]["errorMessage"] == f"RequestId: {request_id} Error: {reason}"


@pytest.mark.parametrize(
    ("handler", "error", "message"),
    [
        ("broken.handler", "RuntimeError", "a setting is missing"),
        ("absent.handler", "Runtime.ImportModuleError", "Unable to import module 'absent'"),
        ("probe.absent", "Runtime.HandlerNotFound", "Handler 'absent' missing on module 'probe'"),
    ],
)
def test_a_handler_that_cannot_be_imported_says_why(
    aws: LocalAws, handler: str, error: str, message: str
) -> None:
    answer = aws.invoke(aws.deploy(handler))
    assert answer["FunctionError"] == "Unhandled"
    assert answer["Payload"]["errorType"] == error
    assert message in answer["Payload"]["errorMessage"]


def test_what_a_handler_prints_is_in_the_log_between_start_and_report(aws: LocalAws) -> None:
    name = aws.deploy("probe.speak")
    answer = aws.invoke(name, LogType="Tail")
    request_id = answer["ResponseMetadata"]["RequestId"]
    expected = [
        f"START RequestId: {request_id} Version: $LATEST",
        "said on stdout",
        "said on stderr",
        f"END RequestId: {request_id}",
    ]
    tail = base64.b64decode(answer["LogResult"]).decode().splitlines()
    assert tail[:4] == expected
    assert tail[4].startswith(f"REPORT RequestId: {request_id}\tDuration: ")

    def messages() -> list[str]:
        found = aws.logs.filter_log_events(logGroupName=f"/aws/lambda/{name}")["events"]
        return [event["message"] for event in found]

    assert wait_for(lambda: messages()[4:5] and messages())[:4] == expected


def test_a_function_logs_to_the_group_it_is_configured_with(aws: LocalAws) -> None:
    group = unique("/intray/functions")
    aws.logs.create_log_group(logGroupName=group)
    name = aws.deploy("probe.speak", LoggingConfig={"LogFormat": "JSON", "LogGroup": group})
    configuration = aws.awslambda.get_function_configuration(FunctionName=name)
    assert configuration["LoggingConfig"]["LogGroup"] == group
    aws.invoke(name)
    assert wait_for(lambda: aws.logs.filter_log_events(logGroupName=group)["events"])


def test_the_log_format_reaches_the_runtime(aws: LocalAws) -> None:
    name = aws.deploy("probe.show", LoggingConfig={"LogFormat": "JSON"})
    assert aws.invoke(name)["Payload"]["environment"]["AWS_LAMBDA_LOG_FORMAT"] == "JSON"


def test_more_invocations_than_processes_wait_for_their_turn(aws: LocalAws) -> None:
    name = aws.deploy("probe.sleep")
    with ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(lambda _: aws.invoke(name, {"seconds": 0.2}), range(12)))
    assert all("FunctionError" not in answer for answer in answers)
    assert 1 < len({answer["Payload"]["pid"] for answer in answers}) <= 4


def test_reserved_concurrency_of_one_is_one_process(aws: LocalAws) -> None:
    name = aws.deploy("probe.sleep")
    aws.awslambda.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=1)
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: aws.invoke(name, {"seconds": 0.1}), range(4)))
    assert len({answer["Payload"]["pid"] for answer in answers}) == 1


def test_reserved_concurrency_of_zero_refuses_every_call(aws: LocalAws) -> None:
    name = aws.deploy("probe.show")
    aws.awslambda.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    with pytest.raises(ClientError, match="TooManyRequestsException") as refused:
        aws.invoke(name)
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 429


def test_an_alias_runs_its_version_and_shows_in_the_arn(aws: LocalAws) -> None:
    name = aws.deploy("probe.show", Environment={"Variables": {"RELEASE": "1"}})
    version = aws.awslambda.publish_version(FunctionName=name)["Version"]
    aws.awslambda.create_alias(FunctionName=name, Name="live", FunctionVersion=version)
    aws.awslambda.update_function_configuration(
        FunctionName=name, Environment={"Variables": {"RELEASE": "2"}}
    )
    answer = aws.invoke(name, Qualifier="live")
    assert answer["ExecutedVersion"] == answer["Payload"]["version"] == version
    assert answer["Payload"]["environment"]["RELEASE"] == "1"
    assert answer["Payload"]["invoked_arn"].endswith(f":function:{name}:live")
    by_arn = aws.invoke(answer["Payload"]["invoked_arn"])
    assert by_arn["Payload"]["version"] == version


def test_an_alias_sends_its_configured_share_to_the_second_version(aws: LocalAws) -> None:
    name = aws.deploy("probe.show")
    first = aws.awslambda.publish_version(FunctionName=name)["Version"]
    aws.awslambda.update_function_configuration(FunctionName=name, Timeout=9)
    second = aws.awslambda.publish_version(FunctionName=name)["Version"]
    aws.awslambda.create_alias(
        FunctionName=name,
        Name="live",
        FunctionVersion=first,
        RoutingConfig={"AdditionalVersionWeights": {second: 0.5}},
    )
    versions = [aws.invoke(name, Qualifier="live")["ExecutedVersion"] for _ in range(30)]
    assert set(versions) == {first, second}


def test_a_request_over_six_megabytes_is_refused(aws: LocalAws) -> None:
    name = aws.deploy("probe.show")
    with pytest.raises(ClientError, match="RequestTooLargeException"):
        aws.invoke(name, {"text": "x" * 6 * 1024 * 1024})


def test_an_answer_over_six_megabytes_is_a_function_error(aws: LocalAws) -> None:
    answer = aws.invoke(aws.deploy("probe.large"), {"bytes": 7 * 1024 * 1024})
    assert answer["FunctionError"] == "Unhandled"
    assert answer["Payload"]["errorType"] == "Function.ResponseSizeTooLarge"


def test_a_function_that_does_not_exist_is_not_found(aws: LocalAws) -> None:
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        aws.invoke("no-such-function")


def test_edited_code_is_noticed(tmp_path: Path) -> None:
    module = tmp_path / "edited.py"
    module.write_text("def handler(event, context):\n    return 'first'\n")
    sources = Sources()
    before = sources.newest(tmp_path, "edited.handler")
    os.utime(module, (before + 5, before + 5))
    assert sources.newest(tmp_path, "edited.handler") == before  # It looks once a second.
    assert Sources().newest(tmp_path, "edited.handler") == before + 5
    package = tmp_path / "lambdas" / "intake"
    package.mkdir(parents=True)
    (package / "handler.py").touch()
    os.utime(package / "handler.py", (1000, 1000))
    assert sources.newest(tmp_path, "lambdas.intake.handler.handle") == 1000


def test_a_zip_function_runs_from_its_archive(aws: LocalAws) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as writer:
        writer.writestr("inside.py", "def handler(event, context):\n    return 'unpacked'\n")
    name = unique("zip")
    aws.awslambda.create_function(
        FunctionName=name,
        Role=aws.role,
        Runtime="python3.13",
        Handler="inside.handler",
        Code={"ZipFile": archive.getvalue()},
    )
    assert aws.invoke(name)["Payload"] == "unpacked"


def test_a_process_has_a_temporary_directory_of_its_own(aws: LocalAws) -> None:
    one, other = (aws.invoke(aws.deploy("probe.show"))["Payload"] for _ in range(2))
    directories = {Path(seen["environment"]["TMPDIR"]) for seen in (one, other)}
    assert len(directories) == 2
    assert all(directory.is_dir() for directory in directories)
