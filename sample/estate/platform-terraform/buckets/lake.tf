resource "aws_s3_bucket" "lake" {
  bucket = "quillmere-warehouse-lake"
  tags   = { owner = "data-foundation" }
}

resource "aws_s3_bucket" "product_images" {
  bucket = "quillmere-product-images"
  tags   = { owner = "storefront" }
}
