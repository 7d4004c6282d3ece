package rules.stack

input_type := "cfn"

resource_type = "AWS::S3::Bucket"

deny {
  true
}
