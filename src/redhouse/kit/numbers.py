"""Exact numbers as people read them. Whole numbers and fractions only, never floats."""

from fractions import Fraction
from typing import Literal

from redhouse.kit.sentences import SentenceError
from redhouse.kit.sentences import marked as _

Rounding = Literal["half_up", "floor"]

NO_BASE = "—"
"""What a percentage of nothing shows."""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾"))
_WORDS_LIMIT = 10**16


class NumberError(SentenceError):
    """A number is too large to be written in words."""


def thousands(number: int) -> str:
    """Group by thousands: 346000 -> "346,000"."""
    return f"{number:,}"


def wan(number: int, places: int = 1, floor: bool = False) -> str:
    """Shorten by 万 or 亿: 346000 -> "34.6万"; below 10,000 the number itself.

    Rounds half up (away from zero) to at most `places` decimals, without trailing zeros; with
    ``floor=True`` downwards, for "more than ..." sentences that must stay true.
    """
    rounding: Rounding = "floor" if floor else "half_up"
    scale = 10**places
    for size, unit in ((10**4, "万"), (10**8, "亿")):
        scaled = _rounded(number * scale, size, rounding)
        if unit == "亿" or abs(scaled) < 10**4 * scale:
            break
    if abs(number) < 10**4:
        return thousands(number)
    text = _decimal(scaled, places)
    return (text.rstrip("0").rstrip(".") if places else text) + unit


def percent(numerator: int, denominator: int, places: int = 0, rounding: Rounding = "half_up") -> str:
    """Show a ratio of counts: (11, 32) -> "34%"; of a base of 0, "—".

    Keeps exactly `places` decimals. Raises ValueError for a negative base.
    """
    if denominator < 0:
        raise ValueError(f"a percentage cannot have the negative base {denominator}")
    if denominator == 0:
        return NO_BASE
    return _decimal(_rounded(numerator * 100 * 10**places, denominator, rounding), places) + "%"


def ratio_text(numerator: int, denominator: int) -> str:
    """Show both counts: (412, 618) -> "412／618"."""
    return f"{thousands(numerator)}／{thousands(denominator)}"


def yuan(fen: int) -> str:
    """Show an amount in fen as yuan: 312000000 -> "3,120,000.00"."""
    return _decimal(fen, 2)


def wholes(units: int, scale: int) -> str:
    """Show units of 1/scale, scale 1 or 100, as wholes: (1248, 1) -> "1,248"; (8650, 100) -> "86.50"."""
    return thousands(units) if scale == 1 else _decimal(units, 2)


def exact_yuan(fen: Fraction) -> str:
    """Show an amount that need not be whole fen: 250000 -> "2,500.00"; 100/3 -> "0.3333…", cut off, never rounded."""
    if fen.denominator == 1:
        return yuan(fen.numerator)
    cut = fen * 100
    text = _decimal(cut.numerator // cut.denominator, 4)
    return text if cut.denominator == 1 else f"{text}…"


def fraction_text(fraction: Fraction) -> str:
    """Show an exact fraction in lowest terms: "11/32"; a whole one without its denominator."""
    return str(fraction)


def chinese_capitals(fen: int) -> str:
    """Write an amount in fen in words for vouchers: 12345 -> "壹佰贰拾叁元肆角伍分".

    Follows the Payment and Settlement Measures, annex 1: 整 after whole yuan only, 零 for every
    gap, 负 before a negative amount. Raises NumberError from 10^16 yuan on.
    """
    yuan, rest = divmod(abs(fen), 100)
    if yuan >= _WORDS_LIMIT:
        raise NumberError(_("金额%(yuan)s元过大，无法写成大写；请核对单位是否为分。"), yuan=yuan)
    jiao, cent = divmod(rest, 10)
    text = _integer_words(yuan) + "元" if yuan else ""
    if jiao:
        text += _DIGITS[jiao] + "角"
    elif cent and yuan:
        text += "零"
    if cent:
        text += _DIGITS[cent] + "分"
    if not rest:
        text = (text or "零元") + "整"
    return ("负" if fen < 0 else "") + text


def _integer_words(number: int) -> str:
    """Words for a positive whole number, largest unit first."""
    for size, unit in _UNITS:
        if number >= size:
            high, low = divmod(number, size)
            # 零 stands for the empty digits between two parts, on either side of the unit.
            gap = "零" if low and (low < size // 10 or (high % 10 == 0 and size >= 10**4)) else ""
            return _integer_words(high) + unit + gap + (_integer_words(low) if low else "")
    return _DIGITS[number]


def _rounded(numerator: int, denominator: int, rounding: Rounding) -> int:
    """Divide by a positive denominator and round; half up means away from zero."""
    if rounding == "floor":
        return numerator // denominator
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -size if numerator < 0 else size


def _decimal(scaled: int, places: int) -> str:
    """Put the decimal point back: (-345, 1) -> "-34.5"."""
    whole, part = divmod(abs(scaled), 10**places)
    return ("-" if scaled < 0 else "") + thousands(whole) + (f".{part:0{places}}" if places else "")
