"""Addresses of consultations: those of residents, and those of the desk."""

from sutarta.apps.consultations.urls import desk, entering, public

app_name = "consultations"
urlpatterns = [*public.urlpatterns, *entering.urlpatterns, *desk.urlpatterns]
