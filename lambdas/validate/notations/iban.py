"""International bank account numbers: ISO 13616 lengths by country, ISO 7064 mod 97-10."""

import re

LENGTHS = {
    country: length
    for length, countries in {
        15: "NO",
        16: "BE",
        18: "DK FI FO GL NL SD",
        19: "MK SI",
        20: "AT BA EE KZ LT LU XK MN",
        21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA",
        23: "AE GI IL IQ OM SO TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST",
        26: "IS TR",
        27: "BI DJ FR GR IT MC MR SM",
        28: "AL AZ BY CY DO GT HU LB NI PL SV",
        29: "BR EG PS QA UA",
        30: "JO KW MU YE",
        31: "MT SC",
        32: "LC",
        33: "RU",
    }.items()
    for country in countries.split()
}

_WRITTEN = re.compile(r"\b([A-Z]{2})[ ]?(\d{2})((?:[ .-]?[A-Z0-9]){11,30})\b")


def find_iban(text: str) -> str | None:
    """The first IBAN written in `text`, in its electronic form; right or wrong, but of its length.

    What follows the number on the same line is cut off at the length of its country.
    """
    for match in _WRITTEN.finditer(text.upper()):
        compact = re.sub(r"[ .-]", "", match[0])
        length = LENGTHS.get(compact[:2])
        if length is None:
            continue
        if len(compact) > length:
            compact = compact[:length]
        return compact
    return None


def is_iban(text: str) -> bool:
    """Whether `text`, in electronic form, has its country's length and a right checksum."""
    if len(text) != LENGTHS.get(text[:2]) or not text.isascii() or not text.isalnum():
        return False
    rearranged = text[4:] + text[:4]
    return int("".join(str(int(char, 36)) for char in rearranged)) % 97 == 1
