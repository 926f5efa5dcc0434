"""What stops a command before it has an answer: one line that says what to do about it."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from botocore import exceptions as aws

_DENIED = {
    "AccessDenied",
    "AccessDeniedException",
    "AuthorizationError",
    "KMSAccessDeniedException",
    "KmsAccessDenied",
    "403",
}
_REFUSED_CREDENTIALS = {
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidAccessKeyId",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "RequestExpired",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
}
_NO_CREDENTIALS = (
    aws.CredentialRetrievalError,
    aws.NoCredentialsError,
    aws.PartialCredentialsError,
    aws.SSOError,
    aws.TokenRetrievalError,
)
_NO_ANSWER = (aws.ConnectionError, aws.HTTPClientError)


class NotGoodError(click.ClickException):
    """The answer is known, and it is not a good one: exit status 1."""

    exit_code = 1


class OutOfReachError(click.ClickException):
    """The stack or AWS cannot be asked: exit status 3."""

    exit_code = 3


@contextmanager
def told_in_one_line(workspace: str) -> Iterator[None]:
    """Turns what boto3 raises into an OutOfReachError."""
    try:
        yield
    except (aws.BotoCoreError, aws.ClientError) as error:
        raise OutOfReachError(explain(error, workspace=workspace)) from error


def explain(error: aws.BotoCoreError | aws.ClientError, *, workspace: str) -> str:
    """What went wrong and what to do, in one line."""
    if isinstance(error, aws.ClientError):
        return _explain_refusal(error)
    if isinstance(error, _NO_CREDENTIALS):
        return f"No AWS credentials ({_line(error)}): give --profile, or sign in and try again."
    if isinstance(error, aws.ProfileNotFound):
        return f"{_line(error)}: give another --profile, or set AWS_PROFILE."
    if isinstance(error, aws.NoRegionError):
        return "No AWS region is chosen: give --region, or set AWS_REGION."
    if isinstance(error, _NO_ANSWER):
        return _explain_silence(error, workspace)
    return f"AWS cannot be asked: {_line(error)}"


def is_denied(error: aws.ClientError) -> bool:
    """Whether AWS knows who asks, and does not let them."""
    return error.response.get("Error", {}).get("Code") in _DENIED


def _explain_silence(error: aws.BotoCoreError, workspace: str) -> str:
    if workspace == "local":
        advice = "start the local one with `python -m local up`, or name it with AWS_ENDPOINT_URL"
    else:
        advice = "check the network, the VPN and --region"
    return f"No AWS endpoint answers ({_line(error)}): {advice}."


def _explain_refusal(error: aws.ClientError) -> str:
    code = error.response.get("Error", {}).get("Code", "unknown")
    said = " ".join(str(error.response.get("Error", {}).get("Message", "")).split())
    if is_denied(error):
        return f"AWS denied {error.operation_name} ({said or code}): use a role that may do it."
    if code in _REFUSED_CREDENTIALS:
        return f"AWS does not accept these credentials ({code}): sign in again, or give --profile."
    return f"AWS answered {error.operation_name} with {code}: {said}"


def _line(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".")
