"""A way to an answer in a process of its own, asked through its standard input."""

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import BaseModel

ROOT = Path(__file__).parents[2]
_THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS")
_ALWAYS = {
    "CUDA_VISIBLE_DEVICES": "",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


class BenchError(Exception):
    """A way could not be run; the message says which, and what it said."""


@dataclass(frozen=True, slots=True)
class Way:
    """A program of `local.bench.ways`; `{threads}` among its arguments is their number."""

    name: str
    python: Path
    program: str
    arguments: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)

    def command(self, threads: int) -> list[str]:
        """What starts it."""
        given = [argument.format(threads=threads) for argument in self.arguments]
        return [str(self.python), "-m", f"local.bench.ways.{self.program}", *given]

    def surroundings(self, threads: int) -> dict[str, str]:
        """Its environment, which holds what computes to that number of threads."""
        pinned = dict.fromkeys(_THREADS, str(threads))
        return {**os.environ, **_ALWAYS, **pinned, **self.environment}


class Reply(BaseModel):
    """Answers with their seconds; memory in bytes and libraries where they were asked for."""

    seconds: list[float]
    answers: list[list[float]]
    peak_bytes: int = 0
    libraries: list[str] = []


class Process:
    """A way that runs; ends with its context."""

    def __init__(self, way: Way, *, threads: int = 1) -> None:
        self._way = way
        self._errors = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed with the context
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            way.command(threads),
            cwd=ROOT,
            env=way.surroundings(threads),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()
        self._errors.close()

    def ask(self, texts: Sequence[str], *, tell_footprint: bool = False) -> Reply:
        """Its answers to texts; raises BenchError when it ended instead."""
        question = json.dumps({"texts": texts, "tell_footprint": tell_footprint})
        assert self._process.stdin
        assert self._process.stdout
        try:
            self._process.stdin.write(f"{question}\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            line = ""
        else:
            line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            self._errors.seek(0)
            said = self._errors.read().strip()[-2000:]
            raise BenchError(f"{self._way.name} ended with {self._process.returncode}:\n{said}")
        return Reply.model_validate_json(line)
