"""The gate's criteria, as data."""

import tomllib
from pathlib import Path

from pydantic import TypeAdapter, model_validator

from lambdas.shared.model import Frozen

CRITERIA = Path(__file__).with_name("criteria.toml")
Limit = float | dict[str, float]


class Criterion(Frozen):
    """What is measured, and the least or the most that it may be, perhaps by kind of package."""

    what: str
    least: Limit | None = None
    most: Limit | None = None

    @model_validator(mode="after")
    def _have_one_limit(self) -> "Criterion":
        if (self.least is None) == (self.most is None):
            raise ValueError("a criterion has either least or most")
        return self

    def limit(self, kind: str) -> float:
        """The limit for a kind of package; raises KeyError for a kind that has none."""
        limit = self.most if self.least is None else self.least
        assert limit is not None
        return limit[kind] if isinstance(limit, dict) else limit

    def allows(self, value: float, kind: str) -> bool:
        """Whether a value keeps to the limit."""
        limit = self.limit(kind)
        return value <= limit if self.least is None else value >= limit


def read_criteria(path: Path = CRITERIA) -> dict[str, Criterion]:
    """The criteria by name, in the file's order; raises ValidationError naming the wrong one."""
    return TypeAdapter(dict[str, Criterion]).validate_python(tomllib.loads(path.read_text("utf-8")))
