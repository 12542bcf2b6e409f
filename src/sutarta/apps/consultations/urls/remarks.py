"""Addresses of the desk for what colleagues left in a Word file."""

from django.urls import path

from sutarta.apps.consultations.views.desk import remarks

urlpatterns = [
    path("desk/remarks/<int:strategy>/", remarks.remarks, name="desk_remarks"),
    path("desk/remarks/<int:strategy>/again/", remarks.again, name="desk_remarks_again"),
]
