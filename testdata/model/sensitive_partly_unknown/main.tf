# A sensitive set or map of which one element is not known: the literals beside it are secrets all the same.
# show: aws_elasticache_user.u passwords
# show: aws_elasticache_user.u config.passwords
# show: aws_glue_connection.c connection_properties
# show: aws_ssm_parameter.p tags
variable "secret" {
  sensitive = true
  default   = "CANARY-tag"
}

resource "aws_sqs_queue" "q" {}

resource "aws_elasticache_user" "u" {
  user_id       = "u"
  user_name     = "u"
  access_string = "on ~* +@all"
  engine        = "redis"
  passwords     = ["CANARY-0123456789abcdef", aws_sqs_queue.q.arn]
}

resource "aws_glue_connection" "c" {
  name            = "c"
  connection_type = "JDBC"
  connection_properties = {
    JDBC_CONNECTION_URL = aws_sqs_queue.q.url
    USERNAME            = "u"
    PASSWORD            = "CANARY-property"
  }
}

resource "aws_ssm_parameter" "p" {
  name  = "/p"
  type  = "String"
  value = "v"
  tags = {
    Queue  = aws_sqs_queue.q.arn
    Secret = var.secret
    Plain  = "yes"
  }
}
