"""A mail server on this machine that speaks SMTP, keeps what it is sent, and can refuse."""

from __future__ import annotations

import contextlib
import email
import email.policy
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from socketserver import StreamRequestHandler, ThreadingTCPServer


class PostOffice:
    """What came, and how many mails are refused before one is taken."""

    def __init__(self) -> None:
        self.got: list[tuple[str, list[str], EmailMessage]] = []
        self.refuses, self.refused = 0, 0
        office = self

        class Handler(StreamRequestHandler):
            def handle(self) -> None:
                self.said("220 post office")
                sender, to = "", []
                while line := self.rfile.readline().decode().strip():
                    word, argument = line[:4].upper(), line.partition(":")[2].split(" ")[0].strip("<>")
                    if word == "QUIT":
                        self.said("221 bye")
                        return
                    if word == "MAIL" and office.refuses:
                        office.refuses -= 1
                        office.refused += 1
                        self.said("451 come again later")
                        continue
                    sender = argument if word == "MAIL" else sender
                    to += [argument] if word == "RCPT" else []
                    if word == "DATA":
                        self.said("354 go on")
                        office.got.append((sender, to, self.letter()))
                    self.said("250 good")

            def said(self, text: str) -> None:
                self.wfile.write(f"{text}\r\n".encode())

            def letter(self) -> EmailMessage:
                lines = []
                while (line := self.rfile.readline()) != b".\r\n":
                    lines.append(line.removeprefix(b"."))  # a dot in front stands for itself
                return email.message_from_bytes(b"".join(lines), policy=email.policy.default)

        self.server = ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"smtp://127.0.0.1:{self.server.server_address[1]}?tls=no"


@contextlib.contextmanager
def post_office() -> Iterator[PostOffice]:
    """One that is open until the block ends."""
    made = PostOffice()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.server.shutdown()
        made.server.server_close()
        thread.join()
