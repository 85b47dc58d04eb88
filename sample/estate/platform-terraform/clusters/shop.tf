module "shop" {
  source  = "./modules/cluster"
  name    = "shop"
  nodes   = 42
  version = "1.33"
  tags    = { owner = "developer-platform" }
}
