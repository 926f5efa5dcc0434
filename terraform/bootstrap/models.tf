locals {
  deployment = {
    prefix     = "intray-models"
    partition  = data.aws_partition.current.partition
    region     = var.region
    account_id = data.aws_caller_identity.current.account_id
  }
}

module "encryption" {
  source = "../modules/encryption"

  deployment           = local.deployment
  classifications      = ["confidential", "internal"]
  deletion_window_days = var.protected ? 30 : 7
}

module "audit" {
  source = "../modules/audit"

  deployment          = local.deployment
  key                 = module.encryption.keys.confidential
  tables              = ["audit"]
  deletion_protection = var.protected
}

module "model_registry" {
  source = "../modules/model_registry"

  deployment    = local.deployment
  key           = module.encryption.keys.internal
  image         = "${local.deployment.account_id}.dkr.ecr.${var.region}.${data.aws_partition.current.dns_suffix}/intray/classifier"
  four_eyes     = var.four_eyes
  force_destroy = !var.protected

  audit = {
    table    = module.audit.tables.audit.name
    policies = module.audit.policies
  }
}
