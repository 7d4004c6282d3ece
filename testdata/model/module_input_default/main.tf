# A variable that the caller leaves out, or sets to null, has its default.
# show: module.left_out.aws_sns_topic.this kms_master_key_id
# show: module.null.aws_sns_topic.this kms_master_key_id
# show: module.left_out.aws_kms_key.this description
# show: module.left_out.aws_s3_bucket.this bucket_prefix
module "left_out" {
  source = "./bucket"
}

module "null" {
  source  = "./bucket"
  key_arn = null
}
