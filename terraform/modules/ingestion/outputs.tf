output "queue" {
  description = "ARN, URL and dead letters of the queue of new objects."
  value = {
    arn          = module.queue.arn
    url          = module.queue.url
    dead_letters = module.queue.dead_letters
  }
}

output "consume_policy_json" {
  description = "Allows to receive and delete messages, as an event source mapping does."
  value       = module.queue.consume_policy_json
}

output "send_dead_letters_policy_json" {
  description = "Allows to send a message straight to the dead letters."
  value       = module.queue.send_dead_letters_policy_json
}
