select
  id as order_id,
  shopper_id,
  placed_at,
  total_cents / 100.0 as total
from {{ source('orders', 'orders') }}
