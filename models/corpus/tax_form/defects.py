"""What can be wrong with a wage statement."""

from dataclasses import replace

from models.corpus.defects import Defect
from models.corpus.tax_form.facts import WageStatement

DEFECTS: tuple[Defect[WageStatement], ...] = (
    Defect(
        "ssn_never_issued",
        "reject",
        ("tax_form.ssn_valid",),
        "social security numbers do not start with 000",
        lambda statement: replace(statement, ssn=f"000{statement.ssn[3:]}"),
    ),
    Defect(
        "withheld_more_than_wages",
        "reject",
        ("tax_form.withholding_below_wages",),
        "more federal income tax was withheld than wages were paid",
        lambda statement: replace(statement, withheld=statement.wages + 1000),
    ),
    Defect(
        "ein_never_assigned",
        "hold",
        ("tax_form.ein_valid",),
        "employer identification numbers do not start with 00",
        lambda statement: replace(statement, ein=f"00{statement.ein[2:]}"),
    ),
    Defect(
        "social_security_tax_wrong",
        "hold",
        ("tax_form.social_security_tax_adds_up",),
        "social security tax is 250.00 more than 6.2 % of the wages",
        lambda statement: replace(
            statement, social_security_tax=statement.social_security_tax + 250
        ),
    ),
    Defect(
        "medicare_tax_wrong",
        "hold",
        ("tax_form.medicare_tax_adds_up",),
        "Medicare tax is 120.00 more than 1.45 % of the wages",
        lambda statement: replace(statement, medicare_tax=statement.medicare_tax + 120),
    ),
    Defect(
        "year_2099",
        "hold",
        ("tax_form.year_valid",),
        "the statement is for the tax year 2099",
        lambda statement: replace(statement, year=2099),
    ),
    Defect(
        "employer_missing",
        "hold",
        ("tax_form.parties_present",),
        "the box of the employer is empty",
        lambda statement: replace(statement, employer=None),
    ),
)
