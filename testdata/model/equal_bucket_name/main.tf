# A resource that is named by its known name is referred to.
variable "name" {
  default = "equal-by-variable"
}

resource "aws_s3_bucket" "literal" {
  bucket = "equal-by-literal"
}

resource "aws_s3_bucket" "variable" {
  bucket = var.name
}

resource "aws_s3_bucket_public_access_block" "literal" {
  bucket = "equal-by-literal"
}

resource "aws_s3_bucket_public_access_block" "variable" {
  bucket = var.name
}

resource "aws_s3_bucket_public_access_block" "elsewhere" {
  bucket = "equal-to-none"
}

resource "aws_s3_bucket_logging" "l" {
  bucket        = "equal-by-literal"
  target_bucket = "equal-by-variable"
  target_prefix = ""
}

resource "aws_cloudtrail" "t" {
  name           = "trail"
  s3_bucket_name = "equal-by-literal"
}
