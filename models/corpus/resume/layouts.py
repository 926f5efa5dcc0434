"""How resumes look: a name on top, periods in front of or behind the positions."""

from random import Random

from models.corpus.content import Block, Document, Gap, Ruling, Style, Text
from models.corpus.days import MONTHS
from models.corpus.places import read_language
from models.corpus.resume.facts import Month, Resume, Station


def compose_resume(resume: Resume, random: Random) -> Document:
    """Lay the resume out."""
    language = read_language("resume")
    words, trade = language["words"], language["trades"][resume.trade]

    def choose(name: str) -> str:
        chosen: str = random.choice(words[name])
        return chosen

    align = random.choice(("left", "center"))
    contact = " | ".join(
        part for part in (", ".join(resume.person.address), resume.phone, resume.email) if part
    )
    years = len(resume.positions) * 3
    summary = (
        f"{random.choice(trade['roles'])} with {years} years of experience in "
        f"{resume.skills[0]} and {resume.skills[1]}."
    )
    after = random.random() < 0.5
    experience: list[Block] = [
        Text(choose("experience"), size="large", bold=True),
        Ruling(),
        Gap(0.4),
    ]
    for station in resume.positions:
        experience += _station(station, after=after)
    education: list[Block] = [
        Text(choose("education"), size="large", bold=True),
        Ruling(),
        Gap(0.4),
    ]
    education += _station(resume.school, after=after)
    skills: list[Block] = [
        Text(choose("skills"), size="large", bold=True),
        Ruling(),
        Gap(0.4),
        Text(", ".join(resume.skills)),
        Gap(),
    ]
    sections = [experience, education, skills]
    if random.random() < 0.3:
        sections = [skills, experience, education]
    blocks: tuple[Block, ...] = (
        Text(
            resume.person.name,
            size="title",
            bold=True,
            align="center" if align == "center" else "left",
        ),
        Gap(0.4),
        Text(contact, align="center" if align == "center" else "left"),
        Gap(),
        Text(choose("summary"), size="large", bold=True),
        Ruling(),
        Gap(0.4),
        Text(summary),
        Gap(),
        *(block for section in sections for block in section),
        Text(f"Languages: {choose('languages')}"),
        Text(choose("closing")),
    )
    style = Style(
        font=random.choice(("Helvetica", "Times")),
        size=random.choice((10.0, 10.5, 11.0)),
        page=resume.locale.page,
        accent=random.choice(("#000000", "#1f3a5f", "#4a2545")),
    )
    return Document(f"Resume of {resume.person.name}", blocks, style)


def _month(month: Month) -> str:
    return f"{MONTHS['en'][month[1] - 1][:3]} {month[0]}"


def _station(station: Station, *, after: bool) -> tuple[Block, ...]:
    period = (
        f"{_month(station.since)} \u2013 {_month(station.until) if station.until else 'Present'}"
    )
    title = f"{station.role}, {station.place}"
    lines = (title, period) if after else (period, title)
    return (
        Text(lines[0], bold=True),
        Text(lines[1]),
        *(Text(f"\u2022 {duty}") for duty in station.duties),
        Gap(0.6),
    )
