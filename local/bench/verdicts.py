"""The targets, and whether this run met them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Target:
    """A bound on a figure."""

    name: str
    bound: float
    kind: Literal["at least", "at most"]
    unit: str = ""

    def is_met(self, figure: float) -> bool:
        """Whether the figure keeps to the bound."""
        return figure >= self.bound if self.kind == "at least" else figure <= self.bound


@dataclass(frozen=True, slots=True)
class Verdict:
    """A target with what was measured."""

    target: Target
    figure: float

    def tell(self) -> str:
        """One line: met or missed, by how much."""
        target = self.target
        word = "met   " if target.is_met(self.figure) else "missed"
        wanted = f"{target.kind} {target.bound:g}{target.unit}"
        return f"{word}  {target.name}: {self.figure:.2f}{target.unit}, wanted {wanted}"


def tell(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """All verdicts; a missed target fails nothing, because a busy machine proves nothing."""
    yield "Targets"
    yield from (f"  {verdict.tell()}" for verdict in verdicts)
