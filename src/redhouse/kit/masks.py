"""Personal data shown in part: enough to recognise, too little to learn.

Masks have a fixed width, so that they do not tell how much they hide. Empty stays empty, and a
masked text masked again stays the same.
"""

import re

NAME_MARK = "＊"
_TWO_CHARACTER_SURNAME = re.compile(
    "欧阳|歐陽|司徒|司马|司馬|司寇|上官|诸葛|諸葛|东方|皇甫|尉迟|公孙|公羊|公冶|令狐|慕容|宇文|长孙|夏侯|轩辕|南宫"
    "|端木|独孤|钟离|闻人|申屠|太史|濮阳|淳于|单于|赫连|澹台|万俟|百里|呼延|东郭|西门|鲜于|闾丘|仲孙|子车|颛孙|乐正"
    "|宗政|拓跋|夹谷|宰父|谷梁"
)

_CHINESE_NUMBER = "[零〇一二三四五六七八九十百千]+"
_WORD = "[A-Za-z0-9０-９]"
_UNIT = "(?:号|室|房|栋|幢|座|单元|楼|层|梯|户)"
_DOOR_NUMBER = re.compile(
    f"{_WORD}*[0-9０-９]{_WORD}*(?:[-－—–之]{_WORD}+)*"
    f"|(?:{_CHINESE_NUMBER}|[A-Za-z甲乙丙丁]+)(?={_UNIT})"
    f"|(?<=号之){_CHINESE_NUMBER}"
)


def mask_name(name: str) -> str:
    """Keep the surname, and the last character where two or more follow it: 冼＊贞, 冼＊, 欧阳＊娜.

    A name of one character is hidden whole.
    """
    name = "".join(name.split())
    if len(name) < 2:
        return NAME_MARK if name else ""
    kept = 2 if len(name) > 2 and _TWO_CHARACTER_SURNAME.match(name) else 1
    last = name[-1] if len(name) > kept + 1 else ""
    return name[:kept] + NAME_MARK + last


def mask_phone(phone: str) -> str:
    """Keep the first three and the last four: 138****8000; a shorter number is hidden."""
    if len(phone) < 11:
        return "****" if phone else ""
    return f"{phone[:3]}****{phone[-4:]}"


def mask_citizen_id(number: str) -> str:
    """Keep the first four and the last four: 4406**********001X; anything not of 18 characters is hidden."""
    if len(number) != 18:
        return "******" if number else ""
    return f"{number[:4]}**********{number[-4:]}"


def mask_door(address: str) -> str:
    """Hide house, building and room numbers: 新田村樵园路12号3栋502 -> 新田村樵园路＊号＊栋＊."""
    return _DOOR_NUMBER.sub(NAME_MARK, address)
