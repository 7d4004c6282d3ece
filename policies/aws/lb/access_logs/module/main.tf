variable "logs" {
  type = string
}

resource "aws_lb" "this" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  access_logs {
    bucket  = "logs"
    enabled = var.logs
  }
}
