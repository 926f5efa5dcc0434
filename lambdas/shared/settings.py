"""Settings from the environment, read once at init: a bad variable fails the init, by name."""

import os
from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict

CommaList = Annotated[tuple[str, ...], BeforeValidator(lambda text: tuple(text.split(",")))]
"""A variable such as FORMS,TABLES."""


class Settings(BaseModel):
    """The variables of one function; a field `audit_table` is the variable AUDIT_TABLE."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @classmethod
    def load(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Reads every field from the environment; raises ValidationError naming what is wrong."""
        names = {name.upper(): name for name in cls.model_fields}
        return cls.model_validate(
            {names[key]: value for key, value in environment.items() if key in names}
        )
