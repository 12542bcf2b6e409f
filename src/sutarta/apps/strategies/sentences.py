"""The sentences people read about a Word file: why it was refused, what was found in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

# formats.docx Refused.code -> what to do
REFUSALS = {
    "unknown_kind": _(
        "We cannot read files of this kind. Save the document as .docx, .odt, .html or .md, then "
        "upload it again."
    ),
    "not_docx": _(
        "This is not a Word document. Open it in Word, choose “Save as” and the type .docx, "
        "then upload it again."
    ),
    "old_doc": _(
        "This is an old Word file (.doc). Open it in Word, choose “Save as” and the type .docx, "
        "then upload it again."
    ),
    "encrypted": _(
        "The file is locked with a password. Remove the password in Word (File, Info, Protect "
        "document), save and upload it again."
    ),
    "broken": _(
        "The file is damaged or was cut short on its way. Open it in Word, save it under another "
        "name and upload that one."
    ),
    "too_large": _(
        "The file is too large: we take up to 30 MB. Compress the pictures in Word (Picture "
        "format, Compress pictures), save and upload it again."
    ),
    "bomb": _(
        "The file unpacks to far more than a document holds, so we did not open it. Copy the text "
        "into a new Word document and upload that one."
    ),
    "macros": _(
        "The file carries macros, which we do not take. In Word choose “Save as” and the type "
        ".docx (without macros), then upload it again."
    ),
    "external_entity": _(
        "The file holds instructions that Word itself never writes, so we did not open it. Open it "
        "in Word, save it under another name and upload that one."
    ),
    "too_deep": _(
        "The parts of this file lie inside one another deeper than we follow. Copy the text into a "
        "new Word document and upload that one."
    ),
    "too_slow": _(
        "Reading the file took too long. Open it in Word and save it under another name; if that "
        "does not help, split it in two."
    ),
    "too_hungry": _(
        "Reading the file took too much memory. Compress its pictures in Word, save and upload it "
        "again."
    ),
    "no_text": _(
        "No words were found in the file. If it is a scan, recognise its text first and save it "
        "as .docx."
    ),
}

# core.documents CannotEdit.code -> why not
CANNOT_EDIT = {
    "stale": _("The text was changed meanwhile, so this cannot be taken back any more."),
    "only": _("Something has to stay: this is the last one."),
    "edge": _("There is nothing to change places with."),
    "header": _("The rows that name the columns stay above the others."),
    "tall": _(
        "A cell of this table covers several rows. Change the words here; to add, move or remove "
        "rows, use Word."
    ),
    "unlike": _("Only a paragraph or list item can be joined with the one right after it."),
    "kind": _("Only rows can stand in a table."),
}


@dataclass(frozen=True)
class Kind:
    """One kind of finding: what it is called, what it means, what to do about it."""

    name: Any
    meaning: Any
    advice: Any = ""


# formats.docx finding codes, in the order they are shown
FINDINGS = {
    "changes.insertion": Kind(
        _("Words inserted with change tracking"),
        _("Somebody wrote these words in Word with “Track changes” on; nobody accepted them yet."),
    ),
    "changes.deletion": Kind(
        _("Words deleted with change tracking"),
        _("Somebody struck these words in Word with “Track changes” on; they are still there."),
    ),
    "changes.move": Kind(
        _("Text moved with change tracking"),
        _("Somebody moved this text in Word with “Track changes” on; it has two places now."),
    ),
    "changes.formatting": Kind(
        _("Looks changed with change tracking"),
        _("Only how the words look was changed. The words are the same."),
    ),
    "comment": Kind(
        _("Comments in the margin of the Word file"),
        _("These are your colleagues’ notes. Above you say what shall become of them."),
        _("If something of them belongs in the text, write it in Word and upload the file again."),
    ),
    "heading.guessed": Kind(
        _("Paragraphs that look like headings"),
        _("The paragraph is short and bold or numbered, but has no heading style."),
        _("If it is a heading, choose its level: the contents are made of headings."),
    ),
    "object.unreadable": Kind(
        _("Objects that could not be read"),
        _("A chart, drawing or embedded file that Word shows, but we cannot take in."),
        _("Save it as a picture in Word, or write in words what it shows."),
    ),
    "equation.as_text": Kind(
        _("Equations turned into plain text"),
        _("An equation is written out in one line. Check that it still says the same."),
    ),
    "picture.no_alt": Kind(
        _("Pictures without alternative text"),
        _("People who cannot see the picture hear its alternative text."),
        _("Say in a sentence what the picture shows."),
    ),
    "picture.unreadable": Kind(
        _("Pictures that could not be read"),
        _("The picture is of a kind that browsers do not show."),
        _("Save it as PNG or JPEG, put it into the Word file and upload it again."),
    ),
    "table.no_header": Kind(
        _("Tables without a header row"),
        _("Nothing says which row names the columns, so a screen reader cannot say it either."),
        _("If the first row names the columns, mark it so."),
    ),
    "table.nested": Kind(
        _("Tables inside tables"),
        _("The cells of the inner table became paragraphs of the outer cell."),
        _("If their order is not clear, make two tables of them in Word."),
    ),
    "table.layout": Kind(
        _("Tables that only arranged the page"),
        _("The table had no data in it, so its cells became paragraphs, one after another."),
        _("If it is a table of data, make it anew in Word and upload that file."),
    ),
    "textbox.moved": Kind(
        _("Text boxes"),
        _("The words of the box stand after the paragraph the box was fastened to."),
        _("If they belong elsewhere, move them in Word and upload the file again."),
    ),
    "left_out.hidden": Kind(
        _("Hidden text that was left out"),
        _("The text is marked as hidden in Word, so readers of the file do not see it either."),
        _("If it should be read, take the mark off in Word and upload the file again."),
    ),
    "left_out.header": Kind(
        _("Page headers that were left out"),
        _("What repeats at the top of every page is not part of the text."),
    ),
    "left_out.footer": Kind(
        _("Page footers that were left out"),
        _("What repeats at the bottom of every page is not part of the text."),
    ),
    "left_out.contents": Kind(
        _("Table of contents that was left out"),
        _("The contents are made anew from the headings."),
    ),
    "left_out.page": Kind(
        _("Parts of the web page around the text that were left out"),
        _("Menus, search, footers and the like are no part of the document."),
        _("If words of the document are among them, copy it into Word and upload that file."),
    ),
    "left_out.metadata": Kind(
        _("Lines about the file that were left out"),
        _("They stand before the text and say something of the file, such as its title or date."),
    ),
    "charset.guessed": Kind(
        _("Letters that had to be guessed"),
        _("The file does not say which letters it uses."),
        _("Check that ą, č, ę, ė, į, š, ų, ū and ž are right; if not, save the file as UTF-8."),
    ),
    "empty": Kind(
        _("Empty headings and tables that were left out"),
        _("A heading or a table without words says nothing."),
    ),
}
