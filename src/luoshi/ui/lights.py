"""The five marks of judgement, and the two for what has none: shape + word, colour third."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

# state: (class, word)
LIGHTS: Mapping[str, tuple[str, Any]] = {
    "ok": ("ok", _("正常")),
    "slow": ("slow", _("偏慢")),
    "late": ("late", _("滞后")),
    "silent": ("mute", _("到期未报")),
    "done": ("done", _("已销号")),
    "none": ("none", _("无数据")),
    "not_started": ("wait", _("未开始")),
}
