"""The town's three duty lists, shortened, and posts that are marked or have routine duties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luoshi.config.demo.units import TOWN

DUTIES: tuple[tuple[str, str, str, str], ...] = (
    ("基本履职事项", "1", "宣传和落实党的路线方针政策，抓好基层党组织建设", ""),
    ("基本履职事项", "2", "做好群众诉求受理、转办、回复和回访", ""),
    ("基本履职事项", "3", "组织农村人居环境整治和村容村貌日常管护", ""),
    ("基本履职事项", "4", "发展壮大村级集体经济，管好农村集体资产", ""),
    ("基本履职事项", "5", "开展矛盾纠纷排查调解", ""),
    ("基本履职事项", "6", "编制并落实防汛、防火等应急预案，组织演练和转移避险", ""),
    ("配合履职事项", "1", "项目用地报批的资料收集和现场协调", "县自然资源局"),
    ("配合履职事项", "2", "规上工业企业培育的走访和服务", "县发改局"),
    ("配合履职事项", "3", "高标准农田建设的群众工作和后期管护", "县农业农村局"),
    ("上级收回事项", "1", "对燃气经营企业安全生产的行政检查", "县住建局"),
    ("上级收回事项", "2", "对医疗废物处置单位的监督检查", "县卫健局"),
    ("上级收回事项", "3", "对再生资源回收经营者的备案管理", "县发改局"),
)
MARKS: Mapping[str, Mapping[str, Any]] = {
    f"{TOWN}/组织委员": {"keeps_personnel": True},
    "经发办/工业统计岗": {"keeps_statistics": True, "routine": "工业、能源统计报表的审核和上报"},
    "党政办/主任": {"routine": "综合协调、会务、值班和督办的统筹"},
    "党政办/文秘岗": {"routine": "文稿起草、公文收发和档案"},
    "便民中心/热线岗": {"routine": "12345热线工单的受理、转办和回访"},
}
