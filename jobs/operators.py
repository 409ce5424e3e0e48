"""Mail to those who run the service, sent at once: the queue may be what has stopped."""

import datetime as dt
import logging
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from hearback.config import settings
from hearback.logs import event
from hearback.mail import own
from hearback.mail.parse import OWN_HEADER
from hearback.notify import smtp
from hearback.notify.errors import NotDelivered

log = logging.getLogger(__name__)

WHY = "You get this because your address is in ADMIN_EMAILS. Take it out to end such mail."


def tell_operators(subject: str, text: str, key: str, at: dt.datetime) -> bool:
    """Send a mail to each of ADMIN_EMAILS; return False where nobody could be told just now.

    Without SMTP_URL the log is where operators look, and that counts as told. `key` makes the Message-ID.
    """
    known = settings()
    if not known.smtp_url or not known.admin_emails:
        return True
    taken = 0
    for address in sorted(known.admin_emails):
        message = EmailMessage()
        message["Subject"], message["From"], message["To"] = subject, known.mail_from, address
        message["Date"] = format_datetime(at)
        message["Message-ID"] = f"<{key}.hearback@{parseaddr(known.mail_from)[1].rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        signature = own.sign(known.mail_from, address, subject, known.secret_key.encode())
        message[OWN_HEADER] = signature
        message.set_content(f"{text}\n\n{known.base_url}/admin\n\n{WHY}\n")
        try:
            smtp.send(known.smtp_url, message)
            taken += 1
        except NotDelivered as fault:
            log.error(event("operators.not_told", key=key, permanent=fault.permanent))
    return taken > 0
