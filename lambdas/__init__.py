"""What runs in AWS Lambda: one package a step, and `shared` for what two steps need."""
