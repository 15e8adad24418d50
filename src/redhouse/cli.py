"""The `redhouse` command. Each sub-command is a module in `redhouse.commands` with a click command named `command`,
imported only when it is called, so that `--help` answers at once."""

import importlib
import os

import click

COMMANDS = {
    "demo": "把西樵镇建在内置数据库里，打印答卷，然后开门",
    "serve": "开门：网页与后台一起运行",
    "worker": "只运行后台（把事实写入公开日志）",
    "answers": "打印答卷：每个数字由明细现算",
    "export": "把答卷所需的全部数据导出成 Parquet 文件夹，交给审计或开放使用",
    "verify": "核对公开日志，找出第一条被改、被删或被插入的记录",
    "recount": "重新点算一个公布的票箱，不需要数据库",
    "backup": "把数据库、文件和日志头备份成一个文件",
    "restore": "把备份恢复到一座空房子",
    "procedures": "重要事权的程序：列出、查看、证明、画图、导出 BPMN、随机走查",
    "matter": "重要事权的事项：本人登录，列出、查看、提出、逐步办理",
    "forms": "报表：列出、查看、自动填好，另存为 Excel、Word 或 PDF",
    "doctor": "逐项体检：哪里好，哪里坏，怎么修",
    "vote-rule": "按表决当天的规则计算：够不够，过没过，还差多少，依据哪一条",
}


class House(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"redhouse.commands.{name.replace('-', '_')}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=House,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="先试：redhouse demo。数据放在 REDHOUSE_HOME（默认按平台惯例，启动时打印）；"
    "已有 PostgreSQL 就设 DATABASE_URL。",
)
@click.version_option(package_name="redhouse")
def redhouse() -> None:
    """红房子：一个镇按程序决定，逐户服务，凭明细答卷。"""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "redhouse.config.settings")


def main() -> None:
    """Entry point. Whatever a user may meet is a HouseError: one sentence on standard error and its exit code."""
    redhouse(prog_name="redhouse")


if __name__ == "__main__":
    main()
