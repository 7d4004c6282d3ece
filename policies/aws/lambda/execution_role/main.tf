terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

locals {
  basic = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "terraform_data" "policy" {
  input = local.basic
}

resource "aws_iam_role" "fail_no_policy" {
  name = "fail_no_policy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })

}

resource "aws_lambda_function" "fail_no_policy" {
  function_name = "fail_no_policy"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = aws_iam_role.fail_no_policy.arn
}

resource "aws_iam_role" "fail_admin" {
  name = "fail_admin"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })

}

resource "aws_lambda_function" "fail_admin" {
  function_name = "fail_admin"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = aws_iam_role.fail_admin.arn
}

resource "aws_iam_role" "fail_admin_document" {
  name = "fail_admin_document"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })

}

resource "aws_lambda_function" "fail_admin_document" {
  function_name = "fail_admin_document"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = aws_iam_role.fail_admin_document.arn
}

resource "aws_iam_role" "fail_admin_inline" {
  name = "fail_admin_inline"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })

  inline_policy {
    name = "all"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }]
    })
  }
}

resource "aws_lambda_function" "fail_admin_inline" {
  function_name = "fail_admin_inline"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = aws_iam_role.fail_admin_inline.arn
}

resource "aws_iam_role" "pass_managed" {
  name = "pass_managed"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })

}

resource "aws_lambda_function" "pass_managed" {
  function_name = "pass_managed"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = aws_iam_role.pass_managed.arn
}

resource "aws_iam_role" "pass_inline" {
  name = "pass_inline"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })

}

resource "aws_lambda_function" "pass_inline" {
  function_name = "pass_inline"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = aws_iam_role.pass_inline.arn
}

resource "aws_iam_role" "pass_by_name" {
  name = "pass_by_name"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })

}

resource "aws_lambda_function" "pass_by_name" {
  function_name = "pass_by_name"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = aws_iam_role.pass_by_name.arn
}

resource "aws_iam_role" "unknown_policy" {
  name = "unknown_policy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })

}

resource "aws_lambda_function" "unknown_policy" {
  function_name = "unknown_policy"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = aws_iam_role.unknown_policy.arn
}

# Its role is not in the plan.
resource "aws_lambda_function" "na_role_elsewhere" {
  function_name = "na_role_elsewhere"
  filename      = "a.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
  role          = "arn:aws:iam::123456789012:role/a"
}

resource "aws_iam_role_policy_attachment" "admin" {
  role       = aws_iam_role.fail_admin.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_policy" "all" {
  name = "all"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["*"], Resource = "*" }]
  })
}

resource "aws_iam_role_policy_attachment" "all" {
  role       = aws_iam_role.fail_admin_document.name
  policy_arn = aws_iam_policy.all.arn
}

resource "aws_iam_role_policy_attachment" "basic" {
  role       = aws_iam_role.pass_managed.name
  policy_arn = local.basic
}

resource "aws_iam_role_policy" "log" {
  role = aws_iam_role.pass_inline.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["logs:PutLogEvents"], Resource = "*" }]
  })
}

resource "aws_iam_policy_attachment" "by_name" {
  name       = "by-name"
  roles      = ["pass_by_name"]
  policy_arn = local.basic
}

resource "aws_iam_role_policy_attachment" "unknown" {
  role       = aws_iam_role.unknown_policy.name
  policy_arn = terraform_data.policy.output
}

module "function" {
  source = "./module"
  for_each = {
    fail_module = "arn:aws:iam::aws:policy/AdministratorAccess"
    pass_module = local.basic
  }
  name   = each.key
  policy = each.value
}
