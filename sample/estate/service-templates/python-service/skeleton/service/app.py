"""The service without a port of its own, so that tests can choose one."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        well = self.path == "/healthz"
        body = {"status": "ok"} if well else {"message": "Hello from ${{ values.name }}"}
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def make_server(host, port):
    return ThreadingHTTPServer((host, port), Handler)
