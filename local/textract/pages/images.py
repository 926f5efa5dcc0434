"""Image documents: PNG, JPEG and TIFF, the last with any number of pages."""

from __future__ import annotations

import struct
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from local.textract.api.errors import BadDocumentError

MOST_PIXELS_A_SIDE = 10_000
Image.MAX_IMAGE_PIXELS = MOST_PIXELS_A_SIDE**2

# What Pillow raises for bytes that are damaged, cut short or made to exhaust memory.
DAMAGED = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    EOFError,
    IndexError,
    KeyError,
    OSError,
    OverflowError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)


def count_frames(data: bytes) -> int:
    """How many pages an image has; raises BadDocumentError when the first cannot be decoded."""
    try:
        with Image.open(BytesIO(data)) as image:
            if max(image.size) > MOST_PIXELS_A_SIDE:
                raise BadDocumentError(
                    f"Request has an image of more than {MOST_PIXELS_A_SIDE} pixels a side"
                )
            frames: int = getattr(image, "n_frames", 1)
            image.load()
            # A JPEG may carry previews of itself as further frames.
            return frames if image.format == "TIFF" else 1
    except DAMAGED as error:
        raise BadDocumentError("Request has an image that cannot be read") from error
