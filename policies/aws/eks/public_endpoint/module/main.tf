variable "name" {
  type = string
}

variable "range" {
  type = string
}

resource "aws_kms_key" "this" {
  description = "Secrets of ${var.name}"
}

resource "aws_eks_cluster" "this" {
  name                      = var.name
  role_arn                  = "arn:aws:iam::123456789012:role/cluster"
  enabled_cluster_log_types = ["audit"]
  vpc_config {
    subnet_ids          = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"]
    public_access_cidrs = [var.range]
  }
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = aws_kms_key.this.arn
    }
  }
}
