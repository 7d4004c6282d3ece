package rules.public_access_block

import data.fugue

resource_type = "MULTIPLE"

buckets = fugue.resources("aws_s3_bucket")

blocks = fugue.resources("aws_s3_bucket_public_access_block")

is_blocked(bucket) {
  block := blocks[_]
  block.bucket == bucket.id
}

policy[j] {
  bucket := buckets[_]
  is_blocked(bucket)
  j = fugue.allow_resource(bucket)
} {
  bucket := buckets[_]
  not is_blocked(bucket)
  j = fugue.deny_resource_with_message(bucket, "it has no public access block")
} {
  count(fugue.resources("aws_cloudtrail")) == 0
  j = fugue.missing_resource_with_message("aws_cloudtrail", "there is no trail")
}
