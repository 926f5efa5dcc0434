"""`python -m local.textract`: serve Textract on this machine until SIGTERM or SIGINT."""

from __future__ import annotations

import argparse
import logging
import os
import signal
from collections.abc import Sequence
from threading import Event, Thread

from local.textract.jobs.quotas import Limits
from local.textract.service import open_service


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until told to stop; the line with the address says that calls are answered."""
    options = _parse(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s textract %(levelname)s %(message)s")
    limits = Limits(options.start_rate, options.get_rate, options.open_jobs)
    with open_service(
        port=options.port,
        endpoint_url=options.aws_endpoint_url,
        region=options.region,
        delay=options.delay,
        limits=limits,
        ocr_workers=options.ocr_workers,
    ) as server:
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        Thread(target=server.serve_forever, name="serve", daemon=True).start()
        print(f"textract listening on {server.url}", flush=True)
        stop.wait()
        server.shutdown()


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    limits = Limits()
    parser = argparse.ArgumentParser(prog="python -m local.textract", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument(
        "--aws-endpoint-url", "--aws-endpoint", required=True, help="where S3, SNS and KMS are"
    )
    parser.add_argument("--region", default=os.environ.get("AWS_REGION", "us-east-1"))
    parser.add_argument("--delay", type=float, default=0.5, help="seconds from work to result")
    parser.add_argument(
        "--start-rate", type=float, default=limits.start_rate, help="starts a second"
    )
    parser.add_argument("--get-rate", type=float, default=limits.get_rate, help="gets a second")
    parser.add_argument("--open-jobs", type=int, default=limits.open_jobs)
    parser.add_argument("--ocr-workers", type=int, default=1, help="processes of about 1 GB each")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
