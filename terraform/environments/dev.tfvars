# For those who work on Intray: small batches, short retention, may be destroyed.
environment         = "dev"
region              = "eu-central-1"
allowed_account_ids = ["111111111111"] # the account of dev; change it
protected           = false
log_level           = "DEBUG"

batching = {
  window_seconds  = 5
  max_concurrency = 50
}

retention_days = {
  logs                = 14
  noncurrent_versions = 7
}
