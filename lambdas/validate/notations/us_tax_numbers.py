"""The numbers on a United States tax form, as the SSA and the IRS allow them."""

import re

_PERSON = re.compile(r"(?<![\dX*-])(\d{3})[ -]?(\d{2})[ -]?(\d{4})(?![\d-])")
_EMPLOYER = re.compile(r"(?<![\d-])(\d{2})[ -]?(\d{7})(?![\d-])")

# Numbers printed in advertisements and on sample cards; the SSA never honours them.
_PUBLISHED = {"078051120", "219099999"}
_UNUSED_EMPLOYER_PREFIXES = {
    "00", "07", "08", "09", "17", "18", "19", "28", "29", "49", "69", "70", "78", "79", "89", "96",
    "97",
}  # fmt: skip


def find_person_number(text: str) -> str | None:
    """The nine digits of a complete SSN or ITIN in `text`; None for a truncated one."""
    match = _PERSON.search(text)
    return "".join(match.groups()) if match else None


def find_employer_number(text: str) -> str | None:
    """The nine digits of an EIN in `text`."""
    match = _EMPLOYER.search(text)
    return "".join(match.groups()) if match else None


def is_person_number(digits: str) -> bool:
    """Whether nine digits can be an SSN (SSA, randomised since 2011) or an ITIN (IRS)."""
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    if area[0] == "9":
        return 50 <= int(group) <= 99 and group not in {"66", "67", "68", "69", "89", "93"}
    if area in {"000", "666"} or group == "00" or serial == "0000":
        return False
    return digits not in _PUBLISHED


def is_employer_number(digits: str) -> bool:
    """Whether nine digits begin with a prefix that the IRS assigns."""
    return len(digits) == 9 and digits[:2] not in _UNUSED_EMPLOYER_PREFIXES
