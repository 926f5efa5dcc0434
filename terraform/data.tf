module "encryption" {
  source = "./modules/encryption"

  deployment           = local.deployment
  deletion_window_days = var.protected ? 30 : 7
}

module "storage" {
  source = "./modules/storage"

  deployment              = local.deployment
  force_destroy           = !var.protected
  noncurrent_version_days = var.retention_days.noncurrent_versions

  keys = {
    restricted   = module.encryption.keys.restricted
    confidential = module.encryption.keys.confidential
  }
}

module "audit" {
  source = "./modules/audit"

  deployment          = local.deployment
  key                 = module.encryption.keys.confidential
  deletion_protection = var.protected
}
