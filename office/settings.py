"""Django's settings. Everything that differs between offices comes from the environment and from the office's folder.

``YIZHAN_OFFICE_HOME`` names the folder, ``YIZHAN_OFFICE_DATABASE`` a PostgreSQL database instead of SQLite
(``postgresql://user:password@host:port/name``), ``YIZHAN_OFFICE_HOSTS`` further names of the web pages, with commas.
"""

from __future__ import annotations

import os
from typing import Any

from django.urls import reverse_lazy

from office.database import database_of
from office.home import home

_HOME = home()

SECRET_KEY = _HOME.django_key.read_text() if _HOME.django_key.is_file() else "no office here yet: nothing is signed"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *filter(None, os.environ.get("YIZHAN_OFFICE_HOSTS", "").split(","))]

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "office.books",
    "office.pages",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "office.urls"
WSGI_APPLICATION = "office.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {"default": database_of(os.environ.get("YIZHAN_OFFICE_DATABASE", ""), _HOME.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"}]

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
LOCALE_PATHS = [_HOME.locale]  # office.translations compiles into it
USE_TZ = True

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # the pages' own files come out of the installed packages: nothing is to be collected
WHITENOISE_AUTOREFRESH = False
SESSION_COOKIE_AGE = 12 * 3600
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # 500 items in one list

_PAGES = (
    (
        "站点",
        (
            ("站点", "station", "storefront"),
            ("站点的期", "life", "timeline"),
            ("站点的记录", "upentry", "list_alt"),
            ("迟到的记录", "lateclaim", "schedule"),
            ("兑换券", "voucher", "receipt_long"),
            ("异地兑付", "placefate", "sync_alt"),
            ("站点奖励", "award", "redeem"),
            ("站点库存变动", "stockmove", "inventory"),
            ("登记包", "invitation", "key_vertical"),
            ("证书", "certificate", "verified_user"),
            ("异常", "irregularity", "report"),
        ),
    ),
    (
        "居民",
        (
            ("居民", "resident", "group"),
            ("家庭", "household", "home"),
            ("积分发放", "credit", "add_card"),
            ("积分更正", "correction", "undo"),
            ("代领人", "neighbour", "diversity_3"),
            ("同意记录", "consent", "handshake"),
            ("兑换密码", "pinevent", "password"),
            ("加入申请", "joinrequest", "person_add"),
            ("删除个人信息", "erasure", "delete"),
        ),
    ),
    (
        "目录和规则",
        (
            ("目录物品", "item", "shopping_basket"),
            ("规则", "books_document_rules", "rule"),
            ("发布记录", "document", "history"),
        ),
    ),
    (
        "内部",
        (
            ("工作人员", "staff", "badge"),
            ("拨付", "grant", "swap_horiz"),
            ("收回", "recall", "undo"),
            ("登录帐号", "auth_user", "key"),
        ),
    ),
)


# kiosk.palette's red #A50000 and its tints and shades, as unfold wants them.
_RED = {
    "50": "#fdf3f2", "100": "#fbe3e1", "200": "#f6cac6", "300": "#eda39d", "400": "#df6f67",
    "500": "#c93f38", "600": "#a50000", "700": "#8a0000", "800": "#720505", "900": "#5f0a0a", "950": "#350101",
}  # fmt: skip


def _page(title: str, table: str, icon: str) -> dict[str, Any]:
    """``table``: of the books, of another application with its name before it, or the name of a page."""
    name = table if "_" in table else f"books_{table}"
    link = reverse_lazy(f"admin:{name}" if name.count("_") > 1 else f"admin:{name}_changelist")
    return {"title": title, "icon": icon, "link": link}


UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "驿站总站",
    "SITE_HEADER": "驿站总站",
    "SITE_SYMBOL": "storefront",
    # The kiosk's own red and warm greys.
    "COLORS": {"primary": _RED},
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "SIDEBAR": {
        "show_search": False,
        "show_all_applications": False,
        "navigation": [
            {"title": title, "separator": True, "items": [_page(*page) for page in pages]} for title, pages in _PAGES
        ],
    },
}
