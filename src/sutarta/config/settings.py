"""Every setting of Sutarta. What differs between machines comes from the environment."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from sutarta.config import env

PACKAGE = Path(__file__).resolve().parent.parent

# --- Where things lie ---------------------------------------------------------------------------
DATA = env.folder("SUTARTA_DATA", "sutarta-data")
MEDIA_ROOT = DATA / "files"  # outside the web root; nothing is served from here by address
STATIC_ROOT = env.folder("SUTARTA_STATIC", str(DATA / "static"))
RUN = DATA / "run"  # sockets between our own processes
BACKUPS = env.folder("SUTARTA_BACKUPS", str(DATA.parent / f"{DATA.name}-backups"))
SHIP_TO = env.folder("SUTARTA_SHIP_TO", "") if env.text("SUTARTA_SHIP_TO") else None

# --- Safety -------------------------------------------------------------------------------------
SECRET_KEY = env.secret("SUTARTA_SECRET_KEY", DATA / "secret.key")
DEBUG = env.flag("SUTARTA_DEBUG")
HTTPS = env.flag("SUTARTA_HTTPS")
PUBLIC_PORT = env.number("SUTARTA_PORT", 0)  # printed in addresses; 0 for the usual one
# Hosts are rows of a group (tenants.Host); an unknown host is answered with 404 by our middleware.
ALLOWED_HOSTS = ["*"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
# Browsers keep a cookie of this prefix to the very host that set it: no neighbour can plant one.
_OWN = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_OWN}sutarta_session", f"{_OWN}sutarta_csrf"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
BEHIND_PROXY = env.flag("SUTARTA_BEHIND_PROXY")
if BEHIND_PROXY:
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "sutarta.web.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
UPLOAD_LIMIT = 30_000_000  # bytes of one Word file
ATTACHMENTS_LIMIT = 54_000_000  # bytes of the files handed over at once: five of 10 MB, and air
CLAMAV = env.scanner(env.text("SUTARTA_CLAMAV"))  # where files are scanned; "" for nowhere

# --- Parts --------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "sutarta.apps.publishing",
    "sutarta.apps.consultations",
    "sutarta.apps.strategies",
    "sutarta.apps.people",
    "sutarta.apps.mail",
    "sutarta.apps.ledger",
    "sutarta.apps.tenants",
    "sutarta.apps.ui",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "sutarta.web.middleware.arrival",
    "sutarta.web.middleware.headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sutarta.web.middleware.tenant",
    "django.middleware.common.CommonMiddleware",
    "sutarta.web.middleware.language",
    "sutarta.web.middleware.bounded",
    "sutarta.web.middleware.ready_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sutarta.web.middleware.refusals",
]
ROOT_URLCONF = "sutarta.web.urls"
WSGI_APPLICATION = "sutarta.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sutarta.web.navigation.frame",
            ],
        },
    }
]
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000

# --- What is remembered -------------------------------------------------------------------------
DATABASES = {"default": env.database(env.text("DATABASE_URL"), DATA / "sutarta.sqlite3")}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
    "limits": {  # apart, so that nobody can push counts out by asking for many pages
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "limits",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

# --- Languages and time -------------------------------------------------------------------------
LANGUAGE_CODE = "lt"
LANGUAGES = [("lt", _("Lithuanian")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "sutarta_language"
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Europe/Vilnius"

# --- People -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "web:desk"
ACCOUNT_ADAPTER = "sutarta.apps.people.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
# One network cannot use up what an address may ask for, so no robot can lock anybody out.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "5/m/ip,20/h/ip,60/h/key",
    "login_failed": "10/m/ip",
}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # strangers cannot make us write to others
ACCOUNT_FORMS = {
    "request_login_code": "sutarta.apps.people.forms.AddressForm",
    "confirm_login_code": "sutarta.apps.people.forms.CodeForm",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a letter whenever a key is added or removed
MFA_ADAPTER = "sutarta.apps.people.adapter.SafetyAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # staff came in by a code sent to that very address
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # on this machine alone; see operating.md
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "activate_totp": "sutarta.apps.people.forms.AppCodeForm",
    "authenticate": "sutarta.apps.people.forms.SecondStepForm",
    "reauthenticate": "sutarta.apps.people.forms.AgainForm",
    "add_webauthn": "sutarta.apps.people.forms.KeyForm",
}

# --- Mail ---------------------------------------------------------------------------------------
MAIL_URL = env.text("SUTARTA_MAIL_URL")
globals().update(env.mail(MAIL_URL))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("SUTARTA_MAIL_FROM", "sutarta@localhost")
LISTEN = env.text("SUTARTA_LISTEN")  # where a mail server hands letters over; "" for nowhere
LISTEN_FOR = env.allotments(env.text("SUTARTA_LISTEN_FOR"))  # whose letters they are
# Mailboxes that are read: whose certificates count besides the system's, and whether they may
# stand in this server's own network, where nobody at a desk may look around otherwise.
MAIL_CA = env.text("SUTARTA_MAIL_CA")
MAIL_INSIDE = env.flag("SUTARTA_MAIL_INSIDE")
# Where this installation is registered, so that owners let it in without a password.
MAIL_SIGN_IN = {
    "GOOGLE": {
        "id": env.text("SUTARTA_GOOGLE_ID"),
        "secret": env.text("SUTARTA_GOOGLE_SECRET"),
        "authorize": "https://accounts.google.com/o/oauth2/v2/auth",
        "token": "https://oauth2.googleapis.com/token",
        "revoke": "https://oauth2.googleapis.com/revoke",
        "scope": "https://mail.google.com/",
    },
    "MICROSOFT": {
        "id": env.text("SUTARTA_MICROSOFT_ID"),
        "secret": env.text("SUTARTA_MICROSOFT_SECRET"),
        "authorize": "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
        "token": "https://login.microsoftonline.com/common/oauth2/v2.0/token",
        "revoke": "",  # there is none: its owner takes the permission back
        "scope": "https://outlook.office.com/IMAP.AccessAsUser.All offline_access",
    },
}

# --- Log: what happened, never who said what ----------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "sutarta.web.logs.Line"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["out"], "level": "INFO"},
    "loggers": {"imapclient": {"level": "WARNING"}},  # it would tell what goes over the line
}
