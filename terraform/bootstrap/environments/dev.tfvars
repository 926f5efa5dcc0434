# The account of dev: the same as in ../environments/dev.tfvars.
region              = "eu-central-1"
allowed_account_ids = ["111111111111"]
protected           = false
