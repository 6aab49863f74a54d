"""Whom the demonstration's role switcher offers: ten people of three levels, by login."""

from __future__ import annotations

FIRST = "kangxiaotang"
"""The town office's account: who opens the demonstration first."""

SWITCHER: tuple[tuple[str, str], ...] = (
    ("kangxiaotang", "党政办督办岗　康小棠"),
    ("zhoumaolin", "党委书记　周懋林"),
    ("luxiaolan", "镇长　卢晓岚"),
    ("gumingchuan", "常务副镇长　顾明川"),
    ("keweidong", "村建办主任　柯伟东"),
    ("fanziqian", "项目中心招商岗　樊子谦"),
    ("baichangqing", "柏溪村书记　柏长青"),
    ("yuedingyuan", "县督查室主任　岳定远"),
    ("zangqingyuan", "县审计局审计员　臧清源"),
    ("xinweikang", "系统管理员　辛维康"),
)
