"""Addresses of paper: the form to take home, and the desk's stacks of sheets."""

from django.urls import path

from sutarta.apps.consultations.views.desk import paper, sign_in
from sutarta.apps.consultations.views.public import blanks

urlpatterns = [
    path("c/<int:consultation>/form-<slug:language>.pdf", blanks.blank, name="paper_form"),
    path("desk/c/<int:number>/paper/", paper.forms, name="desk_paper"),
    path("desk/c/<int:number>/paper/<uuid:run>.pdf", paper.run, name="desk_paper_run"),
    path("desk/p/sheets/", paper.type_in, name="desk_type"),
    path("desk/p/sheets/<uuid:sheet>/", paper.sheet, name="desk_sheet"),
    path("desk/p/<int:number>/retype/", paper.retype, name="desk_retype"),
    path("desk/meetings/<int:number>/sheet.pdf", sign_in.sheet, name="sign_in_sheet"),
]
