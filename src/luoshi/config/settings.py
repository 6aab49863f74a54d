"""All settings, driven by the environment; `docs/reference/settings.md` names each one.

SQLite in `LUOSHI_DATA` unless `DATABASE_URL` says PostgreSQL.
"""

from __future__ import annotations

import os
import secrets
from datetime import date
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from luoshi.store.sqlite import use_safe_driver

env = environ.Env()
PACKAGE = Path(__file__).resolve().parents[1]

LUOSHI_DEMO = env.bool("LUOSHI_DEMO", False)
LUOSHI_DATA = Path(env.str("LUOSHI_DATA", "var/demo" if LUOSHI_DEMO else "var")).resolve()
LUOSHI_TODAY = date.fromisoformat(env.str("LUOSHI_TODAY", "2026-06-18")) if LUOSHI_DEMO else None
LUOSHI_MODE = env.str("LUOSHI_MODE", "lan")  # alone | lan | internet: the three declared modes
# A language model for a second opinion; off unless an address is set (docs/reference/settings.md).
LUOSHI_MODEL_URL = env.str("LUOSHI_MODEL_URL", "")
LUOSHI_MODEL_NAME = env.str("LUOSHI_MODEL_NAME", "")
LUOSHI_MODEL_KEY = env.str("LUOSHI_MODEL_KEY", "")
LUOSHI_MODEL_SECONDS = env.int("LUOSHI_MODEL_SECONDS", 60)
# The journal's daily anchor: a folder elsewhere, addresses; days that entries stay (0: for ever).
LUOSHI_ANCHORS = env.str("LUOSHI_ANCHORS", "")
LUOSHI_ANCHOR_MAIL = env.list("LUOSHI_ANCHOR_MAIL", default=[])
LUOSHI_JOURNAL_DAYS = env.int("LUOSHI_JOURNAL_DAYS", 0)
LUOSHI_REACTIONS = "luoshi.config.reactions.REACTIONS"


def _secret(name: str) -> str:
    """A key file of the data folder; before `luoshi setup` made it, a key for this process only."""
    path = LUOSHI_DATA / name
    return path.read_text("ascii").strip() if path.exists() else secrets.token_urlsafe(50)


SECRET_KEY = _secret("secret.key")
DEBUG = env.bool("LUOSHI_DEBUG", False)
ALLOWED_HOSTS = env.list("LUOSHI_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("LUOSHI_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "luoshi.ui",  # before allauth: its pages wear our look
    "allauth",
    "allauth.account",
    "axes",
    "csp",
    "luoshi.jobs",
    "luoshi.journal",
    "luoshi.org",
    "luoshi.files",
    "luoshi.search",
    "luoshi.notices",
    "luoshi.burden",
    "luoshi.documents",
    "luoshi.goals",
    "luoshi.indicators",
    "luoshi.ledger",
    "luoshi.adoption",
    "luoshi.supervision",
    "luoshi.briefs",
    "luoshi.home",
    "luoshi.api",
    "luoshi.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "luoshi.config.middleware.ActorMiddleware",
    "luoshi.config.middleware.TimingMiddleware",
    "luoshi.config.middleware.AnswersMiddleware",
    "axes.middleware.AxesMiddleware",
]

if LUOSHI_DEMO:
    MIDDLEWARE.insert(
        MIDDLEWARE.index("luoshi.config.middleware.ActorMiddleware"),
        "luoshi.config.demo_switcher.SignInMiddleware",
    )

ROOT_URLCONF = "luoshi.config.urls"
WSGI_APPLICATION = "luoshi.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "luoshi.config.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "luoshi.ui.templatetags.luoshi"],
        },
    }
]

# --- Database -------------------------------------------------------------------------------

DATABASE_URL = env.str("DATABASE_URL", f"sqlite:///{LUOSHI_DATA}/luoshi.sqlite3")
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    use_safe_driver()
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Sign-in --------------------------------------------------------------------------------

AUTH_USER_MODEL = "org.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "luoshi.config.signin.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False  # office machines are shared
ACCOUNT_PRESERVE_USERNAME_CASING = False
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_LOCKOUT_TEMPLATE = "account/lockout.html"
AXES_VERBOSE = False
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.bool("LUOSHI_HTTPS", LUOSHI_MODE == "internet")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- What leaves the machine: counts by mail and by robots of groups --------------------------

LUOSHI_ADDRESS = env.str("LUOSHI_ADDRESS", "")
EMAIL_HOST = env.str("LUOSHI_MAIL_HOST", "")
EMAIL_PORT = env.int("LUOSHI_MAIL_PORT", 465)
EMAIL_HOST_USER = env.str("LUOSHI_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.str("LUOSHI_MAIL_PASSWORD", "")
_mail_tls = env.str("LUOSHI_MAIL_TLS", "ssl")  # ssl | starttls | none
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail_tls == "ssl", _mail_tls == "starttls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("LUOSHI_MAIL_FROM", EMAIL_HOST_USER or "luoshi@localhost")
LUOSHI_ROBOT_GATEWAYS = env.list("LUOSHI_ROBOT_GATEWAYS", default=[])
LUOSHI_ROBOT_CA = env.str("LUOSHI_ROBOT_CA", "")

# --- Language, time, files ------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
STATIC_URL = "static/"
STATIC_ROOT = LUOSHI_DATA / "static"
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = LUOSHI_DATA / "files"
UPLOAD_LIMIT = 50 * 1024 * 1024
UPLOADS_A_DAY = env.int("LUOSHI_UPLOADS_A_DAY", 200)
UPLOAD_MEGABYTES_A_DAY = env.int("LUOSHI_UPLOAD_MB_A_DAY", 500)
DATA_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT + 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# Uploads are screened in memory before a byte is stored (secrecy markings): no temporary files.
FILE_UPLOAD_HANDLERS = ["luoshi.config.uploads.ScreenedUpload"]
FORMAT_MODULE_PATH = None
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["err"], "level": os.environ.get("LUOSHI_LOG", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
