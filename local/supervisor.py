"""Puts the endpoint together, serves until it is told to stop, and takes it apart again."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from moto.core.config import default_user_config
from moto.core.models import DEFAULT_ACCOUNT_ID

from local import server
from local.admin import AdminApplication, Controls
from local.announcement import announce
from local.context import GapContext
from local.event_sources.pollers import Pollers
from local.gaps import close_all
from local.lambda_host import moto_hooks, settings
from local.lambda_host.asynchronous import AsynchronousInvocations
from local.lambda_host.functions import Functions
from local.lambda_host.host import LambdaHost
from local.lambda_host.logs import LogWriter
from local.schedule_sources import enabled_schedules
from local.schedules import ScheduleRunner
from local.state import EndpointState, remove_state, write_state
from local.targets import sender
from local.textract_child import TextractChild

LOG = logging.getLogger(__name__)

_LOOK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Options:
    """How the endpoint is started. `code` is what functions of package type Image run from."""

    state_directory: Path
    code: Path
    port: int = 4566
    region: str = "us-east-1"
    with_textract: bool = True
    textract_arguments: tuple[str, ...] = ()
    quiet: bool = False
    until_parent_ends: bool = False

    @property
    def log(self) -> Path:
        """The endpoint's log file."""
        return self.state_directory / "endpoint.log"


def serve(options: Options) -> None:
    """Run the endpoint until SIGTERM or SIGINT."""
    parent = os.getppid()  # before anything slow, during which it might end
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    options.state_directory.mkdir(parents=True, exist_ok=True)
    _log_to(options.log)
    with contextlib.ExitStack() as running:
        state = _start(options, running)
        write_state(options.state_directory, state)
        running.callback(remove_state, options.state_directory)
        if not options.quiet:
            print(announce(state), flush=True)
        LOG.info("serving on %s", state.endpoint)
        while not stop.wait(_LOOK_SECONDS):
            if options.until_parent_ends and os.getppid() != parent:
                break
        LOG.info("stopping")
    LOG.info("stopped")


def _start(options: Options, running: contextlib.ExitStack) -> EndpointState:
    """Start every part; each is ended, last started first, when `running` closes."""
    listening = running.enter_context(server.listen(options.port))
    port = listening.getsockname()[1]
    endpoint_url = f"http://{server.HOST}:{port}"
    _configure_moto(port)

    textract: list[TextractChild] = []

    def textract_url() -> str | None:
        return textract[0].url if textract else None

    logs = LogWriter(moto_hooks.create_log_stream, moto_hooks.put_log_events)
    running.callback(logs.close)
    host = LambdaHost(endpoint_url=endpoint_url, textract_url=textract_url, logs=logs)
    running.callback(host.close)
    functions = Functions(
        host,
        region=options.region,
        account_id=DEFAULT_ACCOUNT_ID,
        code=options.code,
        unpacked=options.state_directory / "code",
    )
    events = AsynchronousInvocations(functions)
    running.callback(events.close)
    settings.keep()
    moto_hooks.install(functions, events)
    pollers = Pollers(functions.invoke_sync, functions.concurrency_of)
    running.callback(pollers.close)
    schedules = ScheduleRunner(enabled_schedules, sender(events.submit))
    running.callback(schedules.close)
    close_all(
        GapContext(
            region=options.region,
            account_id=DEFAULT_ACCOUNT_ID,
            endpoint_url=endpoint_url,
            textract_url=textract_url,
            invoke_async=events.submit,
            invoke_sync=functions.invoke_sync,
        )
    )

    def state() -> EndpointState:
        return EndpointState(
            endpoint=endpoint_url,
            textract=textract_url(),
            lambda_runtime=f"{endpoint_url}/_local/processes",
            pid=os.getpid(),
            log=str(options.log),
        )

    def health() -> dict[str, Any]:
        return {"pid": os.getpid(), "endpoint": endpoint_url, "textract": textract_url()}

    controls = Controls(
        health=health,
        processes=host.describe_processes,
        faults=host.faults,
        fire_schedule=lambda name: schedules.fire_by_name(name, datetime.now(UTC)),
    )
    web = server.make(listening, AdminApplication(controls))
    threading.Thread(target=web.serve_forever, name="endpoint", daemon=True).start()
    running.callback(web.shutdown)
    if options.with_textract:
        textract.append(TextractChild(endpoint_url, options.textract_arguments))
        running.callback(textract[0].close)
    pollers.start()
    schedules.start()
    return state()


def _configure_moto(port: int) -> None:
    """Let moto execute state machines and call itself; hide real credentials from all here."""
    default_user_config["stepfunctions"] = {"execute_state_machine": True}
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update(
        MOTO_PORT=str(port),
        AWS_ACCESS_KEY_ID="local",
        AWS_SECRET_ACCESS_KEY="local",
        AWS_CONFIG_FILE=os.devnull,
        AWS_SHARED_CREDENTIALS_FILE=os.devnull,
        AWS_EC2_METADATA_DISABLED="true",
    )


def _log_to(path: Path) -> None:
    handler = logging.FileHandler(path, mode="w")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for noisy in ("botocore", "boto3", "urllib3"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
