"""Features by key, from memory."""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer

FEATURES: dict[str, dict] = {}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        found = FEATURES.get(self.path.removeprefix("/features/"))
        self.send_response(200 if found else 404)
        self.end_headers()
        self.wfile.write(json.dumps(found or {}).encode())


if __name__ == "__main__":
    HTTPServer(("", 8000), Handler).serve_forever()
