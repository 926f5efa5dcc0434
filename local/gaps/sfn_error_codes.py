"""moto 5.2.5: the errors that the interpreter raises reach the client without a code.

The classes of `parser.api` carry it as `code`, where the reply is written from `TYPE`.
"""

from __future__ import annotations

from moto.core.exceptions import AWSError
from moto.stepfunctions.parser import api

from local.context import GapContext


def close(context: GapContext) -> None:
    """Name every error as its class says."""
    del context
    for error in vars(api).values():
        if isinstance(error, type) and issubclass(error, AWSError) and error is not AWSError:
            code = vars(error).get("code")
            if isinstance(code, str):
                error.TYPE = code
