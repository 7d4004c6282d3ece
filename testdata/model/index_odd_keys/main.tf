# Keys with quotes, dots, brackets, letters beyond ASCII and template marks.
resource "aws_s3_bucket" "b" {
  for_each = toset(["a\"b", "a.b", "a[0]", "é", "$${x}", "%%{x}", "a\\b", "7"])
}

resource "aws_s3_bucket_public_access_block" "quote" {
  bucket = aws_s3_bucket.b["a\"b"].id
}

resource "aws_s3_bucket_public_access_block" "dot" {
  bucket = aws_s3_bucket.b["a.b"].id
}

resource "aws_s3_bucket_public_access_block" "bracket" {
  bucket = aws_s3_bucket.b["a[0]"].id
}

resource "aws_s3_bucket_public_access_block" "letter" {
  bucket = aws_s3_bucket.b["é"].id
}

resource "aws_s3_bucket_public_access_block" "template" {
  bucket = aws_s3_bucket.b["$${x}"].id
}

resource "aws_s3_bucket_public_access_block" "directive" {
  bucket = aws_s3_bucket.b["%%{x}"].id
}

resource "aws_s3_bucket_public_access_block" "backslash" {
  bucket = aws_s3_bucket.b["a\\b"].id
}

resource "aws_s3_bucket_public_access_block" "digit" {
  bucket = aws_s3_bucket.b["7"].id
}
