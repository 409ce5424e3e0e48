"""Fills an empty store at the first start, with the sample mailbox or with a real one from a file."""

import sys

from sandbox import mbox, sample
from sandbox.delivery import deliver_mbox
from sandbox.world import World

SAMPLE_NAME = "Robin Sample"


def seed(world: World) -> None:
    """Do what --sample or --mbox asks, unless there are accounts already."""
    settings = world.settings
    if world.accounts() or not (settings.sample or settings.mbox):
        return
    account = world.create(settings.mailbox, SAMPLE_NAME if settings.sample else "")
    if settings.mbox is not None:
        found = mbox.read(settings.mbox)
        deliver_mbox(world, account, found)
        delivered, broken = len(found.mails), len(found.failures)
        sys.stdout.write(f"sandbox.mbox delivered={delivered} broken={broken}\n")
        for failure in found.failures:
            sys.stdout.write(f"sandbox.mbox.broken mail={failure['index']} reason={failure['error']}\n")
        return
    threads: dict[str, str] = {}
    for entry in sorted(sample.messages(world.clock.now()), key=lambda entry: entry.received):
        date = mbox.milliseconds(entry.received)
        thread = threads.get(entry.thread or "")
        message = world.deliver(account, entry.raw, entry.labels, date, thread)
        if entry.thread:
            threads[entry.thread] = message.thread_id
    world.commit(account)
