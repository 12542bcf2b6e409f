"""Addresses of files to take home; the same in every language."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from sutarta.apps.consultations.views.desk import letters
from sutarta.apps.consultations.views.public import files


class FileKind(StringConverter):
    """What a paper can be had as."""

    regex = "pdf|docx"


register_converter(FileKind, "filekind")

version = "s/<int:strategy>/<int:version>/"
urlpatterns = [
    path(version + "strategy.<filekind:kind>", files.version, name="version_file"),
    path(
        version + "compare/<int:old>/comparison.<filekind:kind>",
        files.comparison,
        name="compare_file",
    ),
    path("p/register.pdf", files.register, {"kind": "pdf"}, name="register_pdf"),
    path("p/register.docx", files.register, {"kind": "docx"}, name="register_docx"),
    path("c/<int:consultation>/report.<filekind:kind>", files.closing_report, name="report_file"),
    path("desk/c/<int:number>/telling/letters.pdf", letters.letters, name="desk_letters_pdf"),
]
