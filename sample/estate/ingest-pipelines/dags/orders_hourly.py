"""Orders to the warehouse, each hour."""

from datetime import datetime

from airflow.decorators import dag, task

SOURCE = "orders-db"
TARGET = "raw.orders"


@dag(schedule="@hourly", start_date=datetime(2023, 3, 1), tags=["orders"], default_args={"owner": "data-foundation"})
def orders_hourly():
    @task
    def extract(data_interval_start=None):
        return f"s3://warehouse-lake/orders/{data_interval_start}.parquet"

    @task
    def load(path: str):
        print(f"copy {path} into {TARGET}")

    load(extract())


orders_hourly()
