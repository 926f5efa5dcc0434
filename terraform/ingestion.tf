module "ingestion" {
  source = "./modules/ingestion"

  deployment               = local.deployment
  key                      = module.encryption.keys.confidential
  bucket_name              = module.storage.buckets.incoming.name
  consumer_timeout_seconds = var.timeouts_seconds.intake
  window_seconds           = var.batching.window_seconds
}

module "intake" {
  source = "./modules/function"

  deployment         = local.deployment
  key                = module.encryption.keys.internal
  name               = "intake"
  description        = "Registers new documents and starts their batches"
  image_uri          = var.images.pipeline
  timeout_seconds    = var.timeouts_seconds.intake
  memory_mb          = 3008
  log_level          = var.log_level
  log_retention_days = var.retention_days.logs

  # It looks at eight documents at once, each in a file of its own.
  ephemeral_storage_mb = 512 + ceil(8 * var.limits.max_bytes / pow(1024, 2))

  environment = {
    DOCUMENTS_TABLE       = module.audit.tables.documents.name
    AUDIT_TABLE           = module.audit.tables.audit.name
    IDEMPOTENCY_TABLE     = module.audit.tables.idempotency.name
    DECISIONS_BUCKET      = module.storage.buckets.decisions.name
    STATE_MACHINE_ARN     = module.workflow.document_batch_arn
    DEAD_LETTER_QUEUE_URL = module.ingestion.queue.dead_letters.url
    MAX_PAGES             = var.limits.max_pages
    MAX_BYTES             = var.limits.max_bytes
    DUPLICATE_WINDOW_DAYS = var.limits.duplicate_window_days
    MAX_CONCURRENCY       = var.batching.max_concurrency
    # A little longer than an invocation can last: nobody takes over from one that still works.
    REGISTRATION_LEASE_SECONDS = var.timeouts_seconds.intake + 5
  }

  policies = {
    queue        = module.ingestion.consume_policy_json
    dead_letters = module.ingestion.send_dead_letters_policy_json
    incoming     = module.storage.policies.inspect_incoming
    batches      = module.storage.policies.describe_batches
    decisions    = module.storage.policies.deliver_decisions
    documents    = module.audit.policies.register_documents
    audit        = module.audit.policies.append_audit
    contents     = module.audit.policies.claim_contents
    workflow     = module.workflow.policies.start_batches
  }

  queue = {
    arn             = module.ingestion.queue.arn
    batch_size      = var.batching.batch_size
    window_seconds  = var.batching.window_seconds
    max_concurrency = var.batching.consumers
  }
}
