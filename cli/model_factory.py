"""The model factory, whose libraries only some commands need."""

from importlib import import_module
from types import ModuleType

from cli.failures import OutOfReachError


def load_factory(name: str) -> ModuleType:
    """A module of `models`; raises OutOfReachError where its libraries are not installed."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise OutOfReachError(
            f"The model factory needs {error.name}: install the dependency group `models`."
        ) from error
