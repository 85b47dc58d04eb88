"""Builds or patches the product index."""

import argparse
import json
import os
import urllib.request

CONTENT = os.environ.get("CONTENT_SERVICE_URL", "http://content-service:5000")


def terms(product: dict) -> set[str]:
    text = f"{product['title']} {product.get('description', '')}"
    return {word.lower() for word in text.split() if len(word) > 2}


def describe(sku: str) -> str:
    with urllib.request.urlopen(f"{CONTENT}/texts/{sku}") as answer:
        return answer.read().decode()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--full", action="store_true")
    args = parser.parse_args()
    print(json.dumps({"event": "start", "full": args.full}))


if __name__ == "__main__":
    main()
