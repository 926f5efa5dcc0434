"""A strict reader of as much of Terraform's language as the contracts need.

Blocks and attributes become objects; expressions stay text, which `read_object` takes apart when
they are objects. What it does not understand is an error, never skipped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2] / "terraform"
_TOKEN = re.compile(
    r"(?P<space>[ \t\r]+)|(?P<comment>(#|//)[^\n]*|/\*.*?\*/)|(?P<newline>\n)"
    r'|(?P<string>"(?:[^"\\$]|\\.|\$(?!\{)|\$\{[^}]*\})*")|(?P<name>[A-Za-z_][\w-]*)'
    r"|(?P<open>[{(\[])|(?P<close>[})\]])|(?P<other>=>|==|!=|<=|>=|&&|\|\||\.\.\.|.)",
    re.DOTALL,
)


@dataclass
class Block:
    """One block, or a whole file: its labels, its attributes as text, the blocks in it."""

    kind: str
    labels: tuple[str, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    blocks: list["Block"] = field(default_factory=list)

    def of_kind(self, kind: str, *labels: str) -> Iterator["Block"]:
        """The blocks in it of this kind whose labels begin with these."""
        for block in self.blocks:
            if block.kind == kind and block.labels[: len(labels)] == labels:
                yield block


@cache
def read_folder(folder: Path = ROOT) -> Block:
    """Every file of one folder as one body."""
    whole = Block("folder", (str(folder),))
    paths = sorted(folder.glob("*.tf"))
    assert paths, f"no Terraform in {folder}"
    for path in paths:
        tokens = _Tokens(path.read_text(), str(path))
        body = _read_body(tokens, Block("file"))
        whole.blocks += body.blocks
    return whole


def read_locals(folder: Block) -> dict[str, str]:
    """The local values, as text."""
    return {
        name: text for block in folder.of_kind("locals") for name, text in block.attributes.items()
    }


def read_object(text: str) -> dict[str, str]:
    """An object's entries as text; keys without their quotes."""
    tokens = _Tokens(text, text[:60])
    tokens.expect("{")
    entries = {}
    tokens.skip_lines()
    while tokens.peek() != "}":
        key = tokens.take().strip('"')
        assert tokens.take() in ("=", ":"), f"{tokens.source}: not an object"
        entries[key] = tokens.take_expression(ends=("\n", ","))
        if tokens.peek() == ",":
            tokens.take()
        tokens.skip_lines()
    return entries


def read_strings(text: str) -> list[str]:
    """The plain strings in an expression."""
    return re.findall(r'"([^"$]*)"', text)


class _Tokens:
    def __init__(self, text: str, source: str) -> None:
        self.source = source
        self._tokens: list[str] = []
        self._spaces: list[str] = []
        space = ""
        for found in _TOKEN.finditer(text):
            if found.lastgroup in ("space", "comment"):
                space = " "
            else:
                self._tokens.append(found.group())
                self._spaces.append(space)
                space = ""
        self._at = 0

    def peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def take(self) -> str:
        token = self.peek()
        assert token, f"{self.source}: ends too early"
        self._at += 1
        return token

    def expect(self, wanted: str) -> None:
        token = self.take()
        assert token == wanted, f"{self.source}: {wanted!r} expected, not {token!r}"

    def skip_lines(self) -> None:
        while self.peek() == "\n":
            self._at += 1

    def take_expression(self, ends: tuple[str, ...]) -> str:
        depth, parts = 0, []
        while depth or self.peek() not in ends:
            if not depth and self.peek() in ("", "}", ")", "]"):
                break
            parts.append(self._spaces[self._at])
            token = self.take()
            depth += (token in "{([") - (token in "})]")
            parts.append(token)
        return "".join(parts).strip()


def _read_body(tokens: _Tokens, block: Block) -> Block:
    tokens.skip_lines()
    while tokens.peek() not in ("", "}"):
        name = tokens.take()
        if tokens.peek() == "=":
            tokens.take()
            block.attributes[name] = tokens.take_expression(ends=("\n",))
        else:
            labels = []
            while tokens.peek() != "{":
                labels.append(tokens.take().strip('"'))
            tokens.expect("{")
            block.blocks.append(_read_body(tokens, Block(name, tuple(labels))))
            tokens.expect("}")
        tokens.skip_lines()
    return block
