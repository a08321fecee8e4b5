"""A server on this computer that answers as OpenAlex and Crossref do, with the faults that a test asks for."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit


class Service:
    """Works by number, Crossref's works by DOI, and a list of faults, each for one request."""

    def __init__(self, works, crossref=(), page=2):
        self.works = {work["id"]: work for work in works}
        self.crossref = {work["DOI"].lower(): work for work in crossref}
        self.page, self.faults, self.asked = page, [], []
        self.stated = None
        self.stuck = False
        self.expired = set()

    def answer(self, path, query):
        """State and content of the answer."""
        if path.startswith("/works/"):
            work = self.crossref.get(unquote(path.removeprefix("/works/")).lower())
            return (200, {"status": "ok", "message": work}) if work else (404, {"status": "not found"})
        if "query.bibliographic" in query:
            return 200, {"message": {"items": list(self.crossref.values())}}
        found = self._found(query)
        cursor = query["cursor"]
        if cursor in self.expired:
            return 400, {"error": "Invalid cursor"}
        start = 0 if cursor == "*" else int(cursor.removeprefix("c"))
        rows = found[start : start + self.page]
        following = f"c{start + self.page}" if rows else None  # as OpenAlex: the last page is empty
        if self.stuck and start:
            following = cursor
        stated = len(found) if self.stated is None else self.stated
        return 200, {"meta": {"count": stated, "next_cursor": following}, "results": rows}

    def _found(self, query):
        kind, _, values = query.get("filter", "").partition(":")
        names = values.split("|")
        works = list(self.works.values())
        if kind == "doi":
            return [w for w in works if (w.get("doi") or "").removeprefix("https://doi.org/") in names]
        if kind == "openalex":
            return [w for w in works if w["id"].rsplit("/", 1)[-1] in names]
        if kind == "cites":
            return [w for w in works if {r.rsplit("/", 1)[-1] for r in w.get("referenced_works", ())} & set(names)]
        return [w for w in works if query["search"].lower() in w["display_name"].lower()]


def work(number, title, doi="", cites=()):
    """A work as OpenAlex has it."""
    return {
        "id": f"https://openalex.org/W{number}",
        "doi": f"https://doi.org/{doi}" if doi else None,
        "display_name": title,
        "title": title,
        "publication_year": 2019,
        "authorships": [{"author": {"display_name": "Ada Birch"}}],
        "abstract_inverted_index": {"Rivers": [0], "matter.": [1]},
        "referenced_works": [f"https://openalex.org/W{n}" for n in cites],
    }


@contextmanager
def served(service):
    """The address of a server that answers for `service`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            service.asked.append((parts.path, query, self.headers.get("User-Agent", "")))
            fault = service.faults.pop(0) if service.faults else None
            if fault == "reset":
                self.close_connection = True
                self.connection.close()
                return
            code, content = service.answer(parts.path, query)
            body = json.dumps(content).encode()
            headers = {}
            if isinstance(fault, tuple):
                code, headers, body = fault[0], fault[1], b"busy"
            elif fault == "no json":
                body = b"<html>maintenance</html>"
            self.send_response(code)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if fault == "cut" else body)
            self.close_connection = fault == "cut"

        def log_message(self, *args):
            """Say nothing on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
