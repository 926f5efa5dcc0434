# Production: the variables' own defaults.
environment         = "prod"
region              = "eu-central-1"
allowed_account_ids = ["333333333333"] # the account of production; change it
