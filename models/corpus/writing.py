"""Writes documents of a genre from its words."""

from collections.abc import Sequence
from random import Random

from models.corpus.content import Block, Boxes, Document, Gap, Pairs, Ruling, Style, Table, Text
from models.corpus.genre import Genre
from models.corpus.places import draw_locale
from models.corpus.slots import fill_slots


def write_document(genre: Genre, random: Random) -> Document:
    """A document of that genre: title, labels, sections of sentences or rows, closing."""
    return _Writer(genre, random).write()


class _Writer:
    """Writes one document."""

    def __init__(self, genre: Genre, random: Random) -> None:
        self.genre, self.random = genre, random
        self.unsaid: list[str] = []
        self.locale = draw_locale(random, "US", "US", "GB", "GB", "DE", "FR", "ES", "IT")

    def fill(self, template: str) -> str:
        """The template with its slots filled."""
        return fill_slots(template, self.random, self.locale)

    def _some(self, choices: Sequence[str], lowest: int, highest: int) -> list[str]:
        count = min(len(choices), self.random.randint(lowest, highest))
        return [self.fill(one) for one in self.random.sample(choices, k=count)]

    def _sentences(self, lowest: int, highest: int) -> str:
        """Some sentences; none is repeated before each has been used."""
        said: list[str] = []
        for _ in range(self.random.randint(lowest, highest)):
            if not self.unsaid:
                if said:
                    break
                choices = self.genre.sentences
                self.unsaid = self.random.sample(choices, k=len(choices))
            said.append(self.fill(self.unsaid.pop()))
        return " ".join(said)

    def write(self) -> Document:
        """The document."""
        genre, random = self.genre, self.random
        title = self.fill(random.choice(genre.titles))
        blocks: list[Block] = [Text(title, size="title", bold=True), Gap(0.8)]
        if genre.labels:
            blocks += [self._labels(), Gap()]
        if genre.sparse:
            blocks += [Text(text) for text in self._some(genre.sentences, 1, 4)]
        else:
            blocks += self._sections()
        if genre.closing:
            blocks += [Gap(), Text(self.fill(random.choice(genre.closing)))]
        style = Style(
            font=random.choice(("Helvetica", "Times")),
            size=random.choice((10.0, 10.5, 11.0)),
            page=self.locale.page,
            accent=random.choice(("#000000", "#20365c", "#5c2020")),
        )
        return Document(title, tuple(blocks), style)

    def _labels(self) -> Block:
        genre, random = self.genre, self.random
        count = max(1, round(len(genre.labels) * random.uniform(0.3, 1.0)))
        chosen = sorted(random.sample(range(len(genre.labels)), k=count))
        pairs = []
        for index in chosen:
            label, _, value = genre.labels[index].partition(" = ")
            pairs.append((self.fill(label), self.fill(value)))
        if len(pairs) > 4 and random.random() < 0.4:
            return Boxes(tuple(tuple(pairs[start : start + 3]) for start in range(0, count, 3)))
        return Pairs(tuple(pairs), random.choice(("colon", "columns")))

    def _sections(self) -> list[Block]:
        genre, random = self.genre, self.random
        blocks: list[Block] = []
        for heading in self._some(genre.headings, 1, 4) or [""]:
            if heading:
                blocks += [Text(heading, size="large", bold=True), Gap(0.3)]
            if genre.sentences:
                for _ in range(random.randint(1, 3)):
                    blocks += [Text(self._sentences(2, 5)), Gap(0.6)]
            if genre.rows:
                blocks += [self._rows(), Ruling() if random.random() < 0.2 else Gap(0.5)]
        return blocks

    def _rows(self) -> Table:
        lines = self._some(self.genre.rows, 3, 12)
        parts = (line.partition("|") for line in lines)
        rows = tuple((text.strip(), value.strip()) for text, _, value in parts)
        return Table((), rows, "lr", (0.75, 0.25), "none")
