resource "aws_kms_key" "main" {
  enable_key_rotation = true
}

output "id" {
  value = aws_kms_key.main.id
}
