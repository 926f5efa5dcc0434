# The account of prod: the same as in ../environments/prod.tfvars.
region              = "eu-central-1"
allowed_account_ids = ["333333333333"]
