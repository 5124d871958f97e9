"""A gateway on this machine that keeps what it is sent."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Gateway:
    """What it was sent, and how it answers."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.status, self.body, self.pause_s, self.headers = 200, b"{}", 0.0, {}
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                gateway.got.append((self.path, {name.lower(): said for name, said in self.headers.items()}, body))
                self.send_response(gateway.status)
                for name, said in gateway.headers.items():
                    self.send_header(name, said)
                self.end_headers()
                with contextlib.suppress(OSError):
                    step = 1 if gateway.pause_s else max(len(gateway.body), 1)
                    for start in range(0, len(gateway.body), step):
                        time.sleep(gateway.pause_s)
                        self.wfile.write(gateway.body[start : start + step])

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.place = f"127.0.0.1:{self.server.server_address[1]}"
        self.url = f"http://{self.place}/hook?key=SECRETKEY"

    @property
    def bodies(self) -> list[dict]:
        """What it was sent, read."""
        return [json.loads(body) for _path, _headers, body in self.got]


@contextlib.contextmanager
def gateway() -> Iterator[Gateway]:
    """One that listens until the block ends."""
    made = Gateway()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.server.shutdown()
        made.server.server_close()
        thread.join()
