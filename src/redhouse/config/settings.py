"""One file, driven by the environment (REDHOUSE_*). Wrong values stop the house with a sentence; see `checks.py`."""

from pathlib import Path

from redhouse.config.environment import env_bool, env_day, env_int, env_list, env_places, env_str
from redhouse.kit.postgres.home import home
from redhouse.kit.postgres.params import connection_params
from redhouse.kit.secrets import secret_file
from redhouse.kit.today import stand_at

PACKAGE = Path(__file__).resolve().parent.parent

REDHOUSE_HOME = home()
REDHOUSE_KEYS = REDHOUSE_HOME / "keys"
REDHOUSE_PAPERS = REDHOUSE_HOME / "papers"
REDHOUSE_OUTGOING = REDHOUSE_HOME / "outgoing"  # workbooks on their way out; can be written again, so in no backup
REDHOUSE_DEMO = env_bool("REDHOUSE_DEMO", False)
REDHOUSE_TODAY = env_day("REDHOUSE_TODAY")  # the demo's today; a real house stands at the real day
stand_at(REDHOUSE_TODAY)
REDHOUSE_PUBLIC_WALL = env_bool("REDHOUSE_PUBLIC_WALL", False)  # the wall screen at /open/wall/, without sign-in

DEBUG = env_bool("REDHOUSE_DEBUG", False)
SECRET_KEY = env_str("REDHOUSE_SECRET_KEY") or secret_file(REDHOUSE_KEYS, "sessions.key").hex()
ALLOWED_HOSTS = env_list("REDHOUSE_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env_list("REDHOUSE_ORIGINS", [])
BEHIND_TLS = env_bool("REDHOUSE_TLS", False)

DATABASES = {
    "default": connection_params("app"),
    "owner": connection_params("owner"),
    "figures": connection_params("figures"),
}
DATABASES["default"]["CONN_MAX_AGE"] = env_int("REDHOUSE_CONN_MAX_AGE", 600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["figures"]["CONN_MAX_AGE"] = 600
DATABASES["figures"]["CONN_HEALTH_CHECKS"] = True
DATABASE_ROUTERS = ["redhouse.config.routers.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "redhouse.config",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # allauth's list of security keys says when one was used
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
    "redhouse.ground.ledger",
    "redhouse.ground.places",
    "redhouse.ground.bodies",
    "redhouse.ground.people",
    "redhouse.ground.access",
    "redhouse.ground.clients",
    "redhouse.ground.papers",
    "redhouse.ground.messages",
    "redhouse.ground.occasions",
    "redhouse.ground.process",
    "redhouse.web",
    "redhouse.work.registry",
    "redhouse.work.visits",
    "redhouse.work.venues",
    "redhouse.work.traders",
    "redhouse.work.decisions",
    "redhouse.work.gridwork",
    "redhouse.work.forms",
    "redhouse.work.answers",
    "redhouse.desk",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "redhouse.web.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "redhouse.web.middleware.PersonAndReach",
]

ROOT_URLCONF = "redhouse.config.urls"
WSGI_APPLICATION = "redhouse.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "redhouse.web.context.page",
            ],
        },
    }
]

# sign-in
AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
ACCOUNT_ADAPTER = "redhouse.desk.adapters.HouseAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BEHIND_TLS
MFA_TOTP_ISSUER = "红房子"
MFA_FORMS = {"add_webauthn": "redhouse.desk.forms.SecurityKeyForm"}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "account_login"
SESSION_COOKIE_AGE = 60 * 60 * env_int("REDHOUSE_SESSION_HOURS", 12)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# what leaves the house
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_bool("REDHOUSE_BEHIND_PROXY", False) else None
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

# language and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# how long the house knows how to reach whoever reported a problem, in days after its case ended
REDHOUSE_REPORTER_DAYS = env_int("REDHOUSE_REPORTER_DAYS", 90)

# ways out of the house: notices to people
REDHOUSE_ADDRESS = env_str("REDHOUSE_ADDRESS").rstrip("/")
REDHOUSE_SMS_URL = env_str("REDHOUSE_SMS_URL")
REDHOUSE_SMS_KEY = env_str("REDHOUSE_SMS_KEY")
REDHOUSE_MAIL = env_str("REDHOUSE_MAIL")
REDHOUSE_ROBOTS = {
    "wecom": env_places("REDHOUSE_WECOM"),
    "dingtalk": env_places("REDHOUSE_DINGTALK"),
    "feishu": env_places("REDHOUSE_FEISHU"),
}

# one cell that people fill by hand costs so long [I]: what the burden meter of a form counts by
REDHOUSE_ASKED_SECONDS = env_int("REDHOUSE_ASKED_SECONDS", 60)

# work in the background: jobs are rows, found in the rooms' jobs.py
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env_str("REDHOUSE_LOG_LEVEL", "WARNING")},
    "loggers": {"apprise": {"level": "CRITICAL"}},  # it would name addresses; the job says by its number what failed
}
SILENCED_SYSTEM_CHECKS: list[str] = []
