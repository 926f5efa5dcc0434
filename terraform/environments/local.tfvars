# One machine, no account: everything small and quick, nothing protected.
environment         = "local"
region              = "us-east-1"
allowed_account_ids = ["123456789012"]
local_aws           = true
protected           = false

# The local Lambda host runs the working tree; no image is ever pulled.
images = {
  pipeline   = "123456789012.dkr.ecr.us-east-1.amazonaws.com/intray/pipeline@sha256:0000000000000000000000000000000000000000000000000000000000000000"
  classifier = "123456789012.dkr.ecr.us-east-1.amazonaws.com/intray/classifier@sha256:0000000000000000000000000000000000000000000000000000000000000000"
}

limits = {
  max_pages = 400
  max_bytes = 20971520
}

# Ten seconds must do for one invocation of intake, on two processors that do everything else too.
batching = {
  window_seconds  = 2
  batch_size      = 40
  consumers       = 2
  max_concurrency = 12
}

sweeping = {
  schedule_expression       = "rate(1 minute)"
  overdue_seconds           = 60
  manifest_patience_seconds = 60
}

timeouts_seconds = {
  intake               = 20
  extraction_completed = 10
  sweep                = 50
  summarise            = 60
}

retention_days = {
  logs                = 1
  noncurrent_versions = 1
}
