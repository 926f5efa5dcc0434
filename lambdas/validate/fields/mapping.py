"""The mapping of a document class: which fields it has and where on the pages they stand."""

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from lambdas.shared.model import Frozen

ColumnKind = Literal["text", "date", "money", "number"]
ValueKind = Literal[
    "text", "code", "date", "money", "number", "integer", "year",
    "currency", "iban", "vat_number", "person_number", "employer_number", "email", "phone",
]  # fmt: skip
"""What one place on a page can hold."""

ListKind = Literal[
    "rows", "texts", "dates", "periods", "signatures", "boxes", "starred", "zone", "between"
]
"""What is gathered from many places."""


def _compile(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is not a regular expression: {error}") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compile)]


class ColumnSpec(Frozen):
    """A column of a table: what its cells hold and what its header may say."""

    kind: ColumnKind
    headers: tuple[str, ...] = ()


class FieldSpec(Frozen):
    """Where a field comes from: labels beside it, then patterns, then the lines at the top."""

    kind: ValueKind | ListKind
    labels: tuple[str, ...] = Field(default=(), description="synonyms, the surest first")
    patterns: tuple[Pattern, ...] = Field(
        default=(), description="over a page's text; the group `value`, else the whole match"
    )
    take: Literal["first", "last", "sum"] = Field(
        default="first", description="which of several equally good places; sum is for money"
    )
    top_lines: int = Field(default=0, description="how many lines at the top may hold it")
    top_skip: Pattern | None = Field(default=None, description="lines at the top that it is not")
    part: Literal["first", "last"] = Field(
        default="first", description="which of several dates in one text: of a period, say"
    )
    private: bool = Field(
        default=False, description="messages show its last four characters, evidence all of it"
    )
    past: bool = Field(default=False, description="a two-digit year never means the future")
    columns: dict[str, ColumnSpec] = Field(default_factory=dict)
    bounds: tuple[str, str] | None = Field(
        default=None, description="for the kind `between`: the fields above and below"
    )
    needed: tuple[str, ...] = Field(default=(), description="columns a table must have")
    row_pattern: Pattern | None = Field(
        default=None, description="over a visual row where no table fits; groups name columns"
    )
    until: tuple[str, ...] = Field(default=(), description="fields whose labels end the rows")

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.kind == "rows") != bool(self.columns):
            raise ValueError("`columns` belong to the kind `rows`, and it needs them")
        if (self.kind == "between") != (self.bounds is not None):
            raise ValueError("`bounds` belong to the kind `between`, and it needs them")
        unknown = set(self.needed) - set(self.columns)
        if self.row_pattern:
            unknown |= set(re.compile(self.row_pattern).groupindex) - set(self.columns)
        if unknown:
            raise ValueError(f"no such column: {', '.join(sorted(unknown))}")
        if self.take == "sum" and self.kind != "money":
            raise ValueError("only money can be summed")
        return self
