"""A person at a desk: signs in, opens a form, changes it, sends it. Standard library only."""

from __future__ import annotations

import http.client
import time
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit


class NoAnswer(Exception):  # noqa: N818 - an answer of its own
    """The line broke before an answer came: whether it was written is not known."""


class _Forms(HTMLParser):
    """Every form of a page: its address and what a browser would send."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.inside: dict[str, str] | None = None
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = {"": told.get("action", "")}
            self.forms.append(self.inside)
        elif self.inside is None:
            return
        elif tag == "input" and told.get("name"):
            if told.get("type") in {"checkbox", "radio"} and "checked" not in told:
                return
            if told.get("type") not in {"submit", "file", "button"}:
                self.inside[told["name"]] = told.get("value", "")
        elif tag == "select":
            self.select = told.get("name", "")
        elif tag == "option" and self.select:
            if "selected" in told or self.select not in self.inside:
                self.inside[self.select] = told.get("value", "")
        elif tag == "textarea":
            self.area = told.get("name", "")
            if self.area:
                self.inside[self.area] = ""

    def handle_data(self, data: str) -> None:
        if self.area and self.inside is not None:
            self.inside[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""


def form_with(page: str, field: str) -> dict[str, str]:
    """What the form that has the field would send."""
    reader = _Forms()
    reader.feed(page)
    found = next((form for form in reader.forms if field in form), None)
    if found is None:
        message = f"no form with {field} on the page: {page[:400]}"
        raise AssertionError(message)
    return {name: value for name, value in found.items() if name}


class Desk:
    """One signed-in person, one connection, the cookies of a browser."""

    def __init__(self, base: str, patience: float = 60) -> None:
        parts = urlsplit(base)
        self.host, self.port = parts.hostname or "", parts.port or 80
        self.patience, self.cookies = patience, {}
        self.line: http.client.HTTPConnection | None = None
        self.worst = 0.0

    def ask(
        self, method: str, path: str, fields: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        """Status, page, and where it leads. Raises `NoAnswer` where the line breaks."""
        body = urlencode(fields) if fields is not None else None
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        headers["Referer"] = f"http://{self.host}:{self.port}{path}"
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.monotonic()
        try:
            if self.line is None:
                self.line = http.client.HTTPConnection(self.host, self.port, timeout=self.patience)
            self.line.request(method, path, body, headers)
            answer = self.line.getresponse()
            page = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as error:
            self.hang_up()
            raise NoAnswer(str(error)) from error
        finally:
            self.worst = max(self.worst, time.monotonic() - begun)
        for line in answer.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        if answer.headers.get("Connection", "").lower() == "close":
            self.hang_up()
        return answer.status, page, answer.headers.get("Location", "")

    def hang_up(self) -> None:
        if self.line is not None:
            self.line.close()
        self.line = None

    def sit_down(self, session: str) -> Desk:
        """Go on in a session that was begun before."""
        self.cookies["sessionid"] = session
        return self
