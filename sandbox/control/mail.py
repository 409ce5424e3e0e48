"""Mail that arrives, changes and goes, as senders and the mailbox's owner make it happen."""

from flask import Response, jsonify, request

from sandbox import delivery
from sandbox.compose import ComposeError, checked_address
from sandbox.context import world
from sandbox.control.base import blueprint, located, read_body, strings_in, summary
from sandbox.errors import GoogleError


@blueprint.post("/deliver")
def deliver() -> Response:
    """One mail: `{address, raw | from, subject, text, ...}`; see delivery.deliver for all fields."""
    account, message = delivery.deliver(world(), read_body())
    world().commit(account)
    return jsonify(located(account, message))


@blueprint.post("/deliver-many")
def deliver_many() -> Response:
    """`{mails: [...]}`: each as for /deliver; the broken ones are named, the others arrive."""
    delivered, failed, touched = [], [], {}
    for index, mail in enumerate(read_body().get("mails", [])):
        try:
            account, message = delivery.deliver(world(), mail)
        except (ComposeError, GoogleError) as error:
            failed.append({"index": index, "error": str(error)})
            continue
        touched[account.id] = account
        delivered.append(located(account, message))
    world().commit(*touched.values())
    return jsonify({"delivered": delivered, "failed": failed})


@blueprint.post("/mbox")
def upload_mbox() -> Response:
    """`?address=`, an mbox file as body or as form field `file`: delivered oldest first.

    `dates=header` (default) keeps each mail's own date, `dates=now` lets all arrive now.
    """
    account = world().create(checked_address(request.args.get("address")))
    uploaded = request.files.get("file")
    data = uploaded.read() if uploaded else request.get_data()
    return jsonify(delivery.deliver_mbox_bytes(world(), account, data, request.args.get("dates") != "now"))


@blueprint.post("/delete")
def delete() -> Response:
    """`{address, id}`: the person deletes a mail for good."""
    body = read_body()
    account = world().account(str(body.get("address", "")))
    with account.lock:
        account.delete(str(body.get("id", "")))
    world().commit(account)
    return jsonify(summary(account))


@blueprint.post("/labels")
def change_labels() -> Response:
    """`{address, id, add, remove}`: the person changes a mail's labels."""
    body = read_body()
    account = world().account(str(body.get("address", "")))
    with account.lock:
        add = [account.label_id(label) for label in strings_in(body, "add")]
        message = account.modify(str(body.get("id", "")), add, strings_in(body, "remove"))
    world().commit(account)
    return jsonify(located(account, message))


@blueprint.post("/expire-history")
def expire_history() -> Response:
    """`{address}`: every history id handed out so far is too old from now on."""
    account = world().account(str(read_body().get("address", "")))
    with account.lock:
        account.expire_history()
    world().store.flush()
    return jsonify(summary(account))
