"""peewee tables, and the rules that a row obeys."""

from hearback.models.application import Application
from hearback.models.base import connect, database, migrate, now, pending_migrations, release
from hearback.models.board_feed import BoardFeed, Follow
from hearback.models.board_run import BoardRun, RunState
from hearback.models.calendar import CalendarEntry, CalendarFeed, CalendarLink
from hearback.models.channel import Channel, ChannelKind
from hearback.models.delivery import Delivery, DeliveryState
from hearback.models.document import (
    Document,
    DocumentFile,
    DocumentKind,
    DocumentPage,
    DocumentVersion,
    Origin,
    Reading,
)
from hearback.models.event import Event, Kind, Standing
from hearback.models.follow_up import FollowUp
from hearback.models.group import Link, MailGroup
from hearback.models.history_gap import HistoryGap
from hearback.models.job import Job, JobBand, JobSource, WhyClosed
from hearback.models.job_mark import JobMark
from hearback.models.job_search import JobMatch, MatchedJob, PastedPosting, PasteState, SavedSearch, Tell
from hearback.models.joining import join_group
from hearback.models.ledger import Heartbeat, PeriodicRun
from hearback.models.lesson import Lesson, Taught, lesson_for, taught_of
from hearback.models.mailbox import Mailbox, MailboxState
from hearback.models.meeting import Meeting
from hearback.models.message import SET_ASIDE, Message, MessageState
from hearback.models.notification import Notification
from hearback.models.preference import Manner, News, Preference
from hearback.models.report import Report
from hearback.models.scan_run import ScanRun
from hearback.models.second_look import AskedDay, ModelAnswer, Outcome
from hearback.models.status import STAGES, Stage, Status
from hearback.models.tailoring import Making, Tailoring
from hearback.models.user import User

TABLES = (
    User,
    Mailbox,
    HistoryGap,
    Message,
    MailGroup,
    Link,
    Event,
    Application,
    Notification,
    Channel,
    Preference,
    Manner,
    Delivery,
    PeriodicRun,
    Heartbeat,
    ScanRun,
    ModelAnswer,
    AskedDay,
    Lesson,
    FollowUp,
    Report,
    Meeting,
    CalendarFeed,
    CalendarLink,
    CalendarEntry,
    BoardFeed,
    Follow,
    BoardRun,
    Job,
    JobSource,
    JobBand,
    SavedSearch,
    JobMatch,
    MatchedJob,
    JobMark,
    PastedPosting,
    DocumentFile,
    DocumentPage,
    Document,
    DocumentVersion,
    Tailoring,
)

__all__ = [
    "SET_ASIDE", "STAGES", "TABLES", "Application", "AskedDay", "BoardFeed", "BoardRun", "CalendarEntry",
    "CalendarFeed", "CalendarLink", "Channel", "ChannelKind", "Delivery", "DeliveryState", "Document",
    "DocumentFile", "DocumentKind", "DocumentPage", "DocumentVersion", "Event", "Follow", "FollowUp",
    "Heartbeat", "HistoryGap", "Job", "JobBand", "JobMark", "JobMatch", "JobSource", "Kind", "Lesson",
    "Link", "MailGroup", "Mailbox", "MailboxState", "Making", "Manner", "MatchedJob", "Meeting", "Message",
    "MessageState", "ModelAnswer", "News", "Notification", "Origin", "Outcome", "PasteState",
    "PastedPosting", "PeriodicRun", "Preference", "Reading", "Report", "RunState", "SavedSearch",
    "ScanRun", "Stage", "Standing", "Status", "Tailoring", "Taught", "Tell", "User", "WhyClosed",
    "connect", "database", "join_group", "lesson_for", "migrate", "now", "pending_migrations", "release",
    "taught_of",
]  # fmt: skip
