"""Settings of the tests: their own folder, their own secret, mail kept in memory."""

import os
import tempfile

os.environ.setdefault("SUTARTA_DATA", tempfile.mkdtemp(prefix="sutarta-tests-"))
os.environ.setdefault("SUTARTA_SECRET_KEY", "only-for-tests")

from sutarta.config.settings import *  # noqa: F403

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MAIL_URL = "smtp://localhost"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {
    **CACHES,  # noqa: F405
    "limits": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},  # every test begins anew
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
