"""moto 5.2.5: an image function without an image configuration reports an empty one.

Terraform then wants to remove it, with every plan.
"""

from __future__ import annotations

from typing import Any

from moto.awslambda.models import LambdaFunction

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped


def close(context: GapContext) -> None:
    """Leave out what was not configured."""
    del context

    def around(original: Untyped) -> Untyped:
        def get_configuration(function: LambdaFunction, on_create: bool = False) -> dict[str, Any]:
            configuration: dict[str, Any] = original(function, on_create)
            image = configuration.get("ImageConfigResponse", {}).get("ImageConfig", {})
            if not any(image.values()):
                configuration.pop("ImageConfigResponse", None)
            return configuration

        return get_configuration

    seams.wrap(LambdaFunction, "get_configuration", around)
