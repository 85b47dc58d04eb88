# nobody knows whether this is still read
resource "aws_db_instance" "coupons" {
  identifier     = "coupons-db"
  engine         = "mysql"
  engine_version = "5.7.44"
  instance_class = "db.t3.small"
}
