variable "tokens" {
  type = string
}

resource "aws_launch_template" "this" {
  metadata_options {
    http_tokens = var.tokens
  }
}
