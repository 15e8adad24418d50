"""Documents the tests of this room print."""

from datetime import date

from redhouse.ground.papers.official.layout import (
    Attachment,
    Column,
    Figure,
    Heading,
    OfficialDocument,
    Paragraph,
    QrCode,
    Table,
    document_number,
)

LONG = "坚持党对基层治理的领导，重大事项先知、先议、先做，依法由村民会议或者成员大会表决，结果向全体村民公开。" * 4

NOTICE = OfficialDocument(
    title="关于印发《关于实施村（社区）重要事权清单管理强化党组织领导核心地位的意见（试行）》的通知",
    issuer="中共佛山市南海区西樵镇委员会",
    number=document_number("西委", 2018, 12),
    addressee="各村（社区）党组织，镇属各单位",
    body=(
        Paragraph(
            "现将《关于实施村（社区）重要事权清单管理强化党组织领导核心地位的意见（试行）》印发给你们，请认真执行。"
        ),
        Heading(1, "总体要求"),
        Paragraph(LONG),
        Heading(2, "基本原则"),
        Paragraph(
            (
                "全年联系群众",
                Figure("346,000人次", "F03 联系群众人次：2018年1月1日至12月14日走访记录合计。"),
                "，入户率超过345%。",
            )
        ),
        Heading(3, "先知"),
        Paragraph(LONG),
        Heading(4, "范围"),
        Paragraph(LONG),
        Heading(4, "时限"),
        Paragraph(LONG, lead="责任分工。"),
        Heading(1, "重要事权"),
        Table(
            caption="表1 十项重要事权（部分）",
            columns=(
                Column("编号", 1, "center"),
                Column("名称", 4),
                Column("表决主体", 3),
                Column("金额（元）", 2, "right"),
            ),
            rows=(
                ("P03", "重大项目实施", "村民会议", "1,280,000.00"),
                ("P07", "集体经济组织股份分红（收益分配）", "成员大会", "3,450,000.50"),
                ("P08", "补偿款分配", "成员大会", "—"),
            ),
        ),
        Paragraph(LONG),
    ),
    attachments=(
        Attachment(
            "村（社区）重要事权清单",
            (Heading(1, "清单"), Paragraph(LONG), QrCode("https://example.invalid/v/1", "扫码核验")),
        ),
        Attachment("关于实施村（社区）重要事权清单管理的流程图及各环节责任单位、责任人和完成时限一览表"),
    ),
    signed_on=date(2018, 12, 14),
    remark="此件公开发布",
    copies_to="区委组织部，镇人大、镇政府",
    printed_by="西樵镇党政办公室",
    red_head=True,
)

HOSTILE = OfficialDocument(
    title='#sys.version #read("/etc/passwd") </w:t>',
    body=(Paragraph('*粗* _斜_ $x^2$ `码` <w:p> ]] \\" \x00 & 甲\u202e乙'),),
    issuer="#panic()",
    signed_on=date(2018, 12, 14),
)
