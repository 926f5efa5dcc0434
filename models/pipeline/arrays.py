"""Arrays in a file, of the same bytes wherever and whenever they are written."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

import numpy as np
from numpy.typing import NDArray

from models.lexical.calibration import Judged
from models.pipeline.faults import StageError

UNSEEN = "unseen.npz"


class TrainedError(StageError):
    """A folder is not what the train stage writes."""


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays by their names, in the npz format.

    Neither dated, nor compressed: what zlib makes of bytes depends on its version.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(path, "w") as file:
        for name, array in arrays.items():
            with file.open(ZipInfo(f"{name}.npy"), "w", force_zip64=True) as entry:
                np.lib.format.write_array(entry, np.ascontiguousarray(array), allow_pickle=False)


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays by their names; raises TrainedError."""
    if not path.is_file():
        raise TrainedError(f"{path} is not there: `python -m models train` writes it")
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}
    except (BadZipFile, OSError, ValueError) as error:
        raise TrainedError(f"{path} cannot be read: {error}") from error


def write_unseen(folder: Path, judged: Judged) -> None:
    """Write what was judged by models that had not seen the like."""
    write_arrays(
        folder / UNSEEN, {field.name: getattr(judged, field.name) for field in fields(judged)}
    )


def read_unseen(folder: Path) -> Judged:
    """What was judged; raises TrainedError."""
    return Judged(**read_arrays(folder / UNSEEN))
