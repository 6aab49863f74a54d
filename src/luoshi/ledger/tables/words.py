"""What the pages of an import call things, in the office's words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIELDS: Mapping[str, Promise] = {
    "title": _("事项名称（目标任务）"),
    "unit": _("单位（兼作事项名称）"),
    "number": _("序号"),
    "group": _("类别（上级事项）"),
    "leader": _("牵头领导"),
    "lead": _("牵头（责任）单位"),
    "support": _("配合单位"),
    "owner": _("责任人"),
    "due": _("完成时限"),
    "starts": _("计划开始"),
    "measures": _("举措"),
    "acceptance": _("完成标准"),
    "target_op": _("比较（≥、=）"),
    "target_value": _("目标值"),
    "target_unit": _("计量单位"),
    "weight": _("权重"),
    "urgency": _("紧急程度"),
    "line": _("工作专线"),
    "progress": _("进展（保留原文，不算报告）"),
    "share": _("完成比例（由台账计算）"),
    "kept": _("表内数据（原样保留）"),
    "ignore": _("不导入"),
    "id": _("外部编号（原导出行）"),
}
KINDS: Mapping[str, Promise] = {
    "add": _("新增"),
    "change": _("修改"),
    "refused": _("不能导入"),
    "twin": _("疑似重复"),
    "skipped": _("不重复导入"),
    "same": _("无变化"),
    "left": _("不是事项"),
}
