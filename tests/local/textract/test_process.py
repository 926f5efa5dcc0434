"""`python -m local.textract` as the endpoint starts it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.local.textract.conftest import Cloud
from tests.local.textract.paper import paint, save, write_lines, write_pdf

_ROOT = Path(__file__).parents[3]


def _children_of(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children")
    threads = Path(f"/proc/{pid}/task").glob("*/children") if found.exists() else []
    return [int(child) for path in threads for child in path.read_text().split()]


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_says_where_it_listens_and_ends_with_its_ocr_on_sigterm(
    cloud: Cloud, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "local.textract", "--port", "0", "--aws-endpoint", cloud.url]
    environment = dict(os.environ, PYTHONPATH=str(_ROOT))
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=tmp_path, env=environment
    ) as process:
        assert process.stdout
        line = process.stdout.readline()
        match = re.fullmatch(r"textract listening on (http://127\.0\.0\.1:\d+)\n", line)
        assert match
        client = cloud.client("textract", match.group(1))
        for data in (write_pdf(write_lines("Hello")), save(paint("Hello", size=(400, 200)))):
            reply: Any = client.detect_document_text(Document={"Bytes": data})
            assert "Hello" in [block.get("Text") for block in reply["Blocks"]]
        children = _children_of(process.pid)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    assert len(children) == 1
    assert not _is_running(children[0])
