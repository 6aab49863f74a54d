"""A question to a model over real HTTP on loopback: every failure is a sentence."""

from __future__ import annotations

import json
import socket
from dataclasses import replace
from time import monotonic

import pytest

from luoshi.domain.base import Refused
from luoshi.engines.model import LONGEST_WAIT, MOST_BYTES, ask, endpoint_of
from luoshi.engines.tests.model_server import drip, send, serving

MESSAGES = [{"role": "user", "content": "原文"}]


@pytest.fixture
def model():
    with serving() as served:
        yield served


def refusal(endpoint) -> str:
    with pytest.raises(Refused) as refused:
        ask(endpoint, MESSAGES)
    return refused.value.why.code


def test_question_and_answer_travel_whole(model):
    model.tell = lambda _asked: "答复"
    assert ask(endpoint_of(model.url, "qwen", "secret"), MESSAGES) == "答复"
    (asked,) = model.asked
    assert (asked["path"], asked["model"], asked["messages"]) == (
        "/v1/chat/completions",
        "qwen",
        MESSAGES,
    )
    assert model.headers[0]["Authorization"] == "Bearer secret"


def test_without_a_key_none_is_sent_and_it_is_shown_nowhere(model):
    ask(endpoint_of(model.url, "qwen"), MESSAGES)
    assert "Authorization" not in model.headers[0]
    assert "secret" not in repr(endpoint_of(model.url, "qwen", "secret"))


def test_redirect_is_not_followed(model):
    with serving() as elsewhere:
        model.manner = lambda h: send(h, 302, b"", Location=elsewhere.url)
        assert refusal(endpoint_of(model.url, "qwen")) == "opinion.status"
        assert elsewhere.asked == []


def test_proxy_of_the_environment_is_not_used(model, monkeypatch):
    with serving() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        ask(endpoint_of(model.url, "qwen"), MESSAGES)
        assert (len(model.asked), proxy.asked) == (1, [])


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"not json", "opinion.not_as_asked"),
        (b"[]", "opinion.not_as_asked"),
        (b'{"choices": []}', "opinion.not_as_asked"),
        (b'{"choices": [{"message": {"content": 7}}]}', "opinion.not_as_asked"),
        (b"\xff\xfe\x00", "opinion.not_as_asked"),
        (b"[" * 200_000, "opinion.not_as_asked"),
        (b"x" * (MOST_BYTES + 10), "opinion.too_long"),
    ],
    ids=["text", "list", "no choice", "a number", "bytes", "nested", "long"],
)
def test_answer_that_is_none_is_told(model, body, why):
    model.manner = lambda h: send(h, 200, body)
    assert refusal(endpoint_of(model.url, "qwen")) == why


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503])
def test_error_status_is_told(model, status):
    model.manner = lambda h: send(h, status, b"<script>")
    assert refusal(endpoint_of(model.url, "qwen")) == "opinion.status"


def test_silent_and_dripping_servers_are_left_at_the_deadline(model):
    for manner in (lambda _h: model.stop.wait(20), drip(model)):
        model.manner = manner
        started = monotonic()
        assert refusal(endpoint_of(model.url, "qwen", seconds=1)) == "opinion.too_slow"
        assert monotonic() - started < 4


def test_connection_that_breaks_and_port_that_is_shut_are_told(model):
    model.manner = lambda h: h.connection.shutdown(socket.SHUT_RDWR)
    assert refusal(endpoint_of(model.url, "qwen")) == "opinion.unreachable"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert refusal(replace(endpoint_of(model.url, "qwen"), port=port)) == "opinion.unreachable"


@pytest.mark.parametrize(
    "url",
    [
        "http://model.example/v1",
        "http://8.8.8.8/v1",
        "ftp://127.0.0.1/v1",
        "file:///etc/passwd",
        "127.0.0.1:11434/v1",
        "http://user:word@127.0.0.1/v1",
        "http://127.0.0.1:99999/v1",
        "http://127.0.0.1/v1?to=elsewhere",
        "http://[::1/v1",
        "https://",
        "",
    ],
)
def test_address_that_may_not_be_called_is_refused(url):
    with pytest.raises(Refused) as refused:
        endpoint_of(url, "qwen")
    assert refused.value.why.code == "opinion.bad_address"


@pytest.mark.parametrize(
    ("url", "here", "shown"),
    [
        ("http://localhost:11434/v1/", True, "http://localhost:11434"),
        ("http://[::1]:8000/v1", True, "http://[::1]:8000"),
        ("http://10.1.2.3:8000/v1", False, "http://10.1.2.3:8000"),
        ("https://model.example/v1", False, "https://model.example:443"),
    ],
)
def test_address_is_shown_and_known_as_here_or_elsewhere(url, here, shown):
    endpoint = endpoint_of(url, "qwen", seconds=9999)
    assert (endpoint.on_this_machine, endpoint.shown) == (here, shown)
    assert endpoint.path == "/v1/chat/completions"
    assert endpoint.seconds == LONGEST_WAIT


def test_name_of_the_model_is_needed():
    with pytest.raises(Refused):
        endpoint_of("http://127.0.0.1/v1", "")


def test_body_is_json_with_its_characters(model):
    ask(endpoint_of(model.url, "qwen"), MESSAGES)
    assert json.dumps(model.asked[0]["messages"], ensure_ascii=False) == json.dumps(
        MESSAGES, ensure_ascii=False
    )
