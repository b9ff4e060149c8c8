"""One base for all; `dev`, `production` and `test` differ in little."""

from __future__ import annotations

import os

# Before anything imports numpy: with a thread a core, each of many processes waits for cores that the others hold, and a recall takes ten times as long.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from datetime import timedelta
from typing import Any

from celery.schedules import crontab
from django.templatetags.static import static

from config.env import (
    BASE_DIR,
    broker_address,
    data_dir,
    database_settings,
    env,
    redis_database,
    secret,
    service_address,
)

DATA_DIR = data_dir()
DEBUG = False

# --- who may talk to us
HOST = env.str("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
PUBLIC_URL = env.str("PUBLIC_URL", default=f"http://{'127.0.0.1' if HOST in ('0.0.0.0', '::') else HOST}:{PORT}")  # noqa: S104
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", HOST])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SECRET_KEY = secret("SECRET_KEY", DATA_DIR)
ENCRYPTION_KEY = secret("ENCRYPTION_KEY", DATA_DIR)  # provider keys at rest
ENCRYPTION_KEY_FALLBACKS = env.list("ENCRYPTION_KEY_FALLBACKS", default=[])  # older ones, after a change
TOMBSTONE_KEY = secret("TOMBSTONE_KEY", DATA_DIR)  # HMAC of what must not be learned again; never in the database

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "profiles.apps.ProfilesConfig",
    "memory.apps.MemoryConfig",
    "assistant.apps.AssistantConfig",
]

# Each of these can run asynchronously: a stream must not cost a thread.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.browser_policy.BrowserPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"remembrancer": "assistant.web.tags"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.installation",
            ],
        },
    },
]

# --- database: web and workers run under a role without any right to see past row-level security
DATABASE_URL = service_address("DATABASE_URL", DATA_DIR)
DATABASE_ROLE = env.str("DATABASE_ROLE", default="app")
DATABASES = {
    "default": database_settings(DATABASE_URL, role=DATABASE_ROLE, pool_size=env.int("DATABASE_POOL", default=8))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "profiles.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # the e-mail is unique without regard to case, by a constraint on Lower()

# --- Valkey: cache, streams and broker in databases of their own, so that clearing one leaves the others
REDIS_URL = service_address("REDIS_URL", DATA_DIR)
KEY_PREFIX = env.str("KEY_PREFIX", default="")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": redis_database(REDIS_URL, 0),
        "KEY_PREFIX": KEY_PREFIX,
    }
}
STREAMS_URL = redis_database(REDIS_URL, 1)

# --- Celery: a message only wakes a worker; what is due stands in Postgres
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="") or broker_address(REDIS_URL, 2)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_DEFAULT_QUEUE = "memory"
CELERY_TASK_ROUTES = {
    "assistant.tasks.execute_run": {"queue": "answers"},
    "assistant.tasks.weigh_memories": {"queue": "answers"},
}
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = 90
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 3.0
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "global_keyprefix": KEY_PREFIX,
}
# Sweeps and leases are settings, so that tests can be quick where people need not be. Seconds.
SWEEP_RUNS_SECONDS = env.float("SWEEP_RUNS_SECONDS", default=10)
SWEEP_MEMORY_SECONDS = env.float("SWEEP_MEMORY_SECONDS", default=15)
RUN_LEASE_SECONDS = env.float("RUN_LEASE_SECONDS", default=20)
RUN_RENEW_SECONDS = env.float("RUN_RENEW_SECONDS", default=5)
CHECKPOINT_SECONDS = env.float("CHECKPOINT_SECONDS", default=1)
RECENT_TURNS_TOKENS = env.int(
    "RECENT_TURNS_TOKENS", default=0
)  # of the earlier messages of a chat, in a prompt; 0: by the model
CELERY_BEAT_SCHEDULE = {
    "recover lost runs": {
        "task": "assistant.tasks.recover_lost_runs",
        "schedule": timedelta(seconds=SWEEP_RUNS_SECONDS),
    },
    "memory jobs that are due": {"task": "memory.tasks.sweep", "schedule": timedelta(seconds=SWEEP_MEMORY_SECONDS)},
    "patterns and pages, at night": {
        "task": "memory.tasks.consolidate_all",
        "schedule": crontab(hour=env.int("CONSOLIDATE_HOUR_UTC", default=3), minute=10),
    },
    "delete expired conversations": {
        "task": "assistant.tasks.delete_expired_conversations",
        "schedule": timedelta(hours=1),
    },
    "exports and imports": {"task": "assistant.tasks.look_after_transfers", "schedule": timedelta(seconds=60)},
    "heartbeat": {"task": "config.health.beat", "schedule": timedelta(seconds=10)},
}

