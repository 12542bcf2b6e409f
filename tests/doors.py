"""Every address of the site, what it needs, and who it is for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from unittest import mock

from django.apps import apps
from django.http import HttpResponseBase

from sutarta.apps.consultations.models import Arrival, Consultation, Visibility
from sutarta.apps.consultations.queries import meetings as listing
from sutarta.apps.consultations.queries import supports
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.ledger.models import Entry
from sutarta.apps.mail.actions import receiving
from sutarta.apps.people import actions as people
from sutarta.apps.publishing.queries import following
from sutarta.apps.strategies import actions as strategies
from sutarta.apps.strategies import queries
from sutarta.apps.strategies.models import Passage, Version, VersionReason, Withholding
from sutarta.apps.tenants import accent
from sutarta.apps.tenants.models import TenantRow
from sutarta.core.documents import Span
from sutarta.formats import reading, sheets
from tests import ideas, make, meetings, surveys


@dataclass(frozen=True)
class Door:
    """keys: names of House values its address needs. opens: codes a resident may get.

    own: a page of whoever is signed in, about their own account.
    """

    keys: tuple[str, ...] = ()
    staff: bool = False
    own: bool = False
    opens: tuple[int, ...] = (200,)


def _desk(*keys: str) -> Door:
    return Door(keys, staff=True)


def _own(*keys: str) -> Door:
    return Door(keys, own=True, opens=SENT_ON)


MOVED = (200, 302)
ONLY_SENT = (405,)
SENT_ON = (302,)

DOORS = {
    "web:home": Door(),
    "web:language": Door(opens=ONLY_SENT),
    "web:privacy": Door(),
    "web:accessibility": Door(),
    "web:health": Door(opens=(200, 503)),
    "web:robots": Door(),
    "web:sitemap": Door(),
    "web:desk": _desk(),
    "tenants:look": Door(("accent",)),
    "tenants:mark": Door(("mark",)),
    "account_request_login_code": Door(),
    "account_confirm_login_code": Door(opens=(302,)),
    "account_login": Door(opens=(302,)),
    "people:sign_in": Door(opens=(302,)),
    "people:sign_out": Door(opens=ONLY_SENT),
    "people:link": Door(("link",)),
    "people:settings": _desk(),
    "people:look": _desk(),
    "people:mark": _desk(),
    "people:members": _desk(),
    "people:end_membership": _desk("membership"),
    # a person's own account: the logged-out are sent to sign in
    "account_reauthenticate": _own(),
    "usersessions_list": _own(),
    "mfa_index": _own(),
    "mfa_authenticate": _own(),
    "mfa_reauthenticate": _own(),
    "mfa_activate_totp": _own(),
    "mfa_deactivate_totp": _own(),
    "mfa_view_recovery_codes": _own(),
    "mfa_generate_recovery_codes": _own(),
    "mfa_download_recovery_codes": _own(),
    "mfa_list_webauthn": _own(),
    "mfa_add_webauthn": _own(),
    "mfa_reauthenticate_webauthn": _own(),
    "mfa_remove_webauthn": _own("key"),
    "mfa_edit_webauthn": _own("key"),
    "mfa_login_webauthn": _own(),
    "strategies:list": _desk(),
    "strategies:start": _desk(),
    "strategies:import": _desk("strategy"),
    "strategies:steps": _desk("strategy"),
    "strategies:preview": _desk("strategy"),
    "strategies:changes": _desk("strategy"),
    "strategies:make_draft": _desk("strategy"),
    "strategies:correct": _desk("strategy", "position"),
    "strategies:draft": _desk("strategy"),
    "strategies:discard": _desk("strategy"),
    "strategies:start_draft": _desk("strategy"),
    "strategies:edit_draft": _desk("strategy"),
    "strategies:edit": _desk("strategy", "drafted"),
    "strategies:edit_at": _desk("strategy", "drafted"),
    "strategies:edit_add": _desk("strategy", "drafted"),
    "strategies:edit_remove": _desk("strategy", "drafted"),
    "strategies:edit_move": _desk("strategy", "drafted"),
    "strategies:edit_history": _desk("strategy"),
    "strategies:edit_undo": _desk("strategy", "correction"),
    "strategies:notes": _desk("strategy"),
    "strategies:note": _desk("strategy", "staff_note"),
    "strategies:original": _desk("strategy", "version"),
    "strategies:word": _desk("strategy", "version"),
    "strategies:tie": _desk("strategy"),
    "strategies:withhold": _desk("strategy", "version"),
    "strategies:show_again": _desk("two_versions", "older", "withholding"),
    "strategies:picture": _desk("strategy", "picture"),
    "consultations:strategy": Door(("strategy",), opens=MOVED),
    "consultations:version": Door(("strategy", "version")),
    "consultations:printed": Door(("strategy", "version", "printed"), opens=(301, 302)),
    "consultations:picture": Door(("strategy", "version", "picture")),
    "consultations:passage": Door(("strategy", "version", "lineage")),
    "consultations:history": Door(("strategy", "version", "lineage")),
    "consultations:compare": Door(("two_versions", "newer", "older")),
    "consultations:compare_pick": Door(("two_versions",)),
    "consultations:consultation": Door(("consultation",)),
    "consultations:closing_report": Door(("consultation",)),
    "consultations:version_file": Door(("strategy", "version", "kind")),
    "consultations:compare_file": Door(("two_versions", "newer", "older", "kind")),
    "consultations:register_pdf": Door(),
    "consultations:register_docx": Door(),
    "consultations:report_file": Door(("consultation", "kind")),
    "consultations:say": Door(("consultation",)),
    "consultations:register": Door(),
    "consultations:submission": Door(("submission",)),
    "consultations:file": Door(("shown", "attachment")),
    "consultations:files": Door(("secret",)),
    "consultations:feed": Door(),
    "consultations:register_csv": Door(),
    "consultations:register_xlsx": Door(),
    "consultations:support": Door(("shown",)),
    "consultations:support_link": Door(("shown", "signed")),
    "consultations:desk_files": _desk("submission"),
    "consultations:report_text": Door(("submission",), opens=(403,)),  # nothing to read yet
    "consultations:ask_review": Door(("secret",), opens=(403,)),  # nothing is hidden
    "consultations:meetings": Door(),
    "consultations:meetings_calendar": Door(),
    "consultations:meetings_csv": Door(),
    "consultations:meeting": Door(("meeting",)),
    "consultations:meeting_calendar": Door(("meeting",)),
    "consultations:minutes_file": Door(("meeting", "minutes"), opens=(404,)),  # none published
    "consultations:sign_in_sheet": _desk("meeting"),
    "consultations:meeting_leave": Door(("on_list",)),
    "consultations:mine": Door(("secret",)),
    "consultations:receipt": Door(("secret",)),
    "consultations:verify_receipt": Door(),
    "consultations:check_receipt": Door(),
    "consultations:own_data": Door(("secret",)),
    "consultations:own_data_json": Door(("secret",)),
    "consultations:correct": Door(("secret",)),
    "consultations:withdraw": Door(("secret",)),
    "consultations:confirm": Door(("secret", "code"), opens=(200, 302, 404)),
    "consultations:desk_consultations": _desk(),
    "consultations:desk_meetings": _desk(),
    "consultations:desk_meeting_new": _desk(),
    "consultations:desk_meeting": _desk("meeting"),
    "consultations:desk_meeting_edit": _desk("meeting"),
    "consultations:desk_meeting_announce": _desk("meeting"),
    "consultations:desk_meeting_delete": _desk("meeting"),
    "consultations:desk_meeting_notes": _desk("meeting"),
    "consultations:desk_meeting_list": _desk("meeting"),
    "consultations:desk_meeting_minutes": _desk("meeting"),
    "consultations:desk_remarks": _desk("strategy"),
    "consultations:desk_remarks_again": _desk("strategy"),
    "consultations:desk_prepare": _desk("strategy", "version"),
    "consultations:desk_begin_ideas": _desk(),
    "consultations:desk_idea_ways": _desk("idea_call"),
    "consultations:territory": _desk(),
    "consultations:territory_outlines": _desk(),
    "consultations:territory_part": _desk("ward"),
    "consultations:mailboxes": _desk(),
    "consultations:mailbox_add": _desk(),
    "consultations:mailbox_back": _desk(),
    "consultations:mailbox": _desk("mailbox"),
    "consultations:desk_surveys": _desk("consultation"),
    "consultations:desk_survey": _desk("survey"),
    "consultations:desk_survey_check": _desk("survey"),
    "consultations:desk_survey_faulty": _desk("survey"),
    "consultations:desk_survey_done": _desk("survey_taken"),
    "consultations:desk_sentence": _desk(),
    "consultations:desk_consultation": _desk("consultation"),
    "consultations:desk_edit": _desk("consultation"),
    "consultations:desk_extend": _desk("consultation"),
    "consultations:desk_announce": _desk("consultation"),
    "consultations:desk_publish_answers": _desk("consultation"),
    "consultations:desk_board": _desk("consultation"),
    "consultations:desk_report": _desk("consultation"),
    "consultations:desk_approvals": _desk(),
    "consultations:desk_texts": _desk(),
    "consultations:desk_text": _desk("standard_text"),
    "consultations:rendition": Door(("consultation", "tongue")),
    "consultations:easy": Door(("consultation",)),
    "consultations:say_in": Door(("consultation", "tongue")),
    "consultations:desk_renditions": _desk("consultation"),
    "consultations:desk_rendition": _desk("consultation", "tongue"),
    "consultations:desk_forms": _desk(),
    "consultations:desk_form_words": _desk(),
    "consultations:desk_translate": _desk("shown"),
    "consultations:desk_enter": _desk(),
    "consultations:desk_letter": _desk(),
    "consultations:desk_letters_in": _desk(),
    "consultations:desk_letter_in": _desk("arrival"),
    "consultations:desk_letter_take": _desk("arrival"),
    "consultations:desk_letter_aside": _desk("arrival"),
    "consultations:desk_letter_back": _desk("arrival"),
    "consultations:desk_letter_beside": _desk("arrival"),
    "consultations:desk_letter_file": _desk("arrival"),
    "consultations:desk_type_in": _desk("submission"),
    "consultations:desk_entered": _desk("entered"),
    "consultations:paper_form": Door(("consultation", "tongue")),
    "consultations:desk_paper": _desk("consultation"),
    "consultations:desk_paper_run": _desk("consultation", "paper_run"),
    "consultations:desk_type": _desk(),
    "consultations:desk_sheet": _desk("paper_sheet"),
    "consultations:desk_retype": _desk("entered"),
    "consultations:desk_pasted": _desk("entered"),
    "consultations:desk_telling": _desk("consultation"),
    "consultations:desk_letters": _desk("consultation"),
    "consultations:desk_letters_pdf": _desk("consultation"),
    "consultations:desk": _desk(),
    "consultations:desk_bulk": _desk(),
    "consultations:desk_undo": _desk("deed"),
    "consultations:desk_filter_keep": _desk(),
    "consultations:desk_filter_remove": _desk(),
    "consultations:desk_csv": _desk(),
    "consultations:desk_xlsx": _desk(),
    "consultations:desk_note": _desk("submission"),
    "consultations:desk_tag": _desk("submission"),
    "consultations:desk_assign": _desk("submission"),
    "consultations:desk_places": _desk("submission"),
    "consultations:desk_similar": _desk("submission"),
    "consultations:desk_campaigns": _desk(),
    "consultations:desk_campaign": _desk("submission"),
    "consultations:desk_submission": _desk("submission"),
    "consultations:desk_moderate": _desk("submission"),
    "consultations:desk_open": _desk("submission"),
    "consultations:desk_take_back": _desk("submission"),
    "consultations:desk_erase": _desk("submission"),
    "consultations:desk_erase_decide": _desk("submission"),
    "consultations:desk_objections": _desk(),
    "consultations:desk_settle": _desk("objection"),
    "consultations:desk_answer": _desk("submission"),
    "consultations:desk_late": _desk("submission"),
    "consultations:desk_correct_answer": _desk("submission"),
    "consultations:desk_handover": _desk("strategy"),
    "consultations:desk_handover_file": _desk("strategy"),
    "consultations:desk_reasons_all": _desk(),
    "consultations:desk_reasons": _desk("two_versions", "newer"),
    "consultations:desk_reasons_link": _desk("two_versions", "newer"),
    "consultations:desk_reasons_back": _desk("two_versions", "newer"),
    "consultations:anchors": _desk(),
    "consultations:anchors_of": _desk("strategy"),
    "consultations:desk_publish_next": _desk("strategy"),
    "consultations:desk_passage": _desk("strategy", "passage"),
    "ledger:keys": Door(),
    "ledger:checkpoint": Door(),
    "ledger:tile": Door(("tile_level", "tile_place")),
    "ledger:entries": Door(("tile_place",)),
    "ledger:checkpoint_of": Door(("epoch",)),
    "ledger:tile_of": Door(("epoch", "tile_level", "tile_place")),
    "ledger:entries_of": Door(("epoch", "tile_place")),
    "publishing:calendar": Door(("consultation",)),
    "publishing:notice": _desk("consultation"),
    "publishing:notice_emblem": _desk("consultation"),
    "publishing:notice_words": _desk("consultation", "notice_language"),
    "publishing:notice_poster": _desk("consultation", "notice_language"),
    "publishing:notice_picture": _desk("consultation", "notice_language"),
    "publishing:notice_text": _desk("consultation", "notice_language", "notice_text"),
    "publishing:publications": _desk("consultation"),
    "publishing:publications_csv": _desk("consultation"),
    "publishing:withdraw": _desk("consultation", "publication"),
    "publishing:proof": Door(("consultation",)),
    "publishing:proof_copy": Door(("consultation", "publication")),
    "publishing:settings": _desk(),
    "publishing:embed": Door(),
    "publishing:embed_one": Door(("consultation",)),
    "publishing:follow": Door(),
    "publishing:follow_begin": Door(opens=ONLY_SENT),
    "publishing:follow_asked": Door(),
    "publishing:follow_left": Door(),
    "publishing:follow_mine": Door(("follower",)),
    "publishing:follow_leave": Door(("follower",)),
    "publishing:follow_confirm": Door(("follower", "follow")),
    "publishing:log": Door(),
    "publishing:log_feed": Door(),
    "publishing:safety": _desk(),
    "publishing:dossier": Door(("consultation",)),
    "publishing:act": Door(("epoch", "leaf")),
    "publishing:cosign": Door(opens=ONLY_SENT),
    "publishing:witnesses": Door(),
    "publishing:desk_witnesses": _desk(),
    "publishing:end_witness": _desk("witness"),
    "publishing:act_proof": Door(("epoch", "leaf")),
    "publishing:feed_strategy": Door(("strategy",)),
    "publishing:feed_passage": Door(("strategy", "lineage")),
    "publishing:feed_consultation": Door(("consultation",)),
}

# A picture of a group is found by its digest, whoever of the group put it there.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8ff1f00030001ff5e8ba4860000000049454e44ae426082"
)


def with_keys() -> list[str]:
    return [name for name, door in DOORS.items() if door.keys]


def of_staff() -> list[str]:
    return [name for name, door in DOORS.items() if door.staff]


def of_residents() -> list[str]:
    return [name for name, door in DOORS.items() if not door.staff]


def read(answer: HttpResponseBase) -> None:
    """Take a file to its end, so that it is closed the way the test client closes pages."""
    if answer.streaming:
        list(answer.streaming_content)


# Hundreds of houses hold the same two files: each is made and read by its own process but once.
_read_once = cache(reading.read_safely)


@cache
def _word_file(text: str) -> bytes:
    return make.word_file("# Ko žmonėms trūksta", text)


class House:
    """A group with one of everything; a second group whose coordinator tries its doors."""

    def __init__(self, host: str = "ours.test") -> None:
        self.host, self.elsewhere = host, "elsewhere.test"
        self.group = make.group(host=self.host)
        self.coordinator = make.member(of=self.group)
        self.neighbour = make.member(of=make.group(host=self.elsewhere))
        older = self._two_versions()
        self._speak()
        self._next_version()
        self.values |= older
        self.values |= self._take_in()

    def keys(self, name: str) -> list[object]:
        return [self.values[key] for key in DOORS[name].keys]

    def counts(self) -> dict[str, int]:
        """How many rows there are of everything: unchanged when nothing was done."""
        models = [m for m in apps.get_models() if issubclass(m, TenantRow)]
        return {m.__name__: m.objects.count() for m in [*models, Entry]}

    def _take_in(self) -> dict[str, object]:
        """The log has taken in what happened so far."""
        ledger.sequence_all(make.now())
        places = {"epoch": 1, "tile_level": 0, "tile_place": "000.p/1", "leaf": 0}
        return {
            **places,
            "witness": make.witness(of=self.group).pk,
            "withholding": self._withheld().pk,
            "arrival": self._came().pk,
        }

    def _came(self) -> Arrival:
        """A letter that waits to be sorted; its bytes have ended, so nobody takes it out."""
        arrival = make.arrival(of=self.group)
        receiving.remove([arrival.letter], make.now())
        return arrival

    def _withheld(self) -> Withholding:
        version = Version.objects.get(
            strategy__group=self.group,
            strategy__number=self.values["two_versions"],
            number=self.values["older"],
        )
        return make.withholding(version, lineage_id=version.document.blocks[0].id)

    def _two_versions(self) -> dict[str, object]:
        """An earlier strategy with two versions to compare."""
        first = make.version(group=self.group)
        second = make.reworded(first, make.passage(first), "Pagalba teikiama kasdien.")
        numbers = {"older": first.number, "newer": second.number}
        return {"two_versions": first.strategy.number, **numbers}

    def _speak(self) -> None:
        now = make.now()
        version = make.version(document=make.illustrated(PIXEL), group=self.group)
        picture = make.picture(PIXEL, group=self.group)
        consultation = make.consultation(
            version=version,
            made_by=self.coordinator,
            opens_at=now - timedelta(days=9),
            announced_at=now - timedelta(days=9),
            last_day=(now + timedelta(days=9)).date(),
        )
        receipt = make.receipt(consultation=consultation, at=now)
        shown = make.submission(consultation=consultation, at=now, visibility=Visibility.PUBLIC)
        make.attachment(receipt.submission)
        self.values = {
            **self._look(now),
            "link": people.make_link(group=self.group, user=self.coordinator, at=now),
            "membership": self.coordinator.memberships.get().pk,
            "key": make.passkey(of=self.coordinator).pk,
            "strategy": version.strategy.number,
            "version": version.number,
            "lineage": make.passage(version),
            "printed": "2.1",
            "picture": picture.digest,
            "position": 1,
            "consultation": consultation.number,
            "submission": receipt.submission.number,
            "entered": make.entered(consultation=consultation, actor=self.coordinator).number,
            "paper_sheet": make.on_paper(make.entered(consultation=consultation)).sheet,
            "paper_run": make.paper_run(consultation).pk,
            "secret": receipt.secret,
            "code": "0" * 32,
            "objection": make.objection(receipt.submission, at=now).pk,
            "passage": make.passage(version),
            "kind": "docx",
            "ward": ideas.ward(self.group).number,
            "mailbox": make.mailbox(of=self.group, address=f"pastas@{self.group.pk}.example").pk,
            "idea_call": make.consultation(
                strategy=version.strategy, made_by=self.coordinator
            ).number,
            "shown": shown.number,
            "signed": supports.link_for(shown, "0" * 64),
            "attachment": make.attachment(shown, PIXEL, approved_at=now).digest,
            **self._survey(consultation, now),
            **self._met(consultation, now),
            "notice_language": "lt",
            "notice_text": "newspaper",
            "deed": make.deed(of=self.group, actor=self.coordinator, at=now).pk,
            "standard_text": make.standard_text(of=self.group).pk,
            "tongue": make.form_words(of=self.group, actor=self.coordinator).language,
            **self._follow(consultation),
        }
        self.values["publication"] = make.publication(consultation, copy=PIXEL).pk
        make.report(consultation, published_at=now)
        for words in ({}, {"language": "lt", "is_easy": True}):
            make.rendition(consultation, actor=self.coordinator, **words)
        self.strategy = version.strategy

    def _follow(self, consultation: Consultation) -> dict[str, object]:
        """An address that follows, and one thing more that waits for its answer."""
        make.follow(consultation=consultation)
        waiting = make.follow(version=consultation.version, confirmed_at=None)
        return {"follower": following.secret_for(self.group, waiting.email), "follow": waiting.pk}

    def _survey(self, its: Consultation, now: datetime) -> dict[str, object]:
        """A sheet of answers that waits, and one that is in the register."""
        facts = {"actor": self.coordinator, "at": now}
        with mock.patch.object(sheets, "read_safely", sheets.read):  # no process for each house
            waiting = surveys.brought(its, surveys.row(1, now), **facts)
        taken = surveys.taken(its, actor=self.coordinator, number=waiting.number + 1)
        return {"survey": waiting.number, "survey_taken": taken.number}

    def _met(self, its: Consultation, now: datetime) -> dict[str, object]:
        """A meeting that is going on, with a proposal noted, somebody on the list and a file."""
        begins = max(its.opens_at, now - timedelta(hours=1))
        met = meetings.meeting(its, made_by=self.coordinator, starts_at=begins)
        meetings.noted(met, make.submission(consultation=its, at=now))
        listed = meetings.participant(met)
        ticket = listing.leave_path(listed).rstrip("/").rpartition("/")[2]
        return {
            "meeting": met.number,
            "listed": listed.pk,
            "on_list": ticket,
            "minutes_file": (kept := meetings.file(met)).pk,
            "minutes": kept.digest,
        }

    def _look(self, now: datetime) -> dict[str, object]:
        """A colour and a mark of its own."""
        facts = {"actor": self.coordinator, "group": self.group, "at": now}
        people.change_settings(changed={"accent": "#2b6e3f"}, **facts)
        people.change_mark(picture=PIXEL, **facts)
        return {"accent": accent.digest("#2b6e3f"), "mark": self.group.mark_digest}

    def _next_version(self) -> None:
        """A private draft and an open import, so that the desk's pages have something to show."""
        now, actor = make.now(), self.coordinator
        for text in ("Pagalba į namus teikiama kasdien.", "Pagalba teikiama savaitgaliais."):
            with mock.patch.object(reading, "read_safely", _read_once):
                strategies.keep_import(
                    actor=actor,
                    strategy=self.strategy,
                    name="taisyta.docx",
                    data=_word_file(text),
                    at=now,
                )
            if self.strategy.versions.count() == 1:
                strategies.make_draft(
                    actor=actor,
                    import_=queries.open_import(self.strategy),
                    reason=VersionReason.ANSWERS,
                    note="Pataisyta.",
                    at=now,
                )
        note = make.staff_note(queries.open_import(self.strategy), kept_by=actor)
        self.values["staff_note"] = note.pk
        self._correct()
        self._doubt()

    def _correct(self) -> None:
        """Correct one paragraph of the draft by hand."""
        draft = queries.draft_of(self.strategy)
        block = draft.document.blocks[1]
        strategies.edit_block(
            actor=self.coordinator,
            version=draft,
            lineage_id=block.id,
            blocks=[replace(block, spans=(Span("Pagalba į namus teikiama ir naktį."),))],
            seen=queries.seen(block),
            at=make.now(),
        )
        self.values |= {"drafted": block.id, "correction": draft.edits.get().pk}

    def _doubt(self) -> None:
        """Leave the passage people spoke of for a person to decide."""
        draft = queries.draft_of(self.strategy)
        candidates = [[draft.document.blocks[1].id, 0.6]]
        Passage.objects.update_or_create(
            version=draft,
            old_id=self.values["passage"],
            defaults={
                "group": self.group,
                "outcome": "doubtful",
                "new_ids": [],
                "candidates": candidates,
                "confidence": 0.6,
            },
        )
