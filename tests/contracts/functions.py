"""The functions' code seen from outside: their settings, their events, their results."""

import importlib
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from lambdas.shared.settings import Settings

LAMBDAS = Path(__file__).parents[2] / "lambdas"


class _SettingsReadError(Exception):
    """Ends an import once its settings are known."""


def list_folders() -> list[str]:
    return sorted(path.parent.name for path in LAMBDAS.glob("*/handler.py"))


def read_settings(function: str, monkeypatch: pytest.MonkeyPatch) -> type[Settings]:
    """The model of the settings that the handler loads when it is imported."""
    loaded: list[type[Settings]] = []

    def load(model: type[Settings], *_: object) -> Any:
        loaded.append(model)
        raise _SettingsReadError

    monkeypatch.setattr(Settings, "load", classmethod(load))
    name = f"lambdas.{function}.handler"
    sys.modules.pop(name, None)
    with suppress(_SettingsReadError):
        importlib.import_module(name)
    sys.modules.pop(name, None)
    (model,) = loaded
    return model


def read_event_model(function: str) -> type[BaseModel]:
    model: type[BaseModel] = importlib.import_module(f"lambdas.{function}.event").Event
    return model
