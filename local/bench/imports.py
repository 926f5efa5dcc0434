"""What importing each handler costs a fresh interpreter, in turn with boto3 alone."""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from local.bench.functions import serve_package, surround
from local.bench.process import ROOT
from local.bench.table import Row, lay_out

_BASELINE = "import boto3; boto3.client('s3')"


def measure(lexical: Path, runs: int) -> Iterator[str]:
    """Every handler's import in turn with the baseline: medians and their ratio."""
    yield f"Imports of the handlers: seconds, median of {runs}, each in turn with {_BASELINE!r}"
    names = sorted(path.parent.name for path in (ROOT / "lambdas").glob("*/handler.py"))
    head = ("handler", ("seconds", "baseline", "ratio", "loads"))
    with serve_package(lexical) as registry:
        yield lay_out(head, [_measure(name, surround(name, registry), runs) for name in names])


def _measure(name: str, environment: dict[str, str], runs: int) -> Row:
    module = f"lambdas.{name}.handler"
    times, baselines = [], []
    for _ in range(runs):
        times.append(_time(f"import {module}", environment))
        baselines.append(_time(_BASELINE, environment))
    own, baseline = statistics.median(times), statistics.median(baselines)
    heavy = _list_heavy(module, environment)
    return name, (f"{own:.3f}", f"{baseline:.3f}", f"{own / baseline:.2f}", heavy or "-")


def _time(code: str, environment: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=environment)
    return time.perf_counter() - started


def _list_heavy(module: str, environment: dict[str, str]) -> str:
    code = f"import sys, {module}; print(*sorted({{'numpy', 'onnxruntime'}} & sys.modules.keys()))"
    result = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    return result.stdout.strip()
