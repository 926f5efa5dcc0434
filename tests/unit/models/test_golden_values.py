"""What the small package says about four texts: other numbers mean another model.

When the generator's words or the recipe were changed on purpose, read the new values and pin them.
"""

import pytest

from lambdas.classify.inference import Classifier
from lambdas.classify.package import ModelPackage

TOLERANCE = 0.05
TEXTS = {
    "invoice": "INVOICE\nInvoice number 4711\nBill to Northgate Foods Ltd\nSubtotal 100.00\n"
    "VAT 20% 20.00\nTotal due 120.00",
    "contract": "SERVICES AGREEMENT\nThis Agreement is entered into as of 1 March 2024 between the "
    "parties.\nWHEREAS the parties agree as follows\nGoverning law\nIN WITNESS WHEREOF the parties "
    "have executed this Agreement",
    "resume": "Jane Miller\nWork Experience\nSenior Accountant, Mar 2019 - Present\nEducation\n"
    "B.A. Accounting\nSkills: Excel, Auditing, Payroll\nReferences available upon request",
    "tax_form": "Form W-2 Wage and Tax Statement\nEmployee's social security number\nWages, tips, "
    "other compensation\nFederal income tax withheld\nMedicare tax withheld",
}
LOGITS = {
    "invoice": (5.42, 1.26, -1.16, -1.16, -1.06, -1.47, -0.87, -1.10, 0.14),
    "contract": (-0.68, -0.46, -1.26, -0.80, -0.91, 4.32, -0.91, -0.47, 1.17),
    "resume": (-0.81, -0.88, -0.85, -0.54, -0.60, -0.94, -0.28, 4.08, 0.82),
    "tax_form": (-1.31, -1.27, -0.87, 8.60, -1.34, -1.63, -1.06, -1.13, 0.02),
}


@pytest.mark.parametrize("label", TEXTS)
def test_the_package_answers_as_it_always_did(small_package: ModelPackage, label: str) -> None:
    classifier = Classifier(small_package)
    assert classifier.classify(TEXTS[label]).label == label
    assert classifier.read(TEXTS[label]).logits == pytest.approx(LOGITS[label], abs=TOLERANCE)
