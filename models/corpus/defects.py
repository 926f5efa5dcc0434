"""Planted defects: named changes to a document's facts, and what each must lead to."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Generic, Literal, TypeVar

from models.corpus.content import Document

Facts = TypeVar("Facts")
Route = Literal["pass", "hold", "reject"]


@dataclass(frozen=True, slots=True)
class Defect(Generic[Facts]):
    """A change to facts; `reasons` are the rules that must fail, and no others but warnings."""

    name: str
    route: Route
    reasons: tuple[str, ...]
    why: str
    change: Callable[[Facts], Facts]
    applies: Callable[[Facts], bool] = lambda _facts: True
    """Facts that it cannot spoil (no IBAN to falsify) are drawn again."""


@dataclass(frozen=True, slots=True)
class Kind(Generic[Facts]):
    """One kind of document: how its facts are drawn, how they are laid out, how they go wrong."""

    label: str
    name: str
    draw: Callable[[Random], Facts]
    compose: Callable[[Facts, Random], Document]
    defects: tuple[Defect[Facts], ...] = ()

    def make(self, random: Random) -> Document:
        """A document without defects."""
        return self.compose(self.draw(random), random)

    def spoil(self, random: Random, defect: str) -> tuple[Document, Defect[Facts]]:
        """A document with the defect of that name."""
        chosen = next(one for one in self.defects if one.name == defect)
        while not chosen.applies(facts := self.draw(random)):
            continue
        return self.compose(chosen.change(facts), random), chosen
