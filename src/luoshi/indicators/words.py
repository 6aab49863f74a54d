"""What was done to the register, in the office's words, by the verb of the journal entry."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, str | Promise] = {
    "indicators.benchmark.add": _("登记对标值"),
    "indicators.benchmark.edit": _("修改对标值"),
    "indicators.benchmark.remove": _("删去对标值"),
    "indicators.course.set": _("设定进度安排"),
    "indicators.definition.add": _("调整口径"),
    "indicators.definition.edit": _("修改口径"),
    "indicators.indicator.create": _("建立指标"),
    "indicators.indicator.edit": _("修改指标"),
    "indicators.indicator.end": _("停用指标"),
    "indicators.indicator.remove": _("删去指标"),
    "indicators.indicator.set_reporters": _("调整填报单位"),
    "indicators.pace_rule.choose": _("选定亮灯规则"),
    "indicators.reading.revise": _("修订数据"),
    "indicators.reading.state": _("填报数据"),
    "indicators.reading.verify": _("核实数据"),
    "indicators.reading.withdraw": _("收回数据"),
    "indicators.readings.save": _("保存数据"),
    "indicators.target.divide": _("分解目标"),
    "indicators.target.divide_again": _("重新分解目标"),
    "indicators.target.edit": _("调整目标值"),
    "indicators.target.set": _("登记目标值"),
    "indicators.target.withdraw": _("撤回目标值"),
    "indicators.targets.hand_out": _("成套下达目标"),
    "indicators.targets.put_in_force": _("目标值执行"),
    "indicators.totals.rebuild": _("重算下级汇总"),
}
