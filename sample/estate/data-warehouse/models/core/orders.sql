with orders as (select * from {{ ref('stg_orders') }}),

payments as (select order_id, sum(amount) as paid from {{ ref('stg_payments') }} group by 1)

select orders.*, coalesce(payments.paid, 0) as paid
from orders left join payments using (order_id)
