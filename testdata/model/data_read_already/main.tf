# A data source that was read while planning has its values.
# show: data.aws_iam_policy_document.d json
# show: data.aws_caller_identity.me account_id
# show: aws_iam_role.r assume_role_policy
data "aws_caller_identity" "me" {}

data "aws_iam_policy_document" "d" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [data.aws_caller_identity.me.account_id]
    }
  }
}

resource "aws_iam_role" "r" {
  assume_role_policy = data.aws_iam_policy_document.d.json
}
