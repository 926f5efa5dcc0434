"""Step Functions as handlers see it: moto's executions, and tokens that tests hand out."""

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient


class WaitingStates:
    """Answers each token once, as Step Functions does; the rest goes to moto."""

    def __init__(self, client: "SFNClient") -> None:
        self._client = client
        self._waiting: set[str] = set()
        self.answers: dict[str, Any] = {}
        self.failures: dict[str, tuple[str, str]] = {}
        self.crash_before_start = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def wait(self, token: str) -> str:
        self._waiting.add(token)
        return token

    def send_task_success(self, *, taskToken: str, output: str) -> None:  # noqa: N803 - boto3's
        self._take(taskToken, "SendTaskSuccess")
        self.answers[taskToken] = json.loads(output)

    def send_task_failure(self, *, taskToken: str, error: str, cause: str) -> None:  # noqa: N803
        self._take(taskToken, "SendTaskFailure")
        self.failures[taskToken] = (error, cause)

    def start_execution(self, **request: Any) -> Any:
        if self.crash_before_start:
            raise CrashedError
        return self._client.start_execution(**request)

    def _take(self, token: str, operation: str) -> None:
        if token not in self._waiting:
            raise self._client.exceptions.TaskTimedOut(
                {"Error": {"Code": "TaskTimedOut", "Message": "nobody waits"}}, operation
            )
        self._waiting.remove(token)


class CrashedError(BaseException):
    """The process ends here: no handler catches this."""
