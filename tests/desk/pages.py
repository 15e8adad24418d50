"""What every page must be: whole, and clean under the content policy."""

import re

from django.http import HttpResponse


def clean(answer: HttpResponse) -> str:
    """The text of a page; fails on inline script, inline style, and template marks that were not rendered."""
    text = answer.content.decode()
    assert re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text) == []
    assert re.findall(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']", text) == []
    assert re.findall(r"{{|{%|{#", text) == []
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    return text
