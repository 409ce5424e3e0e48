"""Waits until the demo answers, then tells the user where to look."""

import http.client
import os
import sys
import time
from urllib.parse import urlsplit

from tools.demo.environment import PERSON

PATIENCE_SECONDS = 20
LOOK_EVERY_SECONDS = 0.1


def answers(url: str) -> bool:
    """Whether a GET of `url` gives 200."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=5)
    try:
        connection.request("GET", address.path or "/")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        # Not listening yet, or ended in the middle of its start.
        return False
    finally:
        connection.close()


def wait_for(url: str) -> None:
    """Return when `url` answers; say now and then that it does not yet."""
    told = time.monotonic()
    while not answers(url):
        if time.monotonic() - told > PATIENCE_SECONDS:
            told = time.monotonic()
            print(f"Still waiting for {url}; the lines above may say why.")
        time.sleep(LOOK_EVERY_SECONDS)


def welcome(web_url: str, sandbox_url: str) -> str:
    """What the user reads when everything runs."""
    return "\n".join(
        [
            "",
            f"Open             {web_url}   and sign in as {PERSON}",
            f"Be the employer  {sandbox_url}   and send {PERSON} a mail",
            "",
            "Ctrl-C stops it. The data stays in .demo/ until `make demo-reset`.",
            "",
        ]
    )


if __name__ == "__main__":
    wait_for(f"{os.environ['GMAIL_API_URL']}/.well-known/openid-configuration")
    wait_for(f"http://127.0.0.1:{os.environ['PORT']}/readyz")
    print(welcome(os.environ["BASE_URL"], os.environ["DEMO_SANDBOX_PAGE"]))
    sys.stdout.flush()
