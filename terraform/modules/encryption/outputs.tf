output "keys" {
  description = "The keys by classification; key and class travel together, so that a resource cannot claim another's."
  value = {
    for classification, key in aws_kms_key.this :
    classification => { arn = key.arn, classification = classification }
  }
}
