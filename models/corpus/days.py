"""Calendar days as documents print them, also days that do not exist."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Literal

DateStyle = Literal["iso", "day month", "month day", "dots", "slashes us", "slashes uk", "short"]

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
MONTHS = {language: tuple(names.split()) for language, names in _MONTHS.items()}


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A day on paper; nothing keeps it from being 31 February."""

    year: int
    month: int
    day: int

    @classmethod
    def of(cls, when: date) -> "Day":
        """The day of an existing date."""
        return cls(when.year, when.month, when.day)

    def plus(self, days: int) -> "Day":
        """So many days later; the day must exist."""
        return Day.of(date(self.year, self.month, self.day) + timedelta(days=days))

    def printed(self, style: DateStyle, language: str = "en") -> str:
        """As a document of that style and language writes it."""
        if style == "short":
            return f"{self.day:02} {MONTHS['en'][self.month - 1][:3].upper()} {self.year}"
        month = MONTHS[language][self.month - 1]
        written = f"{self.day} {month} {self.year}"
        if language == "de":
            written = f"{self.day}. {month} {self.year}"
        elif language == "es":
            written = f"{self.day} de {month} de {self.year}"
        return {
            "iso": f"{self.year}-{self.month:02}-{self.day:02}",
            "dots": f"{self.day:02}.{self.month:02}.{self.year}",
            "slashes us": f"{self.month:02}/{self.day:02}/{self.year}",
            "slashes uk": f"{self.day:02}/{self.month:02}/{self.year}",
            "month day": f"{month} {self.day}, {self.year}",
            "day month": written,
        }[style]


def draw_day(random: Random, first: date, last: date) -> Day:
    """A day between two dates, both included."""
    return Day.of(first + timedelta(days=random.randint(0, (last - first).days)))


def draw_issued(random: Random) -> Day:
    """A day on which something was issued: 2023 to mid 2025."""
    return draw_day(random, date(2023, 1, 2), date(2025, 6, 30))
