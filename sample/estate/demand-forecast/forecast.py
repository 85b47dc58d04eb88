"""How many rakes will we sell in April? Last year's April, times this year's growth."""


def growth(last: list[float], this: list[float]) -> float:
    n = min(len(last), len(this))
    return sum(this[:n]) / sum(last[:n]) if n and sum(last[:n]) else 1.0


def forecast(last_year: list[float], this_year: list[float], month: int) -> float:
    return last_year[month] * growth(last_year, this_year)
