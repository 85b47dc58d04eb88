"""A verdict from features."""

from dataclasses import dataclass

WEIGHTS = {"new_account": 22, "amount_high": 18, "country_differs": 25, "many_cards": 40, "night": 4}


@dataclass(frozen=True)
class Verdict:
    score: int
    why: tuple[str, ...]

    @property
    def decision(self) -> str:
        if self.score > 80:
            return "refuse"
        return "review" if self.score >= 50 else "accept"


def score(features: dict[str, bool]) -> Verdict:
    hits = [name for name, on in features.items() if on and name in WEIGHTS]
    hits.sort(key=lambda name: -WEIGHTS[name])
    total = min(100, sum(WEIGHTS[name] for name in hits))
    return Verdict(total, tuple(hits[:5]))
