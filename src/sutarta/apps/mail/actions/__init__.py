"""Letters out (sending), and letters in (receiving, mailboxes)."""

from sutarta.apps.mail.actions.sending import (
    KEPT,
    LEASE,
    SENT_KEPT,
    WAITS,
    Draft,
    enclose,
    forget,
    forget_sent,
    post,
    post_all,
    send_due,
)

__all__ = [
    "KEPT",
    "LEASE",
    "SENT_KEPT",
    "WAITS",
    "Draft",
    "enclose",
    "forget",
    "forget_sent",
    "post",
    "post_all",
    "send_due",
]
