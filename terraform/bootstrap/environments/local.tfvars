# One machine, no account, one person: nobody else could approve what this one registers.
region              = "us-east-1"
allowed_account_ids = ["123456789012"]
local_aws           = true
protected           = false
four_eyes           = false
