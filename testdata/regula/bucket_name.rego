package rules.bucket_name

__rego__metadoc__ := {
  "id": "ACME_0001",
  "title": "S3 buckets are to be called acme-",
  "custom": {"severity": "Low", "controls": {"ACME": ["ACME_1.1"]}}
}

resource_type = "aws_s3_bucket"

default allow = false

allow {
  startswith(input.bucket, "acme-")
}
