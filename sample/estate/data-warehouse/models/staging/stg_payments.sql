select id as payment_id, order_id, amount_cents / 100.0 as amount
from {{ source('payments', 'payments') }}
where state = 'captured'
