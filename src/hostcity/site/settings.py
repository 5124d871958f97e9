"""Django's settings, made from the environment (environment.py). Deny by default, no outside host, both databases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from hostcity.site.environment import Environment, mail_of
from hostcity.site.operations import logs

ENVIRONMENT = Environment.read()
PACKAGE = Path(__file__).parents[1]

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.is_debug
IS_DEMO = ENVIRONMENT.is_demo
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
ROOT_URLCONF = "hostcity.site.urls"
WSGI_APPLICATION = "hostcity.site.wsgi.application"
AUTH_USER_MODEL = "core.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "hostcity.site",
    "hostcity.rehearsal",
    "hostcity.readiness",
    "hostcity.volunteers",
    "hostcity.venue",
    "hostcity.core",  # its templates stand before those of the libraries below
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
]

MIDDLEWARE = [
    "hostcity.site.operations.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "hostcity.core.polling.middleware.PollMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hostcity.site.operations.middleware.SafeAnswers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "hostcity.core.api.middleware.ProblemMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hostcity.core.middleware.EditionMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "hostcity.core.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "hostcity.core.templatetags.shell",
            ],
        },
    },
]

DATABASES = {"default": dict(ENVIRONMENT.database)}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "hostcity_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = "hostcity.site.formats"

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "hostcity.site.static_files.PackagedStaticFiles"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_PRESERVE_USERNAME_CASING = False  # kept in lower case, so that an index finds them
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "hostcity.core.accounts.adapter.Accounts"
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE, then again
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {
    "login": "hostcity.core.accounts.forms.SignInForm",
    "reauthenticate": "hostcity.core.accounts.forms.ConfirmPasswordForm",
    "change_password": "hostcity.core.accounts.forms.ChangePasswordForm",
    "set_password": "hostcity.core.accounts.forms.SetPasswordForm",
}
# A whole crowd may sit behind one address: what fails is counted narrowly, what succeeds widely.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "wrong_code": "30/m/ip",  # 60 bits; a key would let anybody shut out all others
    "wrong_phone_code": "30/m/ip,5/10m/key",
    "phone_code": "30/h/ip,3/10m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.trusted_proxies
MFA_ADAPTER = "hostcity.core.accounts.adapter.SecondFactors"
MFA_FORMS = {
    "authenticate": "hostcity.core.accounts.forms.SecondFactorForm",
    "reauthenticate": "hostcity.core.accounts.forms.ConfirmSecondFactorForm",
    "activate_totp": "hostcity.core.accounts.forms.SetUpSecondFactorForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "hostcity"
MFA_TOTP_TOLERANCE = 1  # the code before and the one after: clocks of phones differ (RFC 6238, section 5.2)

SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENVIRONMENT.is_https
SESSION_COOKIE_NAME = "__Host-session" if ENVIRONMENT.is_https else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if ENVIRONMENT.is_https else "csrf"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ENVIRONMENT.hosts] if ENVIRONMENT.is_https else []
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = ENVIRONMENT.is_https
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # monitors ask on loopback
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENVIRONMENT.is_https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.trusted_proxies else None
X_FRAME_OPTIONS = "SAMEORIGIN"  # the report stands in a frame of its own page

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [NONCE, SELF],
        "style-src": [NONCE, SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "object-src": [NONE],
    },
}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "hostcity_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # beyond it entries are dropped, and limits and used codes are among them
    }
}

SITE_ADDRESS = f"https://{ENVIRONMENT.hosts[0]}" if ENVIRONMENT.is_https else ""  # what links in mails begin with

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024**2
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024**2
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
globals().update(mail_of("" if ENVIRONMENT.is_demo else ENVIRONMENT.mail_url))
WEBHOOK_HOSTS = ENVIRONMENT.webhook_hosts
PHONE_GATEWAY_URL, PHONE_GATEWAY_SECRET = ENVIRONMENT.phone_gateway_url, ENVIRONMENT.phone_gateway_secret
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from

LOGGING = logs.settings_of_logs(is_quiet=ENVIRONMENT.is_quiet)
logs.configure()
