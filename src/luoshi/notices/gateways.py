"""Gateways inside the network that the machine's administrator declared in the settings."""

from __future__ import annotations

from django.conf import settings


def gateways() -> frozenset[str]:
    """Their "host:port"; nothing else inside the network is ever called."""
    return frozenset(settings.LUOSHI_ROBOT_GATEWAYS)
