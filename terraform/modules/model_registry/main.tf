locals {
  place = "${var.deployment.region}:${var.deployment.account_id}"

  bucket = {
    name = "${var.deployment.prefix}-${var.deployment.account_id}"
    arn  = "arn:${var.deployment.partition}:s3:::${var.deployment.prefix}-${var.deployment.account_id}"
  }

  # A package lies under its digest, what was found out about it under the digest of the finding: nothing there ever changes.
  immutable = ["packages/*", "evidence/*"]

  arn = {
    group      = "arn:${var.deployment.partition}:sagemaker:${local.place}:model-package-group/${var.deployment.prefix}"
    packages   = "arn:${var.deployment.partition}:sagemaker:${local.place}:model-package/${var.deployment.prefix}/*"
    parameters = "arn:${var.deployment.partition}:ssm:${local.place}:parameter/intray"
  }

  registry = {
    region      = var.deployment.region
    account_id  = var.deployment.account_id
    bucket      = local.bucket.name
    key_arn     = var.key.arn
    group       = var.deployment.prefix
    audit_table = var.audit.table
    image       = var.image
    four_eyes   = var.four_eyes
  }
}

resource "aws_sagemaker_model_package_group" "this" {
  model_package_group_name        = var.deployment.prefix
  model_package_group_description = "The model packages of Intray"

  tags = { Classification = var.key.classification }
}

# Where the `intray` command and every stack find the registry; names only, nothing to hide.
resource "aws_ssm_parameter" "registry" {
  name           = "/intray/models"
  description    = "Names of the model registry's resources"
  type           = "String"
  insecure_value = jsonencode(local.registry)

  tags = { Classification = var.key.classification }
}
