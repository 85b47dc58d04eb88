import json
import threading
import unittest
from urllib.request import urlopen

from service.app import make_server


class AppTest(unittest.TestCase):
    def test_greets_and_says_that_it_is_well(self):
        server = make_server("127.0.0.1", 0)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        with urlopen(base + "/") as answer:
            self.assertEqual(json.load(answer), {"message": "Hello from ${{ values.name }}"})
        with urlopen(base + "/healthz") as answer:
            self.assertEqual(answer.status, 200)
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    unittest.main()
