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
    "invoice": (5.13, 0.78, -0.92, -0.74, -0.82, -1.23, -0.97, -0.58, -0.65),
    "contract": (-0.59, -0.36, -0.61, -0.93, -0.58, 3.10, -0.52, -0.46, 0.95),
    "resume": (-0.47, -0.32, -0.47, -1.27, -0.21, -0.86, -0.06, 3.29, 0.39),
    "tax_form": (-0.66, -0.82, -0.50, 5.90, -1.01, -1.03, -1.00, -0.70, -0.18),
}


@pytest.mark.parametrize("label", TEXTS)
def test_the_package_answers_as_it_always_did(small_package: ModelPackage, label: str) -> None:
    classifier = Classifier(small_package)
    assert classifier.classify(TEXTS[label]).label == label
    assert classifier.read(TEXTS[label]).logits == pytest.approx(LOGITS[label], abs=TOLERANCE)
