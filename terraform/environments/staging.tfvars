# The rehearsal: sized and protected like production.
environment         = "staging"
region              = "eu-central-1"
allowed_account_ids = ["222222222222"] # the account of staging; change it

retention_days = {
  logs = 90
}
