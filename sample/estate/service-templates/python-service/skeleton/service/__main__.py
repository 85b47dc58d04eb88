"""Starts the service: `python3 -m service`."""

import os
import signal
import sys

from service.app import make_server

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
server = make_server(os.environ.get("HOST", "0.0.0.0"), int(os.environ.get("PORT", "8080")))
print(f"listening on {server.server_port}", flush=True)
server.serve_forever()
