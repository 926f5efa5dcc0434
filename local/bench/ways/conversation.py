"""What a way's program says: a question a line in, its answers with their times a line out."""

import json
import resource
import site
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

Answer = Callable[[str], Sequence[float]]


def converse(answer: Answer) -> None:
    """Answers until the questions end: each is a list of texts, and whether to tell more."""
    for line in sys.stdin:
        question = json.loads(line)
        seconds, answers = [], []
        for text in question["texts"]:
            started = time.perf_counter()
            answers.append(answer(text))
            seconds.append(time.perf_counter() - started)
        reply: dict[str, object] = {"seconds": seconds, "answers": answers}
        if question["tell_footprint"]:
            reply |= {"peak_bytes": measure_peak(), "libraries": list_libraries()}
        print(json.dumps(reply), flush=True)


def measure_peak() -> int:
    """The most memory that this process ever held, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # Linux's getrusage counts what the parent held when it started this process.
        (line,) = (one for one in status.read_text().splitlines() if one.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def list_libraries() -> list[str]:
    """The folders and files of installed libraries that this process has loaded from."""
    found: set[str] = set()
    for folder in map(Path, site.getsitepackages()):
        for module in list(sys.modules.values()):
            file = getattr(module, "__file__", None)
            if file and Path(file).is_relative_to(folder):
                first = Path(file).relative_to(folder).parts[0]
                found.update(map(str, (folder / first, folder / f"{first}.libs")))
    return sorted(name for name in found if Path(name).exists())
