"""Memory at its peak after one answer, and what lies on disk for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from local.bench.comparison import EAGER
from local.bench.process import Process, Way
from local.bench.table import lay_out

_MEGABYTE = 1e6


@dataclass(frozen=True, slots=True)
class Footprint:
    """Bytes of memory, of the model's own files, and of the libraries that were loaded."""

    memory: int
    model: int
    libraries: int


def measure(ways: Sequence[Way], models: Mapping[str, Path], text: str) -> dict[str, Footprint]:
    """Asks each way once; `models` are the model's folders by the ways' names."""
    found = {}
    for way in ways:
        with Process(way) as process:
            reply = process.ask([text], tell_footprint=True)
        found[way.name] = Footprint(
            memory=reply.peak_bytes,
            model=weigh(models[way.name]),
            libraries=sum(weigh(Path(library)) for library in reply.libraries),
        )
    return found


def weigh(place: Path) -> int:
    """The bytes in a file, or in a folder without what Python compiled into it."""
    files = [place] if place.is_file() else place.rglob("*")
    return sum(path.stat().st_size for path in files if path.is_file() and path.suffix != ".pyc")


def tell(footprints: Mapping[str, Footprint]) -> Iterator[str]:
    """The table, in megabytes, and how many times less than PyTorch."""
    yield "Footprint: megabytes; libraries are the folders that are loaded from, each as a whole"
    baseline = footprints.get(EAGER)
    rows = []
    for name, one in footprints.items():
        cells = [f"{one.memory / _MEGABYTE:.0f}"]
        cells += [_compare(baseline.memory, one.memory) if baseline else ""]
        cells += [f"{one.model / _MEGABYTE:.1f}", f"{one.libraries / _MEGABYTE:.0f}"]
        cells += [_compare(baseline.libraries, one.libraries) if baseline else ""]
        rows.append((name, cells))
    yield lay_out(("", ["memory", "ratio", "model", "libraries", "ratio"]), rows)


def _compare(baseline: int, own: int) -> str:
    return f"{baseline / own:.1f}x"
