"""Which AWS calls a function can make, read from its code.

From the handler's module on, everything is followed that is named: functions by their module,
methods by their name among the modules that the handler imports. So more may be found than is ever
called, and never less; `tests/handlers` checks the latter with what is really called.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import botocore.session
from botocore import xform_name

ROOT = Path(__file__).parents[1]
SERVICES = ("dynamodb", "s3", "sqs", "stepfunctions", "textract", "service-quotas")
_BY_LIBRARIES = {"get_s3_output_config_keys": "s3:list_objects_v2"}
"""Calls that a library makes for us."""


@dataclass(frozen=True)
class Call:
    """An operation in boto3's spelling, such as s3:get_object, and the module that makes it."""

    operation: str
    module: str
    keywords: frozenset[str] = frozenset()


@dataclass
class _Module:
    name: str
    body: list[ast.stmt]
    definitions: dict[str, ast.AST] = field(default_factory=dict)
    methods: dict[str, list[ast.AST]] = field(default_factory=dict)
    imports: dict[str, tuple[str, str | None]] = field(default_factory=dict)


@cache
def list_calls(function: str) -> frozenset[Call]:
    """Every call that can be reached from a function's handler."""
    start = f"lambdas.{function}.handler"
    modules = _load_closure(start)
    reached: set[tuple[str, int]] = set()
    calls: set[Call] = set()
    waiting: list[tuple[str, ast.AST]] = [
        (start, statement)
        for statement in modules[start].body
        if not isinstance(statement, ast.ClassDef)
    ]
    while waiting:
        name, node = waiting.pop()
        if (name, id(node)) in reached:
            continue
        reached.add((name, id(node)))
        calls.update(_find_calls(name, node))
        waiting += _follow(modules, modules[name], node)
    return frozenset(calls)


def _follow(
    modules: dict[str, _Module], module: _Module, node: ast.AST
) -> Iterator[tuple[str, ast.AST]]:
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            yield from _look_up(modules, module, part.id)
        elif isinstance(part, ast.Attribute):
            imported = isinstance(part.value, ast.Name) and module.imports.get(part.value.id)
            if imported and imported[0] in modules and imported[1] is None:
                yield from _look_up(modules, modules[imported[0]], part.attr)
            else:
                for other in modules.values():
                    yield from ((other.name, found) for found in other.methods.get(part.attr, []))


def _look_up(
    modules: dict[str, _Module], module: _Module, name: str
) -> Iterator[tuple[str, ast.AST]]:
    """A name of a module: its own, or one that it imports."""
    if name in module.definitions:
        yield module.name, module.definitions[name]
    elif (imported := module.imports.get(name)) and imported[0] in modules and imported[1]:
        yield from _look_up(modules, modules[imported[0]], imported[1])


def _find_calls(module: str, node: ast.AST) -> Iterator[Call]:
    operations = _read_operations()
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and part.id in _BY_LIBRARIES:
            yield Call(_BY_LIBRARIES[part.id], module)
        if not isinstance(part, ast.Call) or not isinstance(part.func, ast.Attribute):
            continue
        name, keywords = part.func.attr, frozenset(word.arg or "" for word in part.keywords)
        if name == "get_paginator" and isinstance(part.args[0], ast.Constant):
            name = str(part.args[0].value)
        if name in operations:
            yield Call(f"{operations[name]}:{name}", module, keywords)


@cache
def _read_operations() -> dict[str, str]:
    """The service of each operation."""
    session = botocore.session.get_session()
    return {
        xform_name(operation): service
        for service in SERVICES
        for operation in session.get_service_model(service).operation_names
    }


def _load_closure(start: str) -> dict[str, _Module]:
    modules: dict[str, _Module] = {}
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name in modules or not (path := _find(name)):
            continue
        modules[name] = module = _load(name, path)
        for source, attribute in module.imports.values():
            waiting += [source, f"{source}.{attribute}"] if attribute else [source]
    return modules


def _find(name: str) -> Path | None:
    path = ROOT.joinpath(*name.split(".")).with_suffix(".py")
    return path if name.startswith("lambdas.") and path.is_file() else None


def _load(name: str, path: Path) -> _Module:
    module = _Module(name, ast.parse(path.read_text()).body)
    for node in module.body:
        if isinstance(node, ast.FunctionDef):
            module.definitions[node.name] = node
        elif isinstance(node, ast.ClassDef):
            for member in node.body:
                if isinstance(member, ast.FunctionDef):
                    module.methods.setdefault(member.name, []).append(member)
    for part in ast.walk(ast.Module(module.body, [])):
        if isinstance(part, ast.ImportFrom) and part.module:
            for alias in part.names:
                within = f"{part.module}.{alias.name}"
                target = (within, None) if _find(within) else (part.module, alias.name)
                module.imports[alias.asname or alias.name] = target
    return module
