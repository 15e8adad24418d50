from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.facts import declare

# label: the form and its month, L04.2026-10
CELL_FILLED = declare("report_cell_filled", _("{actor}填写报表{label}的一格"))
REPORT_OPENED = declare("report_opened", _("{actor}打开报表{label}，{quantity}行"))
REPORT_TAKEN = declare("report_taken", _("{actor}导出报表{label}，{quantity}行"))
# label: the form; quantity: minutes a month that it costs
FORM_DRAFTED = declare("report_form_drafted", _("{actor}拟订报表{label}，每月约{quantity}分钟"))
FORM_APPROVED = declare("report_form_approved", _("{actor}批准报表{label}，每月约{quantity}分钟"))
FORM_RETURNED = declare("report_form_returned", _("{actor}退回报表{label}，省下每月约{quantity}分钟"))
