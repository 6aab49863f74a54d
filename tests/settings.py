"""The product's settings with a data folder of the run's own."""

import atexit
import os
import shutil
import tempfile

if "LUOSHI_DATA" not in os.environ:  # the run's first process; the others find its folder named
    os.environ["LUOSHI_DATA"] = tempfile.mkdtemp(prefix="luoshi-test-")
    atexit.register(shutil.rmtree, os.environ["LUOSHI_DATA"], ignore_errors=True)

from luoshi.config.settings import *  # noqa: F403
from luoshi.config.settings import DATABASES, LUOSHI_DATA

(LUOSHI_DATA / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of an absent folder
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# SQLite in a file: two connections matter in many tests, and memory never touches WAL.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(LUOSHI_DATA / "test.sqlite3")}
EMAIL_USE_SSL = False  # a test that sends mail runs its own server
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
