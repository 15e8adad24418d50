"""`redhouse recount` on a distribution: counted again from the shares, with no house."""

from pathlib import Path

from click.testing import CliRunner, Result

from redhouse.cli import redhouse
from redhouse.kit.sharing import Holder, Register, share_out

HOLDERS = tuple(Holder(number, f"{number:016x}", units) for number, units in enumerate((3, 2, 2), start=1))
TABLE = share_out(Register({"matter": "P07-01", "host": "第三经济社"}, "shares", 1, "2026-09-30", HOLDERS), 100_000_01)


def recounted(path: Path, text: str) -> Result:
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(redhouse, ["recount", str(path)])


def test_a_table_is_counted_again_and_its_digests_are_printed(tmp_path: Path) -> None:
    said = recounted(tmp_path / "table.json", TABLE.text())
    assert said.exit_code == 0, said.output
    for part in ("3 人，份额 7，总额 100,000.01 元", TABLE.digest(), TABLE.register.digest()):
        assert part in said.output


def test_a_fen_moved_from_one_holder_to_another_is_found(tmp_path: Path) -> None:
    text = TABLE.text().replace("4285715]", "4285714]").replace("2857143]", "2857144]", 1)
    said = recounted(tmp_path / "table.json", text)
    assert said.exit_code != 0
    assert "第1号写的是4285714分，按规则应为4285715分" in said.output
