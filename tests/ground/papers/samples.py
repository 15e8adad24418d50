"""Documents the tests of this room print."""

from datetime import date

from redhouse.ground.papers.official.layout import (
    Attachment,
    Column,
    Figure,
    Heading,
    OfficialDocument,
    Paragraph,
    Posting,
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

POSTER = OfficialDocument(
    title="新田村第三经济社\n2026年度股份分红方案公示",
    issuer="新田村第三经济社理事会",
    number=document_number("新田三社公", 2026, 7),
    addressee="全体成员、各位村民",
    body=(
        Paragraph("《第三经济社2026年度股份分红方案》已走完党组织前置环节和村务监督审查，公示如下。"),
        Heading(1, "方案"),
        Table(
            columns=(Column("项目", 3), Column("数额", 4, "right"), Column("项目", 3), Column("数额", 3, "right")),
            rows=(
                ("本年收益", "4,160,000.00元", "参加分配股数", "1,248股"),
                ("提取公积公益金", "1,040,000.00元", "每股分配", "2,500.00元"),
                ("可分配收益", "3,120,000.00元", "成员和户数", "618人、186户"),
            ),
        ),
        Heading(1, "公示期和表决"),
        Paragraph("公示期为2026年11月4日至11月10日。11月18日提交成员大会表决，须全体成员三分之二以上同意。"),
        Heading(1, "意见和异议"),
        Paragraph("公示期内，可书面、当面或者扫码向理事会、村务监督委员会提出，10日内答复。"),
    ),
    signed_on=date(2026, 11, 3),
    posting=Posting(
        "https://redhouse.example/open/posters/7Q4M-2K8D-91XA/",
        ("扫码核对本公示，提意见", "验证码　7Q4M-2K8D-91XA", "日志第2,847,310条　293b 9207 228b 7854"),
        ("张贴：村公开栏、第三社祠堂", "张贴人：＿＿＿＿＿＿", "监督委员会：＿＿＿＿＿＿"),
    ),
)

HOSTILE = OfficialDocument(
    title='#sys.version #read("/etc/passwd") </w:t>',
    body=(Paragraph('*粗* _斜_ $x^2$ `码` <w:p> ]] \\" \x00 & 甲\u202e乙'),),
    issuer="#panic()",
    signed_on=date(2018, 12, 14),
)
