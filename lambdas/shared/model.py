"""The base of every contract: a frozen model that refuses what it does not know."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value whose unknown fields are an error, so that drift fails where it starts."""

    model_config = ConfigDict(frozen=True, extra="forbid")
