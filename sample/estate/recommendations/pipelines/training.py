from dagster import asset, Definitions, ScheduleDefinition, define_asset_job


@asset
def baskets():
    """Baskets of the last 90 days, from the warehouse."""
    return []


@asset
def pairs(baskets):
    """How often two products were bought together."""
    counts: dict[tuple[str, str], int] = {}
    for lines in baskets:
        for a in lines:
            for b in lines:
                if a < b:
                    counts[a, b] = counts.get((a, b), 0) + 1
    return counts


weekly = ScheduleDefinition(job=define_asset_job("train"), cron_schedule="0 3 * * 0")
defs = Definitions(assets=[baskets, pairs], schedules=[weekly])
