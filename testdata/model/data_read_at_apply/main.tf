# A data source that waits for a resource is read at apply: what comes from it is not known.
# show: data.aws_s3_bucket.d bucket
# show: data.aws_s3_bucket.d arn
resource "aws_s3_bucket" "b" {}

data "aws_s3_bucket" "d" {
  bucket = aws_s3_bucket.b.id
}

resource "aws_ssm_parameter" "p" {
  name  = "/p"
  type  = "String"
  value = data.aws_s3_bucket.d.arn
}

resource "aws_s3_bucket_public_access_block" "a" {
  bucket = data.aws_s3_bucket.d.bucket
}

data "aws_region" "waits" {
  depends_on = [aws_s3_bucket.b]
}

resource "aws_ssm_parameter" "region" {
  name        = "/region"
  type        = "String"
  value       = "known"
  description = data.aws_region.waits.name
}
