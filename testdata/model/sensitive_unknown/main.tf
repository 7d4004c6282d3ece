# What is sensitive and not known yet is not known: a policy may learn where it will come from.
# show: aws_ssm_parameter.p value
# show: aws_lambda_function.f environment
resource "aws_iam_user" "u" {
  name = "u"
}

resource "aws_iam_access_key" "k" {
  user = aws_iam_user.u.name
}

resource "aws_ssm_parameter" "p" {
  name  = "/p"
  type  = "SecureString"
  value = aws_iam_access_key.k.secret
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  filename      = "f.zip"
  handler       = "h"
  runtime       = "python3.12"
  environment {
    variables = {
      KEY   = aws_iam_access_key.k.id
      TOKEN = aws_iam_access_key.k.secret
    }
  }
}
