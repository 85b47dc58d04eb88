"""Captured payments to the warehouse, each night."""

from datetime import datetime

from airflow.decorators import dag, task


@dag(schedule="0 2 * * *", start_date=datetime(2023, 9, 1), tags=["payments"], default_args={"owner": "data-foundation"})
def payments_nightly():
    @task
    def load():
        print("copy payments")

    load()


payments_nightly()
