"""Groups: which events might concern one another and must be folded together."""

from peewee import CharField, ForeignKeyField

from hearback.models.base import Row
from hearback.models.user import User


class MailGroup(Row):
    """Events that might concern one another. A group is folded whole; groups never interact."""

    user = ForeignKeyField(User, on_delete="CASCADE")

    class Meta:
        table_name = "mail_groups"


class Link(Row):
    """A key (thread, company, reference ...) that draws every event having it into one group."""

    user = ForeignKeyField(User, on_delete="CASCADE")
    key = CharField(max_length=160)
    group = ForeignKeyField(MailGroup, on_delete="CASCADE")

    class Meta:
        table_name = "links"
        indexes = ((("user", "key"), True),)
