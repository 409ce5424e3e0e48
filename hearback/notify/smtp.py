"""Mail by the SMTP server of the operator's setting."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from hearback.notify.errors import NotDelivered

# For each step of the conversation; a delivery has eight or so.
SECONDS = 10.0
SUBMISSION_PORTS = {"smtp": 587, "smtps": 465}
HERE = frozenset({"localhost", "127.0.0.1", "::1"})

NO_ADDRESS = "The mail server says that nobody can be reached at this address."
REFUSED = "The mail server does not take our mail at the moment."
SILENT = "The mail server does not answer."


def send(url: str, message: EmailMessage) -> None:
    """Hand one message to the server at `url` (smtp://user:password@host:port, smtps:// for TLS at once).

    Its From and To say from whom to whom. Raises NotDelivered. What the server has accepted counts as sent,
    however the conversation ends afterwards.
    """
    server: smtplib.SMTP | None = None
    try:
        server = _connected(url)
        sender, recipient = (parseaddr(str(message[name]))[1] for name in ("From", "To"))
        server.send_message(message, sender, [recipient])
    except smtplib.SMTPRecipientsRefused as fault:
        code = max((code for code, _ in fault.recipients.values()), default=400)
        raise NotDelivered(NO_ADDRESS if code >= 500 else REFUSED, permanent=code >= 500) from fault
    except smtplib.SMTPDataError as fault:
        raise NotDelivered(REFUSED, permanent=fault.smtp_code >= 500) from fault
    except smtplib.SMTPResponseException as fault:
        # Our password, our sender, our server: it is the operator's to mend, and then it goes out.
        raise NotDelivered(REFUSED) from fault
    except (smtplib.SMTPException, OSError) as fault:
        raise NotDelivered(SILENT) from fault
    finally:
        if server is not None:
            _part(server)


def _connected(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or SUBMISSION_PORTS[parts.scheme]
    trusted = ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=trusted)
    else:
        server = smtplib.SMTP(host, port, timeout=SECONDS)
    try:
        _open(server, parts.scheme, host, parts.username, parts.password, trusted)
    except (smtplib.SMTPException, OSError):
        server.close()
        raise
    return server


def _open(
    server: smtplib.SMTP,
    scheme: str,
    host: str,
    user: str | None,
    password: str | None,
    trusted: ssl.SSLContext,
) -> None:
    server.ehlo()
    if scheme == "smtp" and (server.has_extn("starttls") or (user and host not in HERE)):
        # A password is never sent in the clear: a server without TLS then fails here.
        server.starttls(context=trusted)
        server.ehlo()
    if user:
        server.login(unquote(user), unquote(password or ""))


def _part(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        # The message is accepted or refused by now; how we part changes nothing.
        server.close()
