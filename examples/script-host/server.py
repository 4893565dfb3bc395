"""A script host in Python, without dependencies: docs/script-runner.md is the protocol.

    SIGNING_SECRET=whsec_… PORT=5000 python3 server.py

Answers are in memory. Use a database where several processes serve one URL, or where answers must outlive a restart.
"""
import base64, hashlib, hmac, json, os, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# The scripts by slug. A script gets the inputs of the run and returns the result.
SCRIPTS = {
    "gift/note": lambda inputs: {"printed": str(inputs["text"]).upper()},
}

MAX_BODY_BYTES = 16 * 1024 * 1024
SIGNING_SECRET = os.environ["SIGNING_SECRET"]

# The answers by Idempotency-Key; RUNNING while the first request of a call is executed.
RUNNING = object()
answers = {}
lock = threading.Lock()


def verify(secret, headers, body):
    """headers: a dict with lower-case names; body: bytes. Returns whether the request is genuine."""
    message_id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
    if abs(time.time() - int(timestamp)) > 300:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(expected, given) for given in headers["webhook-signature"].split(" "))


def is_genuine(headers, body):
    try:
        return verify(SIGNING_SECRET, headers, body)
    except (KeyError, ValueError):
        return False


def answer(headers, body):
    """Returns the status and the result."""
    if not is_genuine(headers, body):
        return 401, "The signature does not fit."
    try:
        request = json.loads(body)
        script = SCRIPTS.get(request["component"]["scriptSlug"])
    except (ValueError, KeyError, TypeError):
        return 400, "The body is not a script request."
    if script is None:
        return 404, "There is no such script."
    call = headers["idempotency-key"]
    with lock:
        earlier = answers.get(call)
        if earlier is None:
            answers[call] = RUNNING
    if earlier is RUNNING:
        return 409, "The call is still running."
    if earlier is not None:
        return earlier
    try:
        answers[call] = 200, script(request["inputs"])
    except Exception as error:
        answers[call] = 422, str(error)
    return answers[call]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        length = int(self.headers.get("content-length", 0))
        if length > MAX_BODY_BYTES:
            self.close_connection = True
            status, result = 413, None
        else:
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, result = answer(headers, self.rfile.read(length))
        body = json.dumps(result).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        if status == 409:
            # A repeat that came too early comes again after this time.
            self.send_header("retry-after", "1")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer((os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "5000"))), Handler)
print(f"script host on port {server.server_address[1]}", flush=True)
server.serve_forever()
