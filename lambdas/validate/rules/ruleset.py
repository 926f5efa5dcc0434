"""Rule sets: one TOML file a document class, checked and compiled when it is loaded."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from lambdas.shared.errors import RuleSetError
from lambdas.shared.model import Frozen
from lambdas.validate.fields.mapping import FieldSpec
from lambdas.validate.rules.rule import CompiledRule, Rule, compile_rule
from lambdas.validate.rules.trial import try_rule

DIRECTORY = Path(__file__).parents[1] / "rulesets"


class RuleSetFile(Frozen):
    """The content of one file."""

    document_class: str
    owner: str
    certain_from: float = Field(
        default=80, description="a reject that rests on less confidence (0 to 100) is a hold"
    )
    fields: dict[str, FieldSpec] = Field(default_factory=dict)
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A document class's rules, ready to be evaluated; `digest` is over what the file says."""

    name: str
    digest: str
    owner: str
    certain_from: float
    fields: Mapping[str, FieldSpec]
    rules: tuple[CompiledRule, ...]


@cache
def load_rule_set(document_class: str, directory: Path = DIRECTORY) -> RuleSet:
    """Reads, compiles and tries one class's rules; raises RuleSetError naming file and rule."""
    path = directory / f"{document_class}.toml"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        file = RuleSetFile.model_validate(content)
    except FileNotFoundError as error:
        raise RuleSetError(f"{path.name}: no such rule set") from error
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise RuleSetError(f"{path.name}: {error}") from error
    _check_ids(file, path)
    rules = tuple(compile_rule(rule, file.fields, source=path.name) for rule in file.rules)
    for rule in rules:
        try_rule(rule, file.fields)
    return RuleSet(
        name=file.document_class,
        digest=_digest(content),
        owner=file.owner,
        certain_from=file.certain_from,
        fields=file.fields,
        rules=rules,
    )


def list_classes(directory: Path = DIRECTORY) -> list[str]:
    """The document classes that have a rule set."""
    return sorted(path.stem for path in directory.glob("*.toml"))


def _check_ids(file: RuleSetFile, path: Path) -> None:
    if file.document_class != path.stem:
        raise RuleSetError(f"{path.name}: holds the rules of {file.document_class}")
    seen: set[str] = set()
    for rule in file.rules:
        if rule.id in seen:
            raise RuleSetError(f"{path.name}: {rule.id}: is there twice")
        if not rule.id.startswith(f"{file.document_class}."):
            raise RuleSetError(f"{path.name}: {rule.id}: is not of this class")
        seen.add(rule.id)


def _digest(content: Mapping[str, Any]) -> str:
    """The digest of what the file says: comments and layout do not change it."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"
