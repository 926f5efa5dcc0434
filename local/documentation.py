"""The README's generated tables: `python -m local.documentation` writes them anew."""

import re
import sys
from pathlib import Path

from lambdas.validate.rules.ruleset import list_classes, load_rule_set

README = Path(__file__).parents[1] / "README.md"


def rules_table() -> str:
    """Every rule of every class, the gravest first."""
    gravity = ("reject", "hold", "warn")
    lines = ["| rule | severity | what holds |", "|---|---|---|"]
    for document_class in list_classes():
        rules = [compiled.rule for compiled in load_rule_set(document_class).rules]
        lines += [
            f"| `{rule.id}` | {rule.severity} | {rule.title} |"
            for rule in sorted(rules, key=lambda rule: gravity.index(rule.severity))
        ]
    return "\n".join(lines)


def renew(text: str) -> str:
    """The README's text with its tables as they should be."""
    return re.sub(
        r"(<!-- begin rules -->\n).*?(<!-- end rules -->)",
        lambda match: f"{match[1]}{rules_table()}\n{match[2]}",
        text,
        flags=re.DOTALL,
    )


def main() -> int:
    """Writes the tables."""
    README.write_text(renew(README.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{README.name}: tables written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
