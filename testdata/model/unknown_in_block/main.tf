# Arguments of nested blocks that are not known, and ones that the provider fills in.
# show: aws_s3_bucket_server_side_encryption_configuration.s rule
# show: aws_ecs_cluster.c configuration
resource "aws_kms_key" "k" {}

resource "aws_s3_bucket" "b" {}

resource "aws_s3_bucket_server_side_encryption_configuration" "s" {
  bucket = aws_s3_bucket.b.id
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.k.arn
    }
  }
}

resource "aws_ecs_cluster" "c" {
  name = "c"
  configuration {
    execute_command_configuration {
      kms_key_id = aws_kms_key.k.arn
      logging    = "OVERRIDE"
      log_configuration {
        s3_bucket_name               = aws_s3_bucket.b.bucket
        s3_key_prefix                = "exec"
        s3_bucket_encryption_enabled = true
      }
    }
  }
}
