"""The local Textract as a child process of the endpoint."""

from __future__ import annotations

import logging
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Sequence

LOG = logging.getLogger(__name__)

_LISTENING = re.compile(r"textract listening on (http://\S+)")
_START_SECONDS = 60
_STOP_SECONDS = 10
_PAUSE_SECONDS = 1.0


class TextractChild:
    """Starts the local Textract, and starts it again on the same port should it die.

    `RuntimeError` if it does not come up; what it prints goes to the log.
    """

    def __init__(self, endpoint_url: str, arguments: Sequence[str] = ()) -> None:
        self._endpoint_url = endpoint_url
        self._arguments = list(arguments)
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._process, self.url = self._start(port=0)
        threading.Thread(target=self._watch, name="textract", daemon=True).start()

    def close(self) -> None:
        """End it, and wait until it has ended its own child."""
        with self._lock:
            self._closing.set()
            process = self._process
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _start(self, port: int) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "local.textract", "--port", str(port)),
                *("--aws-endpoint", self._endpoint_url, *self._arguments),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        addresses: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        threading.Thread(target=self._log_output, args=(process, addresses), daemon=True).start()
        try:
            url = addresses.get(timeout=_START_SECONDS)
        except queue.Empty:
            url = None
        if url is None:
            process.kill()
            process.wait()
            raise RuntimeError("the local Textract did not start; the log says why")
        return process, url

    def _log_output(
        self, process: subprocess.Popen[str], addresses: queue.SimpleQueue[str | None]
    ) -> None:
        output = process.stdout
        assert output is not None
        with output:
            for line in output:
                LOG.info("%s", line.rstrip())
                if match := _LISTENING.search(line):
                    addresses.put(match[1])
        addresses.put(None)

    def _watch(self) -> None:
        while not self._closing.is_set():
            code = self._process.wait()
            if self._closing.wait(_PAUSE_SECONDS):
                return
            LOG.error("the local Textract ended (%s) and is started again", code)
            try:
                process, _ = self._start(port=int(self.url.rsplit(":", 1)[-1]))
            except RuntimeError:
                LOG.exception("the local Textract could not be started again")
                continue
            with self._lock:
                self._process = process
                if self._closing.is_set():
                    process.terminate()
