variable "name" {
  type = string
}

variable "privileged" {
  type = bool
}

resource "aws_batch_job_definition" "this" {
  name                 = var.name
  type                 = "container"
  container_properties = jsonencode({ image = "app:1.0.0", vcpus = 1, memory = 512, privileged = var.privileged })
}
