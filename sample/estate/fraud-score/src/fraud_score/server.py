"""HTTP around the model."""

import json
import os
from http.server import BaseHTTPRequestHandler, HTTPServer

from fraud_score.model import score

FEATURE_STORE_URL = os.environ.get("FEATURE_STORE_URL", "http://feature-store:8000")


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        order = json.loads(self.rfile.read(int(self.headers["content-length"])))
        verdict = score(order.get("features", {}))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"score": verdict.score, "decision": verdict.decision}).encode())


def main() -> None:
    HTTPServer(("", 8000), Handler).serve_forever()
