from dagster import Definitions, ScheduleDefinition, asset, define_asset_job


@asset(group_name="shopper", owners=["team:data-foundation"])
def orders_per_shopper():
    """Orders of the last 30 days, by shopper."""


@asset(group_name="shopper", deps=[orders_per_shopper], owners=["team:data-foundation"])
def new_account():
    """True for accounts younger than a week."""


daily = ScheduleDefinition(job=define_asset_job("features"), cron_schedule="15 4 * * *")

defs = Definitions(assets=[orders_per_shopper, new_account], schedules=[daily])
