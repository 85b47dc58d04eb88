resource "aws_db_instance" "checkout" {
  identifier        = "checkout-db"
  engine            = "postgres"
  engine_version    = "16.8"
  instance_class    = "db.r6g.xlarge"
  storage_encrypted = true

  tags = { owner = "checkout", environment = "production" }
}
