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
    "invoice": (4.39, 0.47, -0.62, -0.68, -0.72, -1.08, -0.84, -0.53, -0.41),
    "contract": (-0.20, -0.27, -0.26, -0.69, -0.53, 2.48, -0.46, -0.32, 0.25),
    "resume": (-0.24, -0.21, -0.11, -0.72, -0.45, -0.74, -0.19, 1.94, 0.71),
    "tax_form": (-0.41, -0.44, -0.25, 4.62, -0.79, -1.15, -0.88, -0.50, -0.18),
}


@pytest.mark.parametrize("label", TEXTS)
def test_the_package_answers_as_it_always_did(small_package: ModelPackage, label: str) -> None:
    classifier = Classifier(small_package)
    assert classifier.classify(TEXTS[label]).label == label
    assert classifier.read(TEXTS[label]).logits == pytest.approx(LOGITS[label], abs=TOLERANCE)
