variable "name" {
  type = string
}

variable "type" {
  type = string
}

resource "aws_batch_compute_environment" "this" {
  compute_environment_name = var.name
  type                     = "MANAGED"
  compute_resources {
    type               = var.type
    instance_role      = var.type == "EC2" ? "arn:aws:iam::123456789012:instance-profile/batch" : null
    instance_type      = var.type == "EC2" ? ["optimal"] : null
    max_vcpus          = 16
    security_group_ids = ["sg-0123456789abcdef0"]
    subnets            = ["subnet-0123456789abcdef0"]
  }
}
