"""Where things stand in the drawings of the sheet. Coordinates are computed here, so that templates only print."""

from dataclasses import dataclass

from redhouse.kit.divisions import CODE_LENGTH
from redhouse.work.answers.queries import Answer, VillageAnswer

WIDTH = 640  # of every drawing, in its own units

TILE_STATES = {"in_use": ("use", "check"), "building": ("build", "half"), "other": ("plan", "dot")}


@dataclass(frozen=True)
class Tile:
    """A village's centre: its state by a word, a shape and a pattern."""

    name: str
    code: str
    state: str
    css: str
    icon: str


def tiles(villages: list[VillageAnswer]) -> list[Tile]:
    found = []
    for village in villages:
        names = village.answer.figure.part_names
        part = next((part for part in names if village.answer.parts.get(part)), "other")
        css, icon = TILE_STATES[part]
        found.append(Tile(short_name(village.name), village.answer.division_code[:CODE_LENGTH], names[part], css, icon))
    return found


def short_name(village: str) -> str:
    """A tile has room for three or four characters: 樵华社区 -> 樵华, 新田村 -> 新田, 简村村 -> 简村."""
    return village.removesuffix("社区") if village.endswith("社区") else village.removesuffix("村") or village


@dataclass(frozen=True)
class Box:
    x: int
    y: int
    width: int
    text: str
    is_demonstration: bool

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def right(self) -> int:
        return self.x + self.width


@dataclass(frozen=True)
class Tree:
    """The small-business organisations: the committee, its own branches as boxes, the village branches as squares;
    `gap` is where the line to the squares passes between boxes."""

    root: str
    boxes: list[Box]
    squares: list[tuple[int, int]]
    gap: int
    note: str
    height: int
    sum: str


def tree(answer: Answer, demonstration_sector: str) -> Tree | None:
    """None where there is no committee with branches to draw."""
    names, parts = answer.figure.part_names, answer.parts
    branches = [key for key in ("market", "self_employed", "micro_enterprise") if parts.get(key)]
    if not parts.get("committee") or not branches:
        return None
    demonstrations = {"specialised_market": "market"}
    step = WIDTH // len(branches)
    boxes = [
        Box(
            x=place * step + 4,
            y=68,
            width=step - 8,
            text=names[key] + (f"×{parts[key]}" if parts[key] != 1 else ""),
            is_demonstration=demonstrations.get(demonstration_sector, demonstration_sector) == key,
        )
        for place, key in enumerate(branches)
    ]
    count = parts.get("village_new_two") or 0
    squares = [(5 + place % 32 * 198 // 10, 126 + place // 32 * 20) for place in range(count)]
    rows = -(-count // 32)
    total = "＋".join(str(parts[key]) for key in names if parts.get(key))
    return Tree(
        root=names["committee"],
        boxes=boxes,
        squares=squares,
        gap=step if len(branches) > 1 else WIDTH - 2,
        note=f"{count}　{names['village_new_two']}" if count else "",
        height=126 + rows * 20 + 24,
        sum=f"{total}＝{answer.numerator}",
    )


@dataclass(frozen=True)
class Dots:
    """One dot a member: the registered ones filled, the floating ones hollow."""

    dots: list[tuple[int, int, str]]
    height: int


def dots(answer: Answer, in_row: int = 63) -> Dots:
    registered, total = answer.parts.get("registered") or 0, answer.numerator or 0
    found = [
        (7 + place % in_row * 10, 9 + place // in_row * 13, "reg" if place < registered else "flo")
        for place in range(total)
    ]
    return Dots(found, 10 + -(-total // in_row) * 13)
