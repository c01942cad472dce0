"""From the environment to the configuration. A wrong value refuses to start; os.environ appears nowhere else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = ROOT / "instance"
SECRET_KEY_FILE = "secret-key"
DEMO_PASSWORD_FILE = "demo-password"
YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}


class SettingsError(RuntimeError):
    """A setting is missing or has a value that cannot be used."""


def _flag(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "").strip().lower()
    if value in YES:
        return True
    if value in NO:
        return False
    raise SettingsError(f"{name} must be yes or no, not {value!r}.")


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name, "").strip() or str(default)
    if not text.isdigit():
        raise SettingsError(f"{name} must be a whole number, not {text!r}.")
    return int(text)


def _live_ping(env: Mapping[str, str]) -> int:
    seconds = _number(env, "COLLOQUY_LIVE_PING", 15)
    if seconds < 1:
        raise SettingsError("COLLOQUY_LIVE_PING must be at least 1 (second).")
    return seconds


def _kept(instance: Path, name: str) -> str:
    file = instance / name
    return file.read_text(encoding="utf-8").strip() if file.is_file() else ""


def _secret_key(env: Mapping[str, str], instance: Path) -> str:
    key = env.get("SECRET_KEY", "").strip() or _kept(instance, SECRET_KEY_FILE)
    if len(key) < 16:
        raise SettingsError(
            "SECRET_KEY is missing or shorter than 16 characters. "
            "Set it, or run `python3 manage.py run` once: it makes one and keeps it in instance/."
        )
    return key


def _database_url(env: Mapping[str, str], instance: Path) -> str:
    url = env.get("DATABASE_URL", "").strip() or f"sqlite:///{instance / 'colloquy.sqlite3'}"
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            url = "postgresql+psycopg://" + url[len(plain) :]
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingsError("DATABASE_URL must start with sqlite:/// or postgresql://.")
    return url


def _public_url(env: Mapping[str, str]) -> str:
    url = env.get("COLLOQUY_PUBLIC_URL", "").strip().rstrip("/")
    if url and not url.startswith(("http://", "https://")):
        raise SettingsError("COLLOQUY_PUBLIC_URL must start with http:// or https://.")
    return url


def _redis_url(env: Mapping[str, str]) -> str:
    url = env.get("COLLOQUY_REDIS_URL", "").strip()
    if url and not url.startswith(("redis://", "rediss://", "unix://")):
        raise SettingsError("COLLOQUY_REDIS_URL must start with redis://, rediss:// or unix://.")
    return url


def load(overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the whole Flask configuration; `overrides` win over the environment.

    Raises SettingsError when a value is missing or cannot be used.
    """
    given = dict(overrides or {})
    env = {**os.environ, **{k: v for k, v in given.items() if isinstance(v, str)}}
    instance = Path(env.get("COLLOQUY_INSTANCE", "") or INSTANCE)
    public_url = _public_url(env)
    config: dict[str, Any] = {
        "SECRET_KEY": _secret_key(env, instance),
        "SQLALCHEMY_DATABASE_URI": _database_url(env, instance),
        "COLLOQUY_INSTANCE": str(instance),
        "COLLOQUY_PUBLIC_URL": public_url,
        "COLLOQUY_OPEN_INSTRUCTOR_SIGNUP": _flag(env, "COLLOQUY_OPEN_INSTRUCTOR_SIGNUP"),
        "COLLOQUY_TRUSTED_PROXIES": _number(env, "COLLOQUY_TRUSTED_PROXIES", 0),
        "COLLOQUY_REDIS_URL": _redis_url(env),
        "COLLOQUY_LIVE_PING": _live_ping(env),
        "COLLOQUY_SMTP_URL": env.get("COLLOQUY_SMTP_URL", "").strip(),
        "COLLOQUY_MAIL_FROM": env.get("COLLOQUY_MAIL_FROM", "").strip(),
        "COLLOQUY_DEMO_PASSWORD": env.get("COLLOQUY_DEMO_PASSWORD", "").strip() or _kept(instance, DEMO_PASSWORD_FILE),
        "COLLOQUY_CHEAP_PASSWORDS": _flag(env, "COLLOQUY_CHEAP_PASSWORDS"),
        "MAX_CONTENT_LENGTH": 11 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 11 * 1024 * 1024,
        "MAX_FORM_PARTS": 5_000,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": public_url.startswith("https://"),
        "PERMANENT_SESSION_LIFETIME": 60 * 60 * 24 * 60,
        "SESSION_REFRESH_EACH_REQUEST": False,
        "SEND_FILE_MAX_AGE_DEFAULT": 60 * 60 * 24 * 365,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "BABEL_DEFAULT_LOCALE": "en",
    }
    read_already = {k for k in given if k in env and k.startswith(("COLLOQUY_", "SECRET_KEY", "DATABASE_URL"))}
    config.update({k: v for k, v in given.items() if k not in read_already or not isinstance(v, str)})
    return config
