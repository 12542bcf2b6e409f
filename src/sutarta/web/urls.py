"""Every address of the site. Those of residents are short and say the same in every language."""

from django.conf import settings
from django.urls import include, path

from sutarta.web import errors, health, home, pages, robots

web = [
    path("", home.front, name="home"),
    path("desk/", home.desk, name="desk"),
    path("language/", pages.language, name="language"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("healthz", health.healthz, name="health"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
]
if settings.DEBUG:
    web.append(path("gallery/", pages.gallery, name="gallery"))

urlpatterns = [
    path("", include((web, "web"))),
    path("look/", include("sutarta.apps.tenants.urls")),
    path("", include("sutarta.apps.people.urls")),
    path("desk/strategies/", include("sutarta.apps.strategies.urls")),
    path("", include("sutarta.apps.consultations.urls")),
    path("", include("sutarta.apps.publishing.urls")),
    path("", include("sutarta.apps.ledger.urls")),
]

handler400 = errors.bad_request
handler404 = errors.not_found
handler500 = errors.broken
