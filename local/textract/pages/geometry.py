"""Boxes in the upright frame of a page, and the way from there to the page's own coordinates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians, sin


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle: x grows to the right, y downwards, in points or pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The vertical centre, which is what makes two words neighbours on a line."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """The horizontal centre."""
        return (self.left + self.right) / 2

    def overlap_x(self, other: Box) -> float:
        """How far two boxes share a horizontal range; negative is the gap between them."""
        return min(self.right, other.right) - max(self.left, other.left)

    def overlap_y(self, other: Box) -> float:
        """How far two boxes share a vertical range; negative is the gap between them."""
        return min(self.bottom, other.bottom) - max(self.top, other.top)

    def holds(self, x: float, y: float) -> bool:
        """Tell whether the point lies inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def contains(self, other: Box) -> bool:
        """Tell whether the other box's centre lies inside."""
        return self.holds(other.centre, other.middle)

    def corners(self) -> tuple[tuple[float, float], ...]:
        """The four corners, clockwise from the top left as the text reads."""
        return (
            (self.left, self.top),
            (self.right, self.top),
            (self.right, self.bottom),
            (self.left, self.bottom),
        )


def enclose(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of them; there must be at least one."""
    all_boxes = list(boxes)
    return Box(
        min(box.left for box in all_boxes),
        min(box.top for box in all_boxes),
        max(box.right for box in all_boxes),
        max(box.bottom for box in all_boxes),
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """An affine map from the upright frame to the page as displayed, both sides normalised to 0..1.

    Text that runs up the page, or a scan that lies askew, is analysed upright and mapped back.
    """

    xx: float
    xy: float
    x0: float
    yx: float
    yy: float
    y0: float

    def map(self, x: float, y: float) -> tuple[float, float]:
        """A point of the upright frame as a share of the page's width and height."""
        return (
            self.xx * x + self.xy * y + self.x0,
            self.yx * x + self.yy * y + self.y0,
        )

    def shift(self, dx: float, dy: float) -> Frame:
        """The frame of coordinates that become this frame's when (dx, dy) is added to them."""
        x0, y0 = self.map(dx, dy)
        return Frame(self.xx, self.xy, x0, self.yx, self.yy, y0)


def turn(width: float, height: float, degrees: float) -> Frame:
    """The frame of a page whose text runs `degrees` clockwise of upright, about the page's centre.

    The upright coordinates keep the page's unit; only their origin and direction change.
    """
    c, s = cos(radians(degrees)), sin(radians(degrees))
    cx, cy = width / 2, height / 2
    return Frame(
        xx=c / width,
        xy=-s / width,
        x0=(cx - c * cx + s * cy) / width,
        yx=s / height,
        yy=c / height,
        y0=(cy - s * cx - c * cy) / height,
    )


def unturn(width: float, height: float, degrees: float, x: float, y: float) -> tuple[float, float]:
    """The inverse of `turn`: a point of the displayed page, in its unit, brought upright."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    dx, dy = x - width / 2, y - height / 2
    return (c * dx + s * dy + width / 2, -s * dx + c * dy + height / 2)
