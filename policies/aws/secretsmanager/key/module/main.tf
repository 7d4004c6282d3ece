variable "name" {
  type = string
}

variable "key" {
  type = string
}

variable "rotation" {
  type = number
}

resource "aws_secretsmanager_secret" "this" {
  name       = var.name
  kms_key_id = var.key
}

resource "aws_secretsmanager_secret_rotation" "this" {
  count               = var.rotation
  secret_id           = aws_secretsmanager_secret.this.id
  rotation_lambda_arn = "arn:aws:lambda:us-east-1:123456789012:function:rotate"
  rotation_rules {
    automatically_after_days = 30
  }
}
