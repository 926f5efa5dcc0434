"""The `intray` command: what operators, on-call engineers and auditors ask a stack."""
