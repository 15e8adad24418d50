"""What the app says by script, in the language of the page. `%n` is a number, `%s` a text."""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    return {
        "homes": _("我的%n户"),
        "never": _("还没有走访"),
        "today": _("上次今天"),
        "days_ago": _("上次%n天前"),
        "overdue": _("逾期%n天"),
        "left": _("还剩%n天"),
        "recorded": _("已记，未同步"),
        "draft": _("有草稿"),
        "offline": _("离线"),
        "online": _("已同步"),
        "waiting": _("%n条未同步"),
        "syncing": _("正在同步"),
        "failed": _("服务器忙，稍后自动再传"),
        "outdated": _("服务器已换新版本，这一版传不上去：请按“现在更新”，没传完的都在"),
        "expired": _("登录已过期，重新登录后自动上传"),
        "nobody": _("请先联网登录一次，您的户就会存进这部手机"),
        "cannot": _("这个浏览器不能离线保存：请用加密地址（https）打开"),
        "other": _("已换成%s。前一个人没有传完的还锁在这部手机里，由本人登录后上传"),
        "state_waiting": _("等待上传"),
        "state_sent": _("已发出，等回音"),
        "state_refused": _("没有收下"),
        "state_conflict": _("别人也改了"),
        "visit": _("走访"),
        "problem": _("问题"),
        "care": _("关爱标记"),
        "note": _("便条"),
        "more": _("再看20条，还有%n条"),
        "known": _("%n口人"),
        "asked": _("上次问“%s”"),
        "bad_photo": _("这不是照片，或手机读不了：请重新拍"),
        "full": _("手机存不下了，这一条还是草稿：请腾出空间，再按保存"),
        "absurd": _("定位不可靠，没有使用：请用文字写地点"),
        "none": _("没有标记"),
        "until": _("至%s"),
        "sure": _("删去这一条？手机里只有这一份"),
    }
