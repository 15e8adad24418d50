"""Numbers that name a person, an organisation or a telephone: normalised and checked.

Each check returns the normal form or raises `IdError` with a sentence that says what is wrong.
"""

import re
import unicodedata
from datetime import date

import phonenumbers
from stdnum.cn import ric

from redhouse.kit.sentences import SentenceError
from redhouse.kit.sentences import marked as _

DEMO_PREFIX = "999999"
"""An area that GB/T 2260 does not allocate: ids of invented people, good in demonstrations only."""

# GB/T 2260 provinces; 81 to 83 are the residence permits of Hong Kong, Macao and Taiwan residents.
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_CREDIT_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_MODULUS = 31
_SEPARATORS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\-‐-―－]+")
# The telephone library skips words around a number; a field that holds more than a number is a slip.
_DIALLED = re.compile(r"[0-9+()\s.\-‐-―]+")
_SEQUENCES = 500


class IdError(SentenceError):
    """A number does not pass its check."""


def check_citizen_id(text: str, *, demo: bool = False) -> str:
    """Return the 18 characters of a citizen id (GB 11643), the last digit or a capital X.

    Full-width digits, spaces and a small x are mended. The area is checked by province only, since
    counties come and go after a number was given. Ids under `DEMO_PREFIX` pass only with `demo`.
    """
    number = _normal(text)
    if len(number) != 18:
        raise IdError(_("身份证号应为18位，现为%(length)s位；请对照证件补全或删去多余的字符。"), length=len(number))
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise IdError(_("身份证号前17位只能是数字，末位是数字或X；请改正其中的其他字符。"))
    if number.startswith(DEMO_PREFIX):
        if not demo:
            raise IdError(_("身份证号以999999开头，只能用于演示；请填写真实的身份证号。"))
    elif not _PROVINCE.match(number):
        raise IdError(_("身份证号开头“%(area)s”不是省级代码；请对照证件核对前两位。"), area=number[:2])
    if not _is_day(number[6:14]):
        raise IdError(_("身份证号第7至14位“%(day)s”不是有效的出生日期；请对照证件核对这八位。"), day=number[6:14])
    if number[-1] != ric.calc_check_digit(number):
        raise IdError(_("身份证号的校验位不对，可能有一位抄错或两位颠倒；请对照证件逐位核对。"))
    return number


def make_demo_citizen_id(n: int, born_on: date, sex: int) -> str:
    """Make the id of an invented person; different for each n (0 to 499), birthday and sex.

    `sex` as in GB/T 2261.1: 1 male, 2 female. Raises ValueError outside these ranges.
    """
    if not 0 <= n < _SEQUENCES or sex not in (1, 2):
        raise ValueError(f"n runs from 0 to {_SEQUENCES - 1} and sex is 1 or 2, not {n} and {sex}")
    number = f"{DEMO_PREFIX}{born_on:%Y%m%d}{2 * n + sex % 2:03}"
    return number + ric.calc_check_digit(number + "0")


def check_credit_code(text: str) -> str:
    """Return the 18 characters of a unified social credit code (GB 32100), in capitals.

    Codes that begin with N (rural collective economic organisations) pass like all others.
    """
    code = _normal(text)
    if len(code) != 18:
        raise IdError(
            _("统一社会信用代码应为18位，现为%(length)s位；请对照证照补全或删去多余的字符。"),
            length=len(code),
        )
    for place, character in enumerate(code, start=1):
        if character not in _CREDIT_DIGITS:
            raise IdError(
                _("统一社会信用代码第%(place)s位“%(character)s”不能使用（代码不含I、O、S、V、Z）；请对照证照核对。"),
                place=place,
                character=character,
            )
    if not code[2:8].isdecimal():
        raise IdError(_("统一社会信用代码第3至8位“%(area)s”应为数字区划代码；请对照证照核对。"), area=code[2:8])
    if code != make_credit_code(code[:17]):
        raise IdError(_("统一社会信用代码的校验位不对，可能有一位抄错或两位颠倒；请对照证照逐位核对。"))
    return code


def make_credit_code(prefix17: str) -> str:
    """Add the check character (GB 32100) to 17 characters; ValueError for any other input."""
    if len(prefix17) != 17 or any(character not in _CREDIT_DIGITS for character in prefix17):
        raise ValueError(f"{prefix17!r} is not 17 characters of {_CREDIT_DIGITS}")
    total = sum(
        _CREDIT_DIGITS.index(character) * pow(3, place, _CREDIT_MODULUS) for place, character in enumerate(prefix17)
    )
    return prefix17 + _CREDIT_DIGITS[-total % _CREDIT_MODULUS]


def check_phone(text: str) -> str:
    """Return a telephone number as it is dialled: "13800138000", "075786888888", abroad "+85228123456".

    Numbers without a country are Chinese.
    """
    dialled = unicodedata.normalize("NFKC", text)
    try:
        number = phonenumbers.parse(dialled, "CN") if _DIALLED.fullmatch(dialled) else None
    except phonenumbers.NumberParseException:
        number = None
    if number is None or number.extension or not phonenumbers.is_valid_number(number):
        raise IdError(
            _("“%(text)s”不是有效的电话号码；请填写11位手机号，或带区号的座机号，境外号码以+和国家代码开头。"),
            text=text.strip(),
        )
    if number.country_code != 86:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return re.sub(r"\D", "", national)


def _normal(text: str) -> str:
    """Half-width capitals without separators, as numbers are copied from papers and chats."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


def _is_day(digits: str) -> bool:
    try:
        date.fromisoformat(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
    except ValueError:
        return False
    return True
