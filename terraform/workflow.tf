module "workflow" {
  source = "./modules/workflow"

  deployment              = local.deployment
  definitions             = "${path.root}/../statemachines"
  run_batches_policy_json = module.storage.policies.run_batches
  log_retention_days      = var.retention_days.logs

  keys = {
    confidential = module.encryption.keys.confidential
    internal     = module.encryption.keys.internal
  }

  functions = {
    reserve        = module.reserve.arn
    extract        = module.extract.arn
    classify       = module.classify.arn
    validate       = module.validate.arn
    route          = module.route.arn
    deliver        = module.deliver.arn
    record_failure = module.record_failure.arn
    summarise      = module.summarise.arn
  }

  summary_topic = {
    arn                 = module.summary_topic.arn
    publish_policy_json = module.summary_topic.publish_policy_json
  }
}

module "summary_topic" {
  source = "./modules/topic"

  deployment  = local.deployment
  key         = module.encryption.keys.confidential
  name        = "batch-summary"
  subscribers = { for subscriber in var.subscribers : "${subscriber.protocol}:${subscriber.endpoint}" => subscriber }
}

module "summarise" {
  source = "./modules/function"

  deployment         = local.deployment
  key                = module.encryption.keys.internal
  name               = "summarise"
  description        = "Writes the report of a batch and settles what its own execution could not"
  image_uri          = var.images.pipeline
  timeout_seconds    = var.timeouts_seconds.summarise
  memory_mb          = 1024
  log_level          = var.log_level
  log_retention_days = var.retention_days.logs

  environment = {
    DOCUMENTS_TABLE  = module.audit.tables.documents.name
    AUDIT_TABLE      = module.audit.tables.audit.name
    DECISIONS_BUCKET = module.storage.buckets.decisions.name
  }

  policies = {
    batches   = module.storage.policies.read_batches
    reports   = module.storage.policies.write_reports
    decisions = module.storage.policies.deliver_decisions
    documents = module.audit.policies.settle_documents
    audit     = module.audit.policies.append_audit
  }
}
