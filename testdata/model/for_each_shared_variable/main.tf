# Both sides go over the same variable.
variable "names" {
  type    = list(string)
  default = ["x", "y"]
}

variable "settings" {
  default = {
    p = { versioned = true }
    q = { versioned = false }
  }
}

resource "aws_s3_bucket" "set" {
  for_each = toset(var.names)
}

resource "aws_s3_bucket_public_access_block" "set" {
  for_each = toset(var.names)
  bucket   = aws_s3_bucket.set[each.value].id
}

resource "aws_s3_bucket" "map" {
  for_each = var.settings
}

resource "aws_s3_bucket_public_access_block" "map" {
  for_each = var.settings
  bucket   = aws_s3_bucket.map[each.key].id
}

resource "aws_s3_bucket_versioning" "some" {
  for_each = { for key, setting in var.settings : key => setting if setting.versioned }
  bucket   = aws_s3_bucket.map[each.key].id
  versioning_configuration {
    status = "Enabled"
  }
}
