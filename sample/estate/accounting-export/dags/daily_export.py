"""Sends each closed day to accounting. Owner in Airflow: ledger."""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.python import PythonOperator

from export.rows import rows_of_day, write_csv

with DAG(
    "accounting_daily_export",
    schedule="30 5 * * *",
    start_date=datetime(2024, 1, 1),
    default_args={"owner": "ledger", "retries": 3, "retry_delay": timedelta(minutes=10)},
    tags=["finance", "ledger"],
) as dag:
    extract = PythonOperator(task_id="extract", python_callable=rows_of_day)
    load = PythonOperator(task_id="send", python_callable=write_csv)
    extract >> load
