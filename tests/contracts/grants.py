"""What each function's role may do, read from the Terraform that grants it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.contracts.hcl import (
    ROOT,
    Block,
    read_folder,
    read_locals,
    read_object,
    read_strings,
)

_DOCUMENT = re.compile(r'data\.aws_iam_policy_document\.(\w+)(?:\["([\w-]+)"\])?\.json')
_MODULE = re.compile(r"module\.(\w+)\.(\w+)(?:\.(\w+))?")
_EVERY_GRANT = re.compile(r"\{ for name, document in data\.aws_iam_policy_document\.(\w+) :")
_CHOICE = re.compile(r'each\.value\.(\w+) == ("[^"]*") \? (.+) : (.+)')


@dataclass(frozen=True)
class Grant:
    """An action, and the table or bucket it is on where the policy names one."""

    action: str
    on: str | None = None


def list_functions() -> dict[str, Block]:
    """The module block of every function, by its folder."""
    return {
        block.labels[0]: block
        for block in read_folder().of_kind("module")
        if block.attributes["source"] == '"./modules/function"'
    }


def read_environment(function: str) -> set[str]:
    """The names of the function's own settings."""
    return set(read_object(list_functions()[function].attributes["environment"]))


def read_grants(function: str) -> set[Grant]:
    """Everything that the function's policies allow, without the key and the runtime."""
    policies = read_object(list_functions()[function].attributes["policies"])
    grants = {grant for policy in policies.values() for grant in _resolve(ROOT, policy)}
    return {grant for grant in grants if not grant.action.startswith("kms:")}


def _resolve(folder: Path, expression: str) -> Iterator[Grant]:
    """The grants of a reference to a policy document, through as many modules as it takes."""
    if found := _DOCUMENT.fullmatch(expression):
        yield from _read_document(read_folder(folder), found[1], found[2])
        return
    found = _MODULE.fullmatch(expression)
    assert found, f"{folder}: {expression} is no policy that this file can follow"
    module, output, entry = found.groups()
    (call,) = read_folder(folder).of_kind("module", module)
    inner = (folder / call.attributes["source"].strip('"')).resolve()
    (declared,) = read_folder(inner).of_kind("output", output)
    value = declared.attributes["value"]
    if entry is None:
        yield from _resolve(inner, value)
    elif every := _EVERY_GRANT.match(value):
        yield from _read_document(read_folder(inner), every[1], entry)
    else:
        yield from _resolve(inner, read_object(value)[entry])


def _read_document(folder: Block, name: str, key: str | None) -> Iterator[Grant]:
    (document,) = folder.of_kind("data", "aws_iam_policy_document", name)
    local = read_locals(folder)
    each: Mapping[str, str] = {}
    if key:
        entry = _read_each(document, key, local)
        each = read_object(entry) if entry.startswith("{") else {"": entry}
    on = next((each[name].strip('"') for name in ("table", "bucket") if name in each), None)
    for source in document.attributes.get("source_policy_documents", "").strip("[]").split(", "):
        if found := _DOCUMENT.fullmatch(source):
            yield from _read_document(folder, found[1], found[2])
    for statement in _list_statements(document, each):
        for action in _list_actions(statement.attributes["actions"], each, local):
            yield Grant(action, on)


def _read_each(document: Block, key: str, local: Mapping[str, str]) -> str:
    """The value of one key of the map that a document is made for each of."""
    every = document.attributes["for_each"]
    if found := re.fullmatch(r"local\.(\w+)", every):
        every = local[found[1]]
    # A map that is computed has values that no action depends on.
    return "" if every.startswith("{ for ") else read_object(every)[key]


def _list_statements(document: Block, each: Mapping[str, str]) -> Iterator[Block]:
    yield from document.of_kind("statement")
    for dynamic in document.of_kind("dynamic", "statement"):
        (name,) = set(re.findall(r"each\.value\.(\w+)", dynamic.attributes["for_each"]))
        if each[name] not in ("false", "[]", "null"):
            yield from dynamic.of_kind("content")


def _list_actions(
    expression: str, each: Mapping[str, str], local: Mapping[str, str]
) -> Iterator[str]:
    """The actions in an expression: its strings, those of its locals and those of its key's value.

    What is added under a condition is counted: it only ever concerns keys.
    """
    expression = re.sub(r"contains\([^)]*\)", "", expression)
    if choice := _CHOICE.fullmatch(expression):
        name, value, yes, no = choice.groups()
        expression = yes if each[name] == value else no
    yield from (text for text in read_strings(expression) if re.match(r"[a-z0-9]+:[A-Z]", text))
    parts = [each[name] for name in re.findall(r"each\.value\.(\w+)", expression)]
    if re.search(r"each\.value(?!\.)", expression):
        parts.append(each[""])
    parts += [local[name] for name in re.findall(r"local\.(\w+)", expression)]
    for part in parts:
        yield from _list_actions(part, each, local)
