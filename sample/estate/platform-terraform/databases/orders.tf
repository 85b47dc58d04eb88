resource "aws_db_instance" "orders" {
  identifier        = "orders-db"
  engine            = "postgres"
  engine_version    = "15.12"
  instance_class    = "db.r6g.2xlarge"
  allocated_storage = 1000
  multi_az          = true
  storage_encrypted = true

  tags = {
    owner       = "fulfilment"
    environment = "production"
  }
}
