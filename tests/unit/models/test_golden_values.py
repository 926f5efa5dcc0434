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
    "invoice": (5.12, 0.75, -0.92, -0.69, -0.85, -1.27, -0.98, -0.41, -0.75),
    "contract": (-0.56, -0.42, -0.63, -0.68, -0.71, 3.30, -0.60, -0.45, 0.76),
    "resume": (-0.46, -0.32, -0.47, -0.94, -0.48, -0.85, 0.11, 2.82, 0.58),
    "tax_form": (-0.69, -0.95, -0.56, 6.12, -1.07, -1.29, -0.53, -0.78, -0.25),
}


@pytest.mark.parametrize("label", TEXTS)
def test_the_package_answers_as_it_always_did(small_package: ModelPackage, label: str) -> None:
    classifier = Classifier(small_package)
    assert classifier.classify(TEXTS[label]).label == label
    assert classifier.read(TEXTS[label]).logits == pytest.approx(LOGITS[label], abs=TOLERANCE)
