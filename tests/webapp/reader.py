"""A person who reads pages and presses buttons, without a browser."""

from dataclasses import dataclass, field

from flask import Flask
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node
from werkzeug.test import TestResponse

from hearback.models import User


@dataclass
class Reader:
    """One signed-in user with a session of their own."""

    app: Flask
    user: User
    client: FlaskClient = field(init=False)
    page: HTMLParser = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()
        self.sign_in()

    def sign_in(self) -> None:
        """As after coming back from Google."""
        with self.client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = str(self.user.id), True

    def see(self, path: str) -> HTMLParser:
        """Open a page, which must be there."""
        answer = self.client.get(path, follow_redirects=True)
        assert answer.status_code == 200, (path, answer.status_code)
        self.page = HTMLParser(answer.text)
        return self.page

    def read(self, path: str) -> str:
        """The words of a page's main part, white space evened."""
        return words(self.see(path).css_first("main"))

    def post(self, path: str, **form: object) -> TestResponse:
        """Send a form with a valid CSRF token; no redirect is followed."""
        return self.client.post(path, data={"csrf_token": self.token(), **form})

    def press(self, path: str | None, button: str, within: str = "main") -> str:
        """Press the first button of that name, on the page seen last where no path is given.

        Returns the words of the page that comes then.
        """
        page = self.see(path) if path else self.page
        for form in page.css(f"{within} form"):
            pressed = form.css_first("button")
            if pressed is not None and button in words(pressed):
                sent = self.client.post(
                    form.attributes["action"] or "", data=fields(form), follow_redirects=True
                )
                assert sent.status_code == 200, (button, sent.status_code)
                self.page = HTMLParser(sent.text)
                return words(self.page.css_first("main"))
        raise AssertionError(f"no button {button!r} in {path}")

    def token(self) -> str:
        """A CSRF token of this session."""
        meta = self.see("/mailboxes").css_first("meta[name=csrf-token]")
        return meta.attributes["content"] or ""


def fields(form: Node) -> dict[str, str]:
    """What a browser would send of a form that nobody touched."""
    found = {
        name: node.attributes.get("value") or ""
        for node in form.css("input[name]")
        if (name := node.attributes.get("name"))
    }
    for select in form.css("select[name]"):
        chosen = select.css_first("option[selected]") or select.css_first("option")
        found[select.attributes["name"] or ""] = chosen.attributes["value"] or ""
    return found


def words(node: Node | None) -> str:
    """The text of a node, white space evened."""
    assert node is not None
    return " ".join(node.text(separator=" ").split())
