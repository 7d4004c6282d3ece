# Resources with for_each within a module with for_each: each.key is that of the resource, not of the module.
module "m" {
  source   = "./buckets"
  for_each = { a = ["x", "y"], b = ["x"] }
  names    = each.value
}

resource "aws_s3_bucket_versioning" "v" {
  bucket = module.m["a"].ids["y"]
  versioning_configuration {
    status = "Enabled"
  }
}
