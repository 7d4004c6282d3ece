# JSON of another kind in an argument called policy is left alone.
# show: aws_ecr_lifecycle_policy.l policy
# show: aws_ecr_repository_policy.unknown policy
resource "aws_ecr_repository" "r" {
  name = "r"
}

resource "aws_ecr_lifecycle_policy" "l" {
  repository = aws_ecr_repository.r.name
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      selection    = { tagStatus = "untagged", countType = "imageCountMoreThan", countNumber = 1 }
      action       = { type = "expire" }
    }]
  })
}

resource "aws_ecr_repository_policy" "unknown" {
  repository = aws_ecr_repository.r.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "ecr:*", Condition = { ArnLike = { "aws:SourceArn" = aws_ecr_repository.r.arn } } }]
  })
}
