"""WCAG 2.2 contrast of the tokens: every ink on every paper, at least AA for small text (4.5 : 1)."""

import re
from pathlib import Path

import pytest

import redhouse

CSS = (Path(redhouse.__file__).parent / "web/static/redhouse/redhouse.css").read_text(encoding="utf-8")


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9A-Fa-f]{6}|#[0-9A-Fa-f]{3})\b", block))


LIGHT = tokens(CSS[CSS.index(":root {") : CSS.index("/* ── base")])
ELDER = LIGHT | tokens(re.search(r'\[data-mode="elder"\] \{ font-size.*?\}', CSS)[0])  # type: ignore[index]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    linear = []
    for start in (0, 2, 4):
        share = int(digits[start : start + 2], 16) / 255
        linear.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


PAIRS = [
    (ink, paper)
    for ink in ("ink", "ink-2", "ink-3", "seal", "dai", "ok", "warn", "bad", "honour-ink")
    for paper in ("paper", "sheet", "sunk")
] + [("ok", "ok-wash"), ("warn", "warn-wash"), ("bad", "bad-wash"), ("dai-deep", "dai-wash")]


@pytest.mark.parametrize("palette", [LIGHT, ELDER], ids=["light", "elder"])
@pytest.mark.parametrize(("ink", "paper"), PAIRS)
def test_ink_reads_on_paper(palette: dict[str, str], ink: str, paper: str) -> None:
    assert contrast(palette[ink], palette[paper]) >= 4.5


def test_white_reads_on_the_one_filled_button() -> None:
    assert contrast("#ffffff", LIGHT["seal"]) >= 4.5
    assert contrast("#ffffff", LIGHT["seal-deep"]) >= 4.5
