"""What a cold start costs: each handler imported by a fresh interpreter, beside boto3 alone."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from local.deployment import CREDENTIALS

_RUNS = 5
_HANDLERS = Path(__file__).parents[1] / "lambdas"
_BASELINE = "import boto3; boto3.client('s3')"

_VARIABLES = (
    "AUDIT_TABLE",
    "DEAD_LETTER_QUEUE_URL",
    "DECISIONS_BUCKET",
    "DOCUMENTS_TABLE",
    "DUPLICATE_WINDOW_DAYS",
    "EXTRACTIONS_BUCKET",
    "EXTRACTIONS_KEY_ARN",
    "FEATURES",
    "IDEMPOTENCY_TABLE",
    "LEASE_SECONDS",
    "LIMITS_TABLE",
    "MANIFEST_PATIENCE_SECONDS",
    "MAX_BYTES",
    "MAX_CONCURRENCY",
    "MAX_PAGES",
    "NOTIFICATION_ROLE_ARN",
    "NOTIFICATION_TOPIC_ARN",
    "OVERDUE_SECONDS",
    "QUOTA_MAX_AGE_SECONDS",
    "QUOTA_SHARE",
    "REGISTRATION_LEASE_SECONDS",
    "STATE_MACHINE_ARN",
)
"""What any function reads; a function whose variable is missing here fails its import, by name."""


def main() -> int:
    """Times every handler's import in turn with the baseline, and prints medians and ratios."""
    names = sorted(path.parent.name for path in _HANDLERS.glob("*/handler.py"))
    print(f"median of {_RUNS}, each in turn with {_BASELINE!r}")
    print(f"{'handler':22} {'seconds':>8} {'baseline':>8} {'ratio':>6}  numpy, onnxruntime")
    for name in names:
        module = f"lambdas.{name}.handler"
        times, baselines = [], []
        for _ in range(_RUNS):
            times.append(_time(f"import {module}", name))
            baselines.append(_time(_BASELINE, name))
        own, baseline = statistics.median(times), statistics.median(baselines)
        heavy = _loads_heavy(module, name)
        print(f"{name:22} {own:8.3f} {baseline:8.3f} {own / baseline:6.2f}  {heavy or '-'}")
    return 0


def _time(code: str, name: str) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, env=_environment(name))
    return time.perf_counter() - started


def _loads_heavy(module: str, name: str) -> str:
    code = f"import sys, {module}; print(*{{'numpy', 'onnxruntime'}} & sys.modules.keys())"
    result = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        env=_environment(name),
        capture_output=True,
        text=True,
    )
    return result.stdout.strip()


def _environment(name: str) -> dict[str, str]:
    """Every variable that any function reads, so that the settings load."""
    return {
        **os.environ,
        **CREDENTIALS,
        **dict.fromkeys(_VARIABLES, "1"),
        "GIVEN_QUOTA": "null",
        "MODEL_PACKAGE": "build/model",
        "POWERTOOLS_SERVICE_NAME": name,
        "POWERTOOLS_METRICS_NAMESPACE": "Intray",
    }


if __name__ == "__main__":
    sys.exit(main())
