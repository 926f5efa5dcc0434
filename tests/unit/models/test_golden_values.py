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
    "invoice": (4.87, 0.71, -0.76, -0.73, -0.83, -1.04, -1.06, -0.43, -0.72),
    "contract": (-0.33, -0.30, -0.80, -0.87, -0.45, 2.85, -0.52, -0.42, 0.84),
    "resume": (-0.59, -0.27, -0.65, -1.20, -0.07, -0.91, 0.03, 3.50, 0.17),
    "tax_form": (-0.64, -0.62, -0.63, 5.79, -1.01, -1.13, -0.98, -0.64, -0.14),
}


@pytest.mark.parametrize("label", TEXTS)
def test_the_package_answers_as_it_always_did(small_package: ModelPackage, label: str) -> None:
    classifier = Classifier(small_package)
    assert classifier.classify(TEXTS[label]).label == label
    assert classifier.read(TEXTS[label]).logits == pytest.approx(LOGITS[label], abs=TOLERANCE)
