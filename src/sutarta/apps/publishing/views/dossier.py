"""The dossier of a consultation, put together for whoever asks."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from threading import Lock

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from sutarta import __version__
from sutarta.apps.consultations import lending, shelf
from sutarta.apps.consultations.models import Consultation
from sutarta.apps.consultations.queries import public
from sutarta.apps.ledger import queries as ledger
from sutarta.apps.ledger.queries import logs
from sutarta.apps.mail import limits
from sutarta.apps.publishing import dossier as dossiers
from sutarta.formats import pdf

MADE_IN_AN_HOUR = 20  # dossiers one network may have made
IN_MEMORY = 8_000_000  # bytes; what is larger waits in a nameless file
log = logging.getLogger(__name__)
_making = Lock()


@require_safe
def dossier(request: HttpRequest, consultation: int) -> HttpResponse:
    """Everything public about it, as one zip."""
    its = get_object_or_404(public.announced(request.group), number=consultation)
    etag = _etag(request, its)
    if lending.is_known(request, etag):
        return lending.headed(HttpResponseNotModified(), etag)
    network = limits.network_of(request)
    if not limits.may_act("dossier", network, MADE_IN_AN_HOUR, request.at):
        return lending.too_many(request)
    try:
        return lending.headed(_made(request, its), etag)
    except (shelf.Busy, pdf.NotWritten) as reason:
        log.warning("no dossier %s: %s", its.number, reason)
        return lending.not_ready(request)


def _etag(request: HttpRequest, its: Consultation) -> str:
    """It changes with every act, and with every checkpoint and signature under it."""
    current = logs.in_force(request.group)
    newest = logs.newest_checkpoint(current) if current else None
    note = logs.cosigned(newest) if newest else ""
    state = ledger.state(request.group)
    parts = [__version__, str(its.pk), request.LANGUAGE_CODE, state, note]
    return f'"{hashlib.sha256(" ".join(parts).encode()).hexdigest()[:32]}"'


def _made(request: HttpRequest, its: Consultation) -> HttpResponse:
    """One at a time in a process: it takes a while. Raises shelf.Busy."""
    if not _making.acquire(timeout=shelf.PATIENCE):
        raise shelf.Busy
    made = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    try:
        dossiers.pack(its, request.LANGUAGE_CODE, request.at, made)
    except BaseException:
        made.close()
        raise
    finally:
        _making.release()
    made.seek(0)
    name = pgettext("file name", "dossier-%(number)s") % {"number": its.number}
    return FileResponse(
        made, as_attachment=True, filename=f"{name}.zip", content_type="application/zip"
    )
