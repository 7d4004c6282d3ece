# plan: --from prior
# state: before
# An update shows the old values beside the new ones; what does not change is a no-op.
# show: aws_ssm_parameter.p value
# show: aws_ssm_parameter.p description
# show: aws_ssm_parameter.p before.description
# show: aws_ssm_parameter.same before.description
# show: aws_ssm_parameter.new before
# show: aws_s3_bucket_public_access_block.a block_public_acls
# show: aws_s3_bucket_public_access_block.a before.block_public_acls
resource "aws_ssm_parameter" "p" {
  name        = "/p"
  type        = "String"
  value       = "v"
  description = "new"
}

resource "aws_ssm_parameter" "same" {
  name        = "/same"
  type        = "String"
  value       = "v"
  description = "same"
}

resource "aws_ssm_parameter" "new" {
  name  = "/new"
  type  = "String"
  value = "v"
}

resource "aws_s3_bucket" "b" {
  bucket = "change-update"
}

resource "aws_s3_bucket_public_access_block" "a" {
  bucket            = aws_s3_bucket.b.id
  block_public_acls = false
}
