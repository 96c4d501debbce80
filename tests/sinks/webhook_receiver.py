#!/usr/bin/python3
"""A receiver of webhooks for the tests: webhook_receiver.py SECRET

Prints its port, then one line of JSON for each request. Checks signatures by itself, as
docs/webhook.md tells a receiver to. What it answers is told by the path:

    /ok       204
    /fail2    503 twice, then 204      /fail  always 503
    /gone     410
    /slow     nothing for a minute
    /moved    302 to /ok
"""
import base64
import hashlib
import hmac
import http.server
import json
import sys
import threading
import time

SECRET = sys.argv[1]
KEY = base64.b64decode(SECRET[6:]) if SECRET.startswith("whsec_") else SECRET.encode()
LOCK = threading.Lock()
COUNTS = {}


def is_signed(headers, body):
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = base64.b64encode(hmac.new(KEY, content, hashlib.sha256).digest()).decode()
    fresh = abs(time.time() - int(headers["webhook-timestamp"])) < 300
    return fresh and hmac.compare_digest(headers["webhook-signature"], "v1," + digest)


class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with LOCK:
            COUNTS[self.path] = COUNTS.get(self.path, 0) + 1
            count = COUNTS[self.path]
            print(json.dumps({"path": self.path, "id": self.headers["webhook-id"],
                              "type": self.headers["Content-Type"],
                              "signed": is_signed(self.headers, body),
                              "body": json.loads(body)}), flush=True)
        if self.path == "/slow":
            time.sleep(60)
        status = {"/ok": 204, "/gone": 410, "/moved": 302, "/fail": 503}.get(self.path, 204)
        if self.path == "/fail2" and count <= 2:
            status = 503
        self.send_response(status)
        self.send_header("Location", "/ok")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
server.daemon_threads = True
print(server.server_port, flush=True)
server.serve_forever()
