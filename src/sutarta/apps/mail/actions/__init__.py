"""Letters out (sending), and letters in (receiving, mailboxes)."""

from sutarta.apps.mail.actions.sending import (
    CAME_BACK,
    KEPT,
    LEASE,
    SENT_KEPT,
    WAITS,
    Draft,
    came_back,
    enclose,
    forget,
    forget_sent,
    post,
    post_all,
    send_due,
)

__all__ = [
    "CAME_BACK",
    "KEPT",
    "LEASE",
    "SENT_KEPT",
    "WAITS",
    "Draft",
    "came_back",
    "enclose",
    "forget",
    "forget_sent",
    "post",
    "post_all",
    "send_due",
]
