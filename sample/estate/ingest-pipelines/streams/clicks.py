"""Page views and clicks. Drops what has no session."""

import json
import sys


def keep(event: dict) -> bool:
    return bool(event.get("session")) and event.get("kind") in {"view", "click"}


if __name__ == "__main__":
    for line in sys.stdin:
        event = json.loads(line)
        if keep(event):
            print(json.dumps(event))
