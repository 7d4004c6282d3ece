# Documents with for_each, each consumed by its own resource, through a module too.
# show: aws_s3_bucket_policy.p["x"] policy
# show: aws_s3_bucket_policy.p["y"] policy
# show: module.m.aws_s3_bucket_policy.this policy
# show: aws_s3_bucket_policy.minified policy
resource "aws_s3_bucket" "b" {
  for_each = toset(["x", "y"])
}

data "aws_iam_policy_document" "d" {
  for_each = toset(["x", "y"])
  statement {
    sid       = each.key
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.b[each.key].arn]
  }
}

resource "aws_s3_bucket_policy" "p" {
  for_each = toset(["x", "y"])
  bucket   = aws_s3_bucket.b[each.key].id
  policy   = data.aws_iam_policy_document.d[each.key].json
}

module "m" {
  source = "./policy"
  policy = data.aws_iam_policy_document.d["y"].json
}

resource "aws_s3_bucket_policy" "minified" {
  bucket = "minified"
  policy = data.aws_iam_policy_document.d["x"].minified_json
}
