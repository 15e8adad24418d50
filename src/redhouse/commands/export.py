"""`redhouse export`: all that the answers are counted from, in a folder that needs no house."""

from pathlib import Path

import click

from redhouse.commands._house import visited_house
from redhouse.commands._progress import count_bar
from redhouse.kit.today import today


@click.command()
@click.option(
    "--parquet",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    required=True,
    help="写到哪个文件夹：须不存在或为空。",
)
@click.option("--division", metavar="CODE", help="只导出这个区划以内的数据，12位代码；村以下15位。  [默认：本镇]")
def command(folder: Path, division: str | None) -> None:
    """把事实和答卷所读的基础表导出成 Parquet，连同数字的 SQL 和清单。可在开门时进行。

    事实按镇、月分成小文件，只有代码与数量，没有姓名、电话和证件号码。
    文件夹自成一体：用 redhouse answers --from DIR 或只用 DuckDB 就能重新答卷。
    """
    with visited_house("export"):
        from redhouse.ground.ledger.queries import last_fact_id
        from redhouse.work.answers import queries
        from redhouse.work.answers.extract.writing import head_at, write_extract

        on = today()
        place = queries.division_at(division or queries.town_code(), queries.default_as_of(on))
        cut = last_fact_id()
        head = head_at(cut)
        with count_bar("导出事实", head.size if head else 0) as progress:
            manifest = write_extract(folder, division_code=place.code, last_fact_id=cut, progress=progress)
    click.echo(
        f"已把{place.name}的 {manifest.relations['facts'].rows:,} 条事实和 {len(manifest.relations) - 1} 张基础表导出到"
        f" {folder}（账本第 {cut:,} 条）。"
    )
    click.echo(f"清单摘要 {manifest.digest}：请另行保存，它管着文件夹里的每个字节。")
    click.echo(f"不要数据库就能答卷：redhouse answers --from {folder}")
