"""Small parts of a page: icons, days, the navigation."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from django import template
from django.forms import BoundField
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from redhouse.web import navigation

register = template.Library()

WEEKDAYS = "一二三四五六日"


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """An icon from `icons.svg`, beside a word that says the same."""
    return format_html(
        '<svg class="i" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        static("redhouse/icons.svg"),
        name,
    )


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """2018年12月14日, or 14 December 2018; a moment is read in the house's time zone.

    Written by hand because Django's localized `date` filter costs a millisecond in every row of a long list.
    """
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    if (translation.get_language() or "").startswith("zh"):
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {value:%B} {value.year}"


@register.filter
def month_day(value: dt.date | None) -> str:
    """12月14日, or 14 December: a day near enough to need no year."""
    if value is None:
        return ""
    if (translation.get_language() or "").startswith("zh"):
        return f"{value.month}月{value.day}日"
    return f"{value.day} {value:%B}"


@register.filter
def weekday(value: dt.date) -> str:
    """星期五, or Friday."""
    if (translation.get_language() or "").startswith("zh"):
        return f"星期{WEEKDAYS[value.weekday()]}"
    return f"{value:%A}"


@register.filter
def clock(value: dt.datetime) -> str:
    """10:13, in the house's time zone."""
    return f"{timezone.localtime(value):%H:%M}"


@register.simple_tag(takes_context=True)
def rail(context: Context) -> list[navigation.Group]:
    """The left rail for the person of this request."""
    request = context["request"]
    return navigation.rail(request, _person(request))


@register.simple_tag(takes_context=True)
def bar(context: Context) -> list[navigation.Door]:
    """The bottom bar of a phone for the person of this request."""
    request = context["request"]
    return navigation.bar(request, _person(request))


def _person(request: Any) -> Any:
    return getattr(request, "person", None)


@register.filter
def control(field: BoundField) -> SafeString:
    """A form field in the house's hand; its label stands above it, so no placeholder repeats it."""
    return field.as_widget(attrs={"class": "form-control", "placeholder": ""})
