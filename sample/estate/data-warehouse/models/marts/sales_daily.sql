select date(placed_at) as day, count(*) as orders, sum(paid) as sales
from {{ ref('orders') }}
group by 1
