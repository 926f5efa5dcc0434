"""CEL expressions: compiled once, run on a document's fields."""

import re
from collections.abc import Mapping

import cel

from lambdas.shared.errors import RuleSetError
from lambdas.validate.fields.values import CelValue
from lambdas.validate.rules.functions import FUNCTIONS

_BUILT_IN = {"size", "has", "matches", "startsWith", "endsWith", "contains", "string", "int"} | {
    *("all", "exists", "exists_one", "map", "filter")
}
_BOUND = re.compile(r"\.(?:all|exists|exists_one|map|filter)\(\s*(\w+)\s*,")


class Expression:
    """One CEL expression of one rule; `where` names it in errors."""

    def __init__(self, source: str, *, where: str) -> None:
        self.source = source
        self._where = where
        try:
            self._program = cel.compile(source)
        except ValueError as error:
            raise RuleSetError(f"{where}: {error}") from error

    def check_names(self, variables: set[str]) -> None:
        """Raises RuleSetError for a name that is neither given nor bound in the expression."""
        bound = set(_BOUND.findall(self.source))
        called = {name for name in self._program.functions() if name.isidentifier()}
        unknown = set(self._program.variables()) - variables - bound
        unknown |= (
            {name for name in called if not name.startswith("_")} - _BUILT_IN - set(FUNCTIONS)
        )
        if unknown:
            names = ", ".join(sorted(unknown))
            raise RuleSetError(f"{self._where}: {self.source}: does not know {names}")

    def compute(self, context: "cel.Context") -> CelValue:
        """The expression's value; raises RuleSetError where it cannot be computed."""
        try:
            value: CelValue = self._program.execute(context)
        except (ArithmeticError, KeyError, RuntimeError, TypeError, ValueError) as error:
            raise RuleSetError(f"{self._where}: {self.source}: {error}") from error
        return value

    def decide(self, context: "cel.Context") -> bool:
        """The expression's verdict; raises RuleSetError where it is neither true nor false."""
        value = self.compute(context)
        if not isinstance(value, bool):
            raise RuleSetError(f"{self._where}: {self.source}: is {value!r}, no verdict")
        return value


def make_context(variables: Mapping[str, CelValue]) -> "cel.Context":
    """What an expression can see: the variables and every function."""
    return cel.Context(variables=dict(variables), functions=FUNCTIONS)
