"""How wage statements look: the numbered boxes of the form, ruled or as a list."""

from random import Random

from models.corpus.content import Block, Boxes, Document, Gap, Pairs, Style, Text
from models.corpus.tax_form.facts import WageStatement

_COPIES = (
    "Copy B - To Be Filed With Employee's FEDERAL Tax Return. This information is being "
    "furnished to the Internal Revenue Service.",
    "Copy C - For EMPLOYEE'S RECORDS. Notice to Employee: see the instructions on the back.",
    "Copy 2 - To Be Filed With Employee's State, City, or Local Income Tax Return.",
)


def compose_wage_statement(statement: WageStatement, random: Random) -> Document:
    """Lay the statement out as the ruled form, or as a payroll system prints it."""
    blocks = _as_form(statement) if random.random() < 0.7 else _as_list(statement)
    style = Style(font="Helvetica", size=10.0, page=statement.locale.page, margin=42.0)
    copy = Text(random.choice(_COPIES), size="small")
    return Document(f"Form W-2 {statement.year}", (*blocks, Gap(), copy), style)


def _employer(statement: WageStatement) -> str:
    company = statement.employer
    return "" if company is None else ", ".join((company.name, *company.address))


def _employee(statement: WageStatement) -> str:
    return ", ".join((statement.employee.name, *statement.employee.address))


def _sums(statement: WageStatement) -> tuple[tuple[str, str], ...]:
    bare = statement.locale.purse.bare
    return (
        ("1 Wages, tips, other compensation", bare(statement.wages)),
        ("2 Federal income tax withheld", bare(statement.withheld)),
        ("3 Social security wages", bare(statement.social_security_wages)),
        ("4 Social security tax withheld", bare(statement.social_security_tax)),
        ("5 Medicare wages and tips", bare(statement.medicare_wages)),
        ("6 Medicare tax withheld", bare(statement.medicare_tax)),
    )


def _as_form(statement: WageStatement) -> tuple[Block, ...]:
    sums, bare = _sums(statement), statement.locale.purse.bare
    return (
        Text(f"Form W-2  Wage and Tax Statement  {statement.year}", size="large", bold=True),
        Text("Department of the Treasury - Internal Revenue Service     OMB No. 1545-0008"),
        Gap(0.5),
        Boxes(
            (
                (
                    ("a Employee's social security number", statement.ssn),
                    ("Tax year", str(statement.year)),
                ),
                (("b Employer identification number (EIN)", statement.ein), sums[0], sums[1]),
                (
                    ("c Employer's name, address, and ZIP code", _employer(statement)),
                    sums[2],
                    sums[3],
                ),
                (("d Control number", statement.control), sums[4], sums[5]),
                (("e Employee's name, address, and ZIP code", _employee(statement)),),
                (
                    ("15 State", statement.state),
                    ("Employer's state ID number", statement.state_number),
                    ("16 State wages, tips, etc.", bare(statement.wages)),
                    ("17 State income tax", bare(statement.state_tax)),
                ),
            ),
            (
                (0.5, 0.5),
                (0.4, 0.3, 0.3),
                (0.4, 0.3, 0.3),
                (0.4, 0.3, 0.3),
                (1.0,),
                (0.12, 0.28, 0.3, 0.3),
            ),
        ),
    )


def _as_list(statement: WageStatement) -> tuple[Block, ...]:
    return (
        Text(f"{statement.year} W-2 Wage and Tax Statement", size="title", bold=True),
        Text("Information furnished to the Internal Revenue Service. OMB No. 1545-0008"),
        Gap(),
        Pairs(
            (
                ("Tax year", str(statement.year)),
                ("a Employee's social security number", statement.ssn),
                ("b Employer identification number (EIN)", statement.ein),
                ("c Employer's name", _employer(statement)),
                ("e Employee's name", _employee(statement)),
            )
        ),
        Gap(),
        Pairs(_sums(statement)),
        Gap(),
        Pairs((("d Control number", statement.control), ("15 State", statement.state))),
    )
