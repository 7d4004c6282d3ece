# Text that was meant as a document and is no JSON, in an argument that the provider does not look into; text of another
# language and documents in arguments of other names are left alone.
# show: aws_verifiedaccess_group.truncated policy_document
# show: aws_verifiedaccess_group.comma policy_document
# show: aws_verifiedaccess_group.cedar policy_document
# show: aws_cloudwatch_dashboard.d dashboard_body
resource "aws_verifiedaccess_group" "truncated" {
  verifiedaccess_instance_id = "vai-0123456789abcdef0"
  policy_document            = "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\""
}

resource "aws_verifiedaccess_group" "comma" {
  verifiedaccess_instance_id = "vai-0123456789abcdef0"
  policy_document            = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [],\n}"
}

resource "aws_verifiedaccess_group" "cedar" {
  verifiedaccess_instance_id = "vai-0123456789abcdef0"
  policy_document            = "permit(principal, action, resource);"
}

resource "aws_cloudwatch_dashboard" "d" {
  dashboard_name = "d"
  dashboard_body = "{\"Version\": \"2012-10-17\", \"Statement\": []}"
}
