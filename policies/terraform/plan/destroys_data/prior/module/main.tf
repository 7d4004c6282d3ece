resource "aws_s3_bucket" "fail_in_module" {
  bucket = "in-module"
}
