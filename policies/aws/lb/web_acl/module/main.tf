variable "web_acls" {
  type = list(string)
}

resource "aws_lb" "this" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}

resource "aws_wafv2_web_acl_association" "this" {
  count        = length(var.web_acls)
  resource_arn = aws_lb.this.arn
  web_acl_arn  = var.web_acls[count.index]
}
