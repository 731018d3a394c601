from yutang.wecom.models.corps import Corp, CorpState, StaffAccount

__all__ = ["Corp", "CorpState", "StaffAccount"]
