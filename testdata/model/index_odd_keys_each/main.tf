# The same odd keys by each.key, and as the keys of a module.
locals {
  unused = ""
}

variable "keys" {
  default = ["a\"b", "a.b", "a[0]", "é", "$${x}", "module.z"]
}

resource "aws_s3_bucket" "b" {
  for_each = toset(var.keys)
}

resource "aws_s3_bucket_public_access_block" "a" {
  for_each = toset(var.keys)
  bucket   = aws_s3_bucket.b[each.key].id
}

module "m" {
  source   = "./bucket"
  for_each = toset(var.keys)
}

resource "aws_s3_bucket_versioning" "v" {
  for_each = toset(var.keys)
  bucket   = module.m[each.key].id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_versioning" "one" {
  bucket = module.m["a.b"].id
  versioning_configuration {
    status = "Enabled"
  }
}
