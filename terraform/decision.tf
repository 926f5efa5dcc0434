module "promoted_model" {
  source = "./modules/promoted_model"

  deployment = local.deployment
  workspace  = local.workspace
}

module "classify" {
  source = "./modules/function"

  deployment         = local.deployment
  key                = module.encryption.keys.internal
  name               = "classify"
  description        = "Tells what kind of document it is, by the model package"
  image_uri          = var.images.classifier
  timeout_seconds    = 60
  memory_mb          = 1769
  log_level          = var.log_level
  log_retention_days = var.retention_days.logs

  environment = {
    AUDIT_TABLE        = module.audit.tables.audit.name
    EXTRACTIONS_BUCKET = module.storage.buckets.extractions.name
    MODELS_BUCKET      = module.promoted_model.bucket_name
    MODEL_PACKAGE      = module.promoted_model.model.digest
  }

  policies = {
    extractions  = module.storage.policies.read_extractions
    explanations = module.storage.policies.write_explanations
    packages     = module.promoted_model.read_packages_policy_json
    audit        = module.audit.policies.append_audit
  }
}

module "validate" {
  source = "./modules/function"

  deployment         = local.deployment
  key                = module.encryption.keys.internal
  name               = "validate"
  description        = "Evaluates the rule set of a document's class"
  image_uri          = var.images.pipeline
  timeout_seconds    = 60
  memory_mb          = 1769
  log_level          = var.log_level
  log_retention_days = var.retention_days.logs

  environment = {
    AUDIT_TABLE        = module.audit.tables.audit.name
    EXTRACTIONS_BUCKET = module.storage.buckets.extractions.name
  }

  policies = {
    extractions = module.storage.policies.read_extractions
    findings    = module.storage.policies.write_findings
    audit       = module.audit.policies.append_audit
  }
}

module "route" {
  source = "./modules/function"

  deployment         = local.deployment
  key                = module.encryption.keys.internal
  name               = "route"
  description        = "Decides a document's route: pass, hold or reject"
  image_uri          = var.images.pipeline
  timeout_seconds    = 20
  log_level          = var.log_level
  log_retention_days = var.retention_days.logs

  environment = {
    DOCUMENTS_TABLE = module.audit.tables.documents.name
    AUDIT_TABLE     = module.audit.tables.audit.name
  }

  policies = {
    findings  = module.storage.policies.read_findings
    documents = module.audit.policies.update_documents
    audit     = module.audit.policies.append_audit
  }
}

module "deliver" {
  source = "./modules/function"

  deployment         = local.deployment
  key                = module.encryption.keys.internal
  name               = "deliver"
  description        = "Writes a decision where the business picks it up"
  image_uri          = var.images.pipeline
  timeout_seconds    = 30
  log_level          = var.log_level
  log_retention_days = var.retention_days.logs

  environment = {
    DOCUMENTS_TABLE  = module.audit.tables.documents.name
    AUDIT_TABLE      = module.audit.tables.audit.name
    DECISIONS_BUCKET = module.storage.buckets.decisions.name
  }

  policies = {
    decisions = module.storage.policies.deliver_decisions
    documents = module.audit.policies.update_documents
    audit     = module.audit.policies.append_audit
  }
}

module "record_failure" {
  source = "./modules/function"

  deployment         = local.deployment
  key                = module.encryption.keys.internal
  name               = "record_failure"
  description        = "Holds a document whose processing failed, with the reason"
  image_uri          = var.images.pipeline
  timeout_seconds    = 20
  log_level          = var.log_level
  log_retention_days = var.retention_days.logs

  environment = {
    DOCUMENTS_TABLE = module.audit.tables.documents.name
    AUDIT_TABLE     = module.audit.tables.audit.name
  }

  policies = {
    documents = module.audit.policies.update_documents
    audit     = module.audit.policies.append_audit
  }
}
