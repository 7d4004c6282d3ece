variable "name" {
  default   = "name"
  sensitive = true
}

output "fail_left_out" {
  value = "a"
}

output "fail_empty" {
  description = ""
  value       = "c"
}

output "fail_blank" {
  description = "  "
  value       = "c"
}

output "pass_described" {
  description = "A letter of the alphabet."
  value       = "d"
}

output "pass_sensitive" {
  description = "A name that is not shown."
  sensitive   = true
  value       = var.name
}

module "inner" {
  source = "./module"
}
