# Text that was meant as a document and is no JSON, where the provider does not look.
# show: aws_cloudwatch_log_resource_policy.truncated policy_document
# show: aws_cloudwatch_log_resource_policy.comma policy_document
# show: aws_ssm_parameter.p value
resource "aws_sfn_state_machine" "unrelated" {
  role_arn   = "arn:aws:iam::123456789012:role/r"
  definition = "{\"States\": {}}"
}

resource "aws_organizations_policy" "o" {
  name    = "o"
  content = "{\"Version\": \"2012-10-17\", \"Statement\": []}"
}

resource "aws_glue_resource_policy" "g" {
  policy = "{\"Version\": \"2012-10-17\", \"Statement\": []}"
}

resource "aws_dynamodb_resource_policy" "d" {
  resource_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/t"
  policy       = "{\"Version\": \"2012-10-17\", \"Statement\": [}"
}

resource "aws_ssm_parameter" "p" {
  name  = "/p"
  type  = "String"
  value = "{\"Version\": \"2012-10-17\", \"Statement\": []}"
}
