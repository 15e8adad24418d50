from django.utils import timezone

from redhouse.ground.access.actions import look_behind_mask
from redhouse.ground.access.enums import LookField, LookReason
from tests.desk.pages import clean


def test_a_villager_reads_who_can_see_them_also_beyond_their_own_reach(signed) -> None:
    page = clean(signed("member").get("/me/"))
    assert "田大业" in page
    assert "办一心" in page
    assert "舟行远" not in page


def test_posts_are_listed_with_their_first_day(signed) -> None:
    page = clean(signed("secretary").get("/me/"))
    assert "新田村党委　书记" in page
    assert "2017年12月31日" in page


def test_a_look_behind_the_mask_is_told_to_the_person(people, signed) -> None:
    look_behind_mask(
        person=people["member"].person,
        field=LookField.PHONE,
        reason=LookReason.VISIT,
        by=people["secretary"].person,
        on=timezone.localdate(),
    )
    assert "看了电话，事由：上门走访联系" in clean(signed("member").get("/me/"))
    assert "看了电话" not in clean(signed("secretary").get("/me/"))


def test_an_account_without_a_person_reads_that_nobody_sees_it(signed) -> None:
    page = clean(signed("nobody").get("/me/"))
    assert "没有职务" in page
    assert "没有人的职务能看到" in page
