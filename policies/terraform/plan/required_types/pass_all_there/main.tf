resource "aws_sqs_queue" "jobs" {
  name              = "jobs"
  kms_master_key_id = module.key.id
}

module "key" {
  source = "./module"
}
