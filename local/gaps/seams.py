"""Where moto's behaviour is changed without editing moto."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeAlias

# A value of moto's interpreter or models, which have no types worth the name.
Untyped: TypeAlias = Any


def replace(owner: Untyped, name: str, replacement: Untyped) -> None:
    """Put `replacement` in the place of an attribute that must exist.

    An attribute that moto renamed must fail at start-up, not leave a gap open silently.
    """
    if not hasattr(owner, name):
        raise AttributeError(f"{owner!r} has no {name!r}: moto changed, review this gap")
    setattr(owner, name, replacement)


def wrap(owner: Untyped, name: str, make: Callable[[Any], Any]) -> None:
    """Replace an attribute by what `make` builds around the original one."""
    replace(owner, name, make(getattr(owner, name)))


def replace_imported(package: str, original: Untyped, replacement: Untyped) -> None:
    """Replace a function in every loaded module of a package that imported it by name."""
    for name, module in list(sys.modules.items()):
        if name == package or name.startswith(f"{package}."):
            for attribute, value in list(vars(module).items()):
                if value is original:
                    setattr(module, attribute, replacement)
