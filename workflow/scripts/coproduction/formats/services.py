"""Bibliographic services on the net: works of OpenAlex page by page, single works of Crossref.

Written on `requests`, which the lock has anyway. pyalex 0.21 and habanero 2.9 were looked at: both build
queries, which is the small part. pyalex repeats a request for a few states only (not 502 and 504) and never
where an answer breaks off in its body; habanero repeats none and brings a second HTTP library. Neither keeps
pages on the disk, so that a long search could go on where it was interrupted.

Every loop has an end: a request is tried ATTEMPTS times, a search ends with the last cursor, with one that comes
again, with an empty page, or with `most` works.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coproduction.core import tables
from coproduction.core.errors import StudyError

ATTEMPTS = 6
WAITS = (1.0, 2.0, 4.0, 8.0, 16.0)  # seconds before each repetition, where the service names none
LONGEST_WAIT = 120.0  # seconds that a service may ask for
TIMEOUT = 60.0
PAGE = 200  # works of a page; OpenAlex gives no more
AT_ONCE = 50  # numbers or DOIs in one filter of OpenAlex
BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass
class Client:
    """A polite caller: says who calls, waits between requests, and repeats what failed for a while.

    mail: address of the caller, by which OpenAlex and Crossref serve in their polite pools
    named: whether the address is a parameter of each request, too; services of statistics refuse unknown ones
    settings: the section of the settings in which a refused request is corrected
    pause: least seconds between two requests
    sleep: how it waits; tests count instead
    """

    mail: str = ""
    pause: float = 0.2
    sleep: Callable[[float], None] = time.sleep
    named: bool = True
    settings: str = "literature.online"
    requests: int = 0
    _session: Any = field(default=None, repr=False)

    def get(self, address: str, params: Mapping[str, Any], form: type = dict) -> Any:
        """The answer of a service as JSON, of the given form; None where it knows no such thing (404).

        Raises StudyError where the service refuses the request or stays out of reach.
        """
        import requests

        if self._session is None:
            self._session = requests.Session()
            caller = f" (mailto:{self.mail})" if self.mail else ""
            self._session.headers["User-Agent"] = f"coproduction-workflow{caller}"
        query = dict(params) | ({"mailto": self.mail} if self.named else {})
        problem = ""
        for attempt in range(ATTEMPTS):
            if attempt or self.requests:
                self.sleep(self.pause)
            self.requests += 1
            wait = WAITS[min(attempt, len(WAITS) - 1)]
            try:
                answer = self._session.get(address, params=query, timeout=TIMEOUT)
                if answer.status_code == 404:
                    return None
                if answer.status_code in BUSY:
                    problem = f"it answers with status {answer.status_code}"
                    wait = _asked_wait(answer.headers.get("Retry-After", ""), wait)
                elif answer.status_code >= 400:
                    raise Refused(address, answer.status_code, answer.text, self.settings)
                else:
                    content = answer.json()
                    if isinstance(content, form):
                        return content
                    problem = "its answer has an unexpected form"
            except requests.RequestException as error:  # also JSON that breaks off
                problem = f"the connection failed ({type(error).__name__})"
            if attempt + 1 < ATTEMPTS:
                self.sleep(wait)
        raise StudyError(
            f"the service {address} could not be reached in {ATTEMPTS} attempts: {problem}",
            remedy="Try again later with the same command; everything received so far is kept",
        )


class Refused(StudyError):
    """A service does not accept a request, whatever the number of attempts."""

    def __init__(self, address: str, code: int, words: str, settings: str) -> None:
        answer_words = " ".join(words.split())[:200]
        super().__init__(
            f"the service {address} refuses the request ({code}): {answer_words}",
            remedy=f"Correct the request in the settings {settings}",
        )


def _asked_wait(header: str, otherwise: float) -> float:
    """Seconds that the service asks to wait; dates and nonsense count as no wish."""
    try:
        return min(max(float(header), 0.0), LONGEST_WAIT)
    except ValueError:
        return otherwise


@dataclass
class FoundWorks:
    """What a search gave: the works, each once, how many the service stated, and why it ended."""

    works: list[dict[str, Any]]
    stated: int
    ended: str


def openalex_works(client: Client, base: str, params: Mapping[str, str], most: int, pages_file: Path) -> FoundWorks:
    """All works of a search of OpenAlex (parameters `search`, `filter`), in pages that are kept on the way.

    kept: file of the pages that have come; where it is there from the same search, it goes on from its last
    cursor, and starts anew where the service does not know that cursor any more. It is left to the caller.
    """
    works: dict[str, dict[str, Any]] = {}
    cursors, stated, ended = {"*"}, 0, "complete"
    pages = _kept_pages(pages_file, params)
    for page in pages:
        works |= {work["id"]: work for work in page["results"] if "id" in work}
        stated = page["count"]
    cursor = pages[-1]["next"] if pages else "*"
    cursors |= {page["next"] for page in pages if page["next"]}
    if not pages:
        _begin(pages_file, params)
    resumed = bool(pages)
    while cursor:
        query = dict(params) | {"per-page": PAGE, "cursor": cursor}
        try:
            answer = client.get(f"{base}/works", query) or {}
        except Refused:
            if not resumed:
                raise
            resumed, works, cursors, cursor = False, {}, {"*"}, "*"  # the old cursor has expired
            _begin(pages_file, params)
            continue
        results = [work for work in answer.get("results") or [] if isinstance(work, dict)]
        meta = answer.get("meta") or {}
        stated, following = int(meta.get("count") or 0), meta.get("next_cursor")
        works |= {work["id"]: work for work in results if "id" in work}
        if following in cursors:
            following, ended = None, "the service gave the same cursor again"
        if not results:
            following = None
        if following and len(works) >= most:
            following, ended = None, f"the limit of {most} works was reached"
        with pages_file.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"results": results, "count": stated, "next": following}, ensure_ascii=False) + "\n")
        cursors |= {following} if following else set()
        cursor = following
    found_works = list(works.values())[:most]
    if ended == "complete" and len(found_works) < min(stated, most):
        ended = f"the service stated {stated} works and gave {len(found_works)}"
    return FoundWorks(found_works, stated, ended)


def _begin(pages_file: Path, params: Mapping[str, str]) -> None:
    pages_file.parent.mkdir(parents=True, exist_ok=True)
    pages_file.write_text(json.dumps({"params": dict(params)}, ensure_ascii=False) + "\n", encoding="utf-8")


def _kept_pages(pages_file: Path, params: Mapping[str, str]) -> list[dict[str, Any]]:
    """The whole pages of an interrupted search; none of another search."""
    if not pages_file.is_file():
        return []
    lines = pages_file.read_text(encoding="utf-8", errors="replace").splitlines()
    pages = []
    for number, line in enumerate(lines):
        try:
            content = json.loads(line)
        except json.JSONDecodeError:
            break  # the line was being written
        if number == 0:
            if content.get("params") != dict(params):
                return []
        else:
            pages.append(content)
    whole_lines = [json.dumps(content, ensure_ascii=False) for content in ({"params": dict(params)}, *pages)]
    tables.write_text("\n".join(whole_lines), pages_file)
    return pages


def batches(values: Iterable[str], size: int = AT_ONCE) -> Iterator[list[str]]:
    """The values in groups of at most `size`, in order, each once.

    >>> list(batches(["a", "b", "a", "c"], 2))
    [['a', 'b'], ['c']]
    """
    distinct_values = list(dict.fromkeys(values))
    for start in range(0, len(distinct_values), size):
        yield distinct_values[start : start + size]


def crossref_work(client: Client, base: str, doi: str) -> dict[str, Any] | None:
    """The work of a DOI as Crossref has it; None where it has none."""
    from urllib.parse import quote

    answer = client.get(f"{base}/works/{quote(doi, safe='')}", {})
    return answer.get("message") if answer else None


def crossref_search(client: Client, base: str, words: str) -> list[dict[str, Any]]:
    """The works that Crossref finds likeliest for a title with its first author, the likeliest first."""
    answer = client.get(f"{base}/works", {"query.bibliographic": words, "rows": 3}) or {}
    items = (answer.get("message") or {}).get("items") or []
    return [item for item in items if isinstance(item, dict)]
