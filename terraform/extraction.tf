locals {
  features = join(",", var.extraction.features)

  # As long as the state ExtractText waits for its job: a place outlives its job by no more than that.
  extraction_lease_seconds = 3600
}

module "extraction" {
  source = "./modules/extraction"

  deployment               = local.deployment
  key                      = module.encryption.keys.confidential
  consumer_timeout_seconds = var.timeouts_seconds.extraction_completed
}

module "reserve" {
  source = "./modules/function"

  deployment         = local.deployment
  key                = module.encryption.keys.internal
  name               = "reserve"
  description        = "Reserves the instant at which a document's Textract job may start"
  image_uri          = var.images.pipeline
  timeout_seconds    = 20
  log_level          = var.log_level
  log_retention_days = var.retention_days.logs

  environment = {
    AUDIT_TABLE           = module.audit.tables.audit.name
    LIMITS_TABLE          = module.audit.tables.limits.name
    QUOTA_MAX_AGE_SECONDS = var.extraction.quota_max_age_seconds
    QUOTA_SHARE           = var.extraction.quota_share
    GIVEN_QUOTA           = jsonencode(var.extraction.quota)
  }

  policies = {
    audit  = module.audit.policies.append_audit
    limits = module.audit.policies.take_places
    quotas = data.aws_iam_policy_document.read_quotas.json
  }
}

module "extract" {
  source = "./modules/function"

  deployment         = local.deployment
  key                = module.encryption.keys.internal
  name               = "extract"
  description        = "Starts a document's Textract job"
  image_uri          = var.images.pipeline
  timeout_seconds    = 60
  log_level          = var.log_level
  log_retention_days = var.retention_days.logs

  environment = {
    DOCUMENTS_TABLE        = module.audit.tables.documents.name
    AUDIT_TABLE            = module.audit.tables.audit.name
    LIMITS_TABLE           = module.audit.tables.limits.name
    EXTRACTIONS_BUCKET     = module.storage.buckets.extractions.name
    EXTRACTIONS_KEY_ARN    = module.encryption.keys.restricted.arn
    NOTIFICATION_TOPIC_ARN = module.extraction.topic_arn
    NOTIFICATION_ROLE_ARN  = module.extraction.notification_role_arn
    FEATURES               = local.features
    LEASE_SECONDS          = local.extraction_lease_seconds
  }

  policies = {
    jobs        = module.extraction.policies.start_jobs
    incoming    = module.storage.policies.read_incoming
    extractions = module.storage.policies.write_raw_extractions
    documents   = module.audit.policies.mark_documents
    audit       = module.audit.policies.append_audit
    limits      = module.audit.policies.take_places
    workflow    = module.workflow.policies.complete_tasks
  }
}

module "extraction_completed" {
  source = "./modules/function"

  deployment         = local.deployment
  key                = module.encryption.keys.internal
  name               = "extraction_completed"
  description        = "Turns a completed Textract job into an extraction and lets the document go on"
  image_uri          = var.images.pipeline
  timeout_seconds    = var.timeouts_seconds.extraction_completed
  memory_mb          = 3008
  log_level          = var.log_level
  log_retention_days = var.retention_days.logs

  environment = {
    DOCUMENTS_TABLE    = module.audit.tables.documents.name
    LIMITS_TABLE       = module.audit.tables.limits.name
    EXTRACTIONS_BUCKET = module.storage.buckets.extractions.name
    FEATURES           = local.features
  }

  policies = {
    queue       = module.extraction.policies.consume_notices
    extractions = module.storage.policies.complete_extractions
    documents   = module.audit.policies.update_documents
    limits      = module.audit.policies.free_places
    workflow    = module.workflow.policies.answer_tasks
  }

  queue = {
    arn             = module.extraction.queue.arn
    batch_size      = 5
    max_concurrency = var.batching.consumers
  }
}

module "sweep" {
  source = "./modules/function"

  deployment         = local.deployment
  key                = module.encryption.keys.internal
  name               = "sweep"
  description        = "Finishes jobs whose notice was lost, and settles batches whose manifest never came"
  image_uri          = var.images.pipeline
  timeout_seconds    = var.timeouts_seconds.sweep
  memory_mb          = 3008
  log_level          = var.log_level
  log_retention_days = var.retention_days.logs

  environment = {
    DOCUMENTS_TABLE           = module.audit.tables.documents.name
    AUDIT_TABLE               = module.audit.tables.audit.name
    LIMITS_TABLE              = module.audit.tables.limits.name
    EXTRACTIONS_BUCKET        = module.storage.buckets.extractions.name
    DECISIONS_BUCKET          = module.storage.buckets.decisions.name
    FEATURES                  = local.features
    OVERDUE_SECONDS           = var.sweeping.overdue_seconds
    MANIFEST_PATIENCE_SECONDS = var.sweeping.manifest_patience_seconds
  }

  policies = {
    jobs        = module.extraction.policies.read_jobs
    extractions = module.storage.policies.complete_extractions
    decisions   = module.storage.policies.deliver_decisions
    documents   = module.audit.policies.sweep_documents
    audit       = module.audit.policies.append_audit
    limits      = module.audit.policies.review_places
    workflow    = module.workflow.policies.answer_tasks
  }

  schedule_expression = var.sweeping.schedule_expression
}

data "aws_iam_policy_document" "read_quotas" {
  statement {
    sid       = "Quotas"
    actions   = ["servicequotas:ListServiceQuotas"]
    resources = ["*"] # the call names no single quota
  }
}
