"""The OCR process: pages come in on standard input, what was read goes out on standard output."""

from __future__ import annotations

import os
import signal
import sys
from io import BytesIO
from typing import BinaryIO

import cv2
import numpy as np
from PIL import Image, ImageOps

from local.textract.pages.images import DAMAGED
from local.textract.pages.ocr import Damaged, ImageRequest, PictureRequest, receive, send
from local.textract.pages.page import Page
from local.textract.pages.pixels import Image as Pixels
from local.textract.pages.recognition import Recogniser
from local.textract.pages.scan import read_scan


def main() -> None:
    """Answer requests until the server closes the pipe; `argv[1]` is the number of threads."""
    threads = int(sys.argv[1])
    cv2.setNumThreads(threads)
    # Ctrl-C in a terminal reaches the whole group; the server decides when its child ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests = sys.stdin.buffer
    with take_output() as replies:
        recogniser = Recogniser(threads)
        while True:
            try:
                request = receive(requests)
            except EOFError:
                return
            send(replies, answer(request, recogniser))


def take_output() -> BinaryIO:
    """Keep standard output for replies; whatever libraries print goes to standard error."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return replies


def answer(request: PictureRequest | ImageRequest, recogniser: Recogniser) -> Page | Damaged:
    """Read one page, or say why it cannot be decoded."""
    try:
        pixels = unpack(request) if isinstance(request, PictureRequest) else decode(request)
    except DAMAGED as error:
        return Damaged(f"The image cannot be decoded: {error}")
    return read_scan(pixels, request.number, recogniser)


def unpack(request: PictureRequest) -> Pixels:
    """The pixels of a rendered page, without what pads its rows."""
    picture = request.picture
    rows = np.frombuffer(picture.data, dtype=np.uint8).reshape(picture.height, picture.stride)
    pixels = rows[:, : 3 * picture.width].reshape(picture.height, picture.width, 3)
    return np.ascontiguousarray(pixels)


def decode(request: ImageRequest) -> Pixels:
    """One frame as BGR on white, turned as its EXIF says."""
    with Image.open(BytesIO(request.data)) as image:
        image.seek(request.frame)
        upright = ImageOps.exif_transpose(image)
        if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
            layer = upright.convert("RGBA")
            upright = Image.new("RGB", layer.size, "white")
            upright.paste(layer, mask=layer.getchannel("A"))
        colours = np.asarray(upright.convert("RGB"), dtype=np.uint8)
    return np.ascontiguousarray(colours[:, :, ::-1])


if __name__ == "__main__":
    main()
