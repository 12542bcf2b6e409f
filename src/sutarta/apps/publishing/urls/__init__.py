"""Addresses of what goes out: notices and their proof, the frame for other sites, following."""

from sutarta.apps.publishing.urls import embedding, following, notices

app_name = "publishing"
urlpatterns = [*notices.urlpatterns, *embedding.urlpatterns, *following.urlpatterns]
