# The account of staging: the same as in ../environments/staging.tfvars.
region              = "eu-central-1"
allowed_account_ids = ["222222222222"]
