"""Money is an integer number of fen; yuan exist only where a person types or reads."""

from decimal import Decimal, InvalidOperation

__all__ = ["fen_from_yuan", "yuan"]


def fen_from_yuan(written: str | float | Decimal) -> int | None:
    """Return whole fen for an amount in yuan (`"¥1,280.50"` → 128050), or None if it is not one.

    More than two decimals are rounded half up, as a till does.
    """
    cleaned = str(written).strip().replace(",", "").replace("，", "").lstrip("¥￥").strip()
    try:
        amount = Decimal(cleaned)
    except InvalidOperation:
        return None
    if not amount.is_finite() or abs(amount) > Decimal(10) ** 14:
        return None
    return int((amount * 100).quantize(Decimal(1), rounding="ROUND_HALF_UP"))


def yuan(fen: int) -> str:
    """Return fen as a person reads them: `128050` → `¥1,280.50`."""
    sign = "-" if fen < 0 else ""
    return f"{sign}¥{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