# --- accounts
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
EMAIL_URL = env.str("EMAIL_URL", default="")
vars().update(
    env.email_url("EMAIL_URL") if EMAIL_URL else {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
)
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="remembrancer@localhost")
SIGN_UP = env.str("SIGN_UP", default="off")  # off, invitation, open
ACCOUNT_ADAPTER = "profiles.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional" if EMAIL_URL else "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = bool(EMAIL_URL)
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {"login_failed": "10/m/ip,5/15m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
MFA_ADAPTER = "profiles.two_step.TwoStepAdapter"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

# --- words, time, files
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["config.formats"]
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / ".static"))  # belongs to the code, not to the data
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATICFILES_DIRS = [BASE_DIR / "assistant" / "web" / "static"]
MEDIA_ROOT = DATA_DIR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- what browsers are told
CSP_SELF = "'self'"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": [CSP_SELF],
        "style-src": [CSP_SELF],
        "img-src": [CSP_SELF, "data:"],
        "font-src": [CSP_SELF],
        "connect-src": [CSP_SELF],
        "manifest-src": [CSP_SELF],
        "worker-src": [CSP_SELF],
        "form-action": [CSP_SELF],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
IS_HTTPS = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000 if IS_HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS

# --- REST
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.problems.answer_problem",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["assistant.rest.parsing.BodyParser"],
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Remembrancer",
    "DESCRIPTION": "Conversations that remember, and the memory behind them.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "ToolCallStateEnum": "assistant.models.ToolCall.State",
        "TransferStateEnum": "assistant.models.Transfer.State",
    },
}

# --- models: read here, used in assistant/llm/choice.py
CHAT_MODEL = env.str("CHAT_MODEL", default="")
CHAT_API_KEY = env.str("CHAT_API_KEY", default="")
CHAT_API_BASE = env.str("CHAT_API_BASE", default="")
EMBEDDING_MODEL = env.str("EMBEDDING_MODEL", default="")  # none: the one that comes along
EMBEDDING_API_KEY = env.str("EMBEDDING_API_KEY", default="")
EMBEDDING_API_BASE = env.str("EMBEDDING_API_BASE", default="")
# Seconds: see assistant/conf.py
MODEL_FIRST_TOKEN_SECONDS = env.float("MODEL_FIRST_TOKEN_SECONDS", default=30)
MODEL_THINKING_SECONDS = env.float("MODEL_THINKING_SECONDS", default=180)
MODEL_BETWEEN_TOKENS_SECONDS = env.float("MODEL_BETWEEN_TOKENS_SECONDS", default=60)
MODEL_ANSWER_SECONDS = env.float("MODEL_ANSWER_SECONDS", default=600)
os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")  # no look-up of a price list at import
os.environ.setdefault("HF_HUB_OFFLINE", "1")

# --- files
FILE_LIMIT_MB = env.int("FILE_LIMIT_MB", default=10)
FILES_TOTAL_MB = env.int("FILES_TOTAL_MB", default=1000)  # of one user
FILE_TOKENS = env.int("FILE_TOKENS", default=0)  # of the files of a message, in a prompt; 0: by the model

# --- tools
TOOLS_OFF = env.list("TOOLS_OFF", default=[])
SEARXNG_URL = env.str("SEARXNG_URL", default="")
FETCH_ALLOWED = env.list("FETCH_ALLOWED", default=[])
MCP_COMMANDS = env.bool("MCP_COMMANDS", default=False)

# --- what memory asks of the assistant, by name, so that it need not import it
MEMORY_LANGUAGE_MODEL = "assistant.llm.for_memory.language_model"
MEMORY_REMOTE_EMBEDDER = "assistant.llm.for_meaning.remote_embedder"
MEMORY_LISTENER = "assistant.runs.notices.listener"
MEMORY_ERASERS = ["assistant.runs.erase.eraser"]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "filters": {"on_purpose": {"()": "config.logs.OnPurpose"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.request": {"filters": ["on_purpose"]},
        "httpx": {"level": "WARNING"},
        "LiteLLM": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
    },
}

# --- the administration's looks
UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Remembrancer",
    "SITE_HEADER": "Remembrancer",
    "SITE_URL": "/",
    "SITE_SYMBOL": "bookmark",
    "SHOW_BACK_BUTTON": True,
    "DASHBOARD_CALLBACK": "config.landing.tell",
    "SCRIPTS": [lambda request: static("remembrancer/admin.js")],
    "COLORS": {
        "base": {
            "50": "#FBFAF8",
            "100": "#F3F1ED",
            "200": "#E2DED6",
            "300": "#CFCAC1",
            "400": "#96948D",
            "500": "#6B675F",
            "600": "#5C5952",
            "700": "#313331",
            "800": "#1E1F1E",
            "900": "#161716",
            "950": "#121312",
        },
        "primary": {
            "50": "#EFF7F8",
            "100": "#E3F0F1",
            "200": "#C3E0E3",
            "300": "#9AD6DC",
            "400": "#7CC7CF",
            "500": "#2E8C98",
            "600": "#0A5F6B",
            "700": "#084C56",
            "800": "#0A3D45",
            "900": "#0B2F35",
            "950": "#0B2226",
        },
    },
}
