"""Services on the net: polite, patient, never for ever, and resumed where they were interrupted."""

import json

import pytest
from coproduction.core.errors import StudyError
from coproduction.formats.services import ATTEMPTS, Client, Refused, crossref_work, openalex_works
from service_server import Service, served, work

WORKS = [work(n, f"Care {n}") for n in range(1, 6)]
ASKED = {"search": "care"}


@pytest.fixture
def waits():
    return []


@pytest.fixture
def client(waits):
    return Client("a@b.org", pause=0.5, sleep=waits.append)


def numbers(found):
    return [w["id"].rsplit("/", 1)[-1] for w in found.works]


def test_all_pages_are_taken_and_the_caller_says_who_calls(client, waits, tmp_path):
    service = Service(WORKS)
    with served(service) as base:
        found = openalex_works(client, base, ASKED, 100, tmp_path / "part")
    assert (numbers(found), found.stated, found.ended) == (["W1", "W2", "W3", "W4", "W5"], 5, "complete")
    _, query, agent = service.asked[0]
    assert query["mailto"] == "a@b.org"
    assert "mailto:a@b.org" in agent
    assert waits == [0.5] * (len(service.asked) - 1)  # polite between requests


@pytest.mark.parametrize(
    "fault", [(429, {"Retry-After": "7"}), (500, {}), (502, {}), (503, {}), (504, {}), "cut", "reset", "no json"]
)
def test_what_fails_for_a_while_is_tried_again(client, waits, tmp_path, fault):
    service = Service(WORKS)
    service.faults = [None, fault, fault]
    with served(service) as base:
        found = openalex_works(client, base, ASKED, 100, tmp_path / "part")
    assert numbers(found) == ["W1", "W2", "W3", "W4", "W5"]
    asked = 7.0 if isinstance(fault, tuple) and fault[1] else 1.0
    assert asked in waits


def test_a_wish_to_wait_for_a_day_or_in_words_is_not_obeyed_to_the_letter(client, waits, tmp_path):
    service = Service(WORKS)
    service.faults = [(429, {"Retry-After": "86400"}), (429, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"})]
    with served(service) as base:
        openalex_works(client, base, ASKED, 100, tmp_path / "part")
    assert max(waits) == 120.0


def test_it_gives_up_after_some_attempts_and_goes_on_there_next_time(client, waits, tmp_path):
    service = Service(WORKS)
    service.faults = [None, *[(503, {})] * ATTEMPTS]
    with served(service) as base:
        with pytest.raises(StudyError, match=rf"in {ATTEMPTS} attempts: it answers with status 503"):
            openalex_works(client, base, ASKED, 100, tmp_path / "part")
        before = len(service.asked)
        found = openalex_works(client, base, ASKED, 100, tmp_path / "part")
    assert numbers(found) == ["W1", "W2", "W3", "W4", "W5"]
    assert [query["cursor"] for _, query, _ in service.asked[before:]] == ["c2", "c4", "c6"]


def test_a_page_that_was_being_written_is_asked_again(client, tmp_path):
    service, part = Service(WORKS), tmp_path / "part"
    with served(service) as base:
        whole = openalex_works(client, base, ASKED, 100, part)
        text = part.read_text()
        part.write_text(text[: text.rindex('"W5') if '"W5' in text else len(text) // 2])
        again = openalex_works(client, base, ASKED, 100, part)
    assert numbers(again) == numbers(whole)


def test_pages_of_another_search_do_not_count(client, tmp_path):
    service = Service([*WORKS, work(9, "Trust")])
    with served(service) as base:
        openalex_works(client, base, ASKED, 100, tmp_path / "part")
        found = openalex_works(client, base, {"search": "trust"}, 100, tmp_path / "part")
    assert numbers(found) == ["W9"]


def test_an_expired_cursor_begins_anew_once(client, tmp_path):
    service = Service(WORKS)
    service.faults = [None, *["reset"] * ATTEMPTS]
    with served(service) as base:
        with pytest.raises(StudyError, match="connection failed"):
            openalex_works(client, base, ASKED, 100, tmp_path / "part")
        service.expired = {"c2"}
        service.page = 3
        found = openalex_works(client, base, ASKED, 100, tmp_path / "part")
        assert numbers(found) == ["W1", "W2", "W3", "W4", "W5"]


def test_the_same_cursor_again_ends_the_search_and_is_said(client, tmp_path):
    service = Service(WORKS)
    service.stuck = True
    with served(service) as base:
        found = openalex_works(client, base, ASKED, 100, tmp_path / "part")
    assert found.ended == "the service gave the same cursor again"
    assert len(service.asked) == 2
    assert numbers(found) == ["W1", "W2", "W3", "W4"]


def test_fewer_works_than_stated_and_the_limit_are_said(client, tmp_path):
    service = Service(WORKS)
    service.stated = 9
    with served(service) as base:
        found = openalex_works(client, base, ASKED, 100, tmp_path / "part")
        limited = openalex_works(client, base, ASKED, 3, tmp_path / "other")
    assert found.ended == "the service stated 9 works and gave 5"
    assert (len(limited.works), limited.ended) == (3, "the limit of 3 works was reached")


def test_a_refused_query_is_not_tried_again(client, tmp_path):
    service = Service(WORKS)
    service.faults = [(403, {})]
    with served(service) as base, pytest.raises(Refused, match=r"\(403\): busy"):
        openalex_works(client, base, ASKED, 100, tmp_path / "part")
    assert len(service.asked) == 1


def test_crossref_knows_a_doi_or_not(client):
    with served(Service([], [{"DOI": "10.1/A(b)<c>", "title": ["T"]}])) as base:
        assert crossref_work(client, base, "10.1/a(b)<c>")["title"] == ["T"]
        assert crossref_work(client, base, "10.1/none") is None


def test_pages_are_kept_whole(client, tmp_path):
    with served(Service(WORKS)) as base:
        openalex_works(client, base, ASKED, 100, tmp_path / "part")
    lines = [json.loads(line) for line in (tmp_path / "part").read_text().splitlines()]
    assert lines[0] == {"params": ASKED}
    assert sum(len(page["results"]) for page in lines[1:]) == 5
