# An expression that only counts resources, or reads their keys, refers to them as a whole.
resource "aws_s3_bucket" "b" {
  count = 2
}

resource "aws_ssm_parameter" "count" {
  name  = "/count"
  type  = "String"
  value = length(aws_s3_bucket.b)
}

resource "aws_ssm_parameter" "all" {
  name  = "/all"
  type  = "String"
  value = jsonencode(aws_s3_bucket.b[*].arn)
}
