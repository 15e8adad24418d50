"""Photographs that come with a form: bounded in number, and in memory."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from redhouse.kit.photos import LARGEST, PhotoError, clean_photo
from redhouse.web.files import Photos


def test_of_a_photograph_that_is_too_large_only_so_much_is_read_as_tells_it() -> None:
    size = 30 << 20
    [content] = Photos(most=1).clean([UploadedFile(BytesIO(b"\xff\xd8" + bytes(size)), "big.jpg", size=size)])
    assert len(content) == LARGEST + 1
    with pytest.raises(PhotoError, match="照片超过12 MB"):
        clean_photo(content)


def test_too_many_are_refused_and_none_is_allowed_where_it_may_be() -> None:
    two = [SimpleUploadedFile(name, b"x") for name in ("a.jpg", "b.jpg")]
    with pytest.raises(ValidationError, match="一次最多存1张照片"):
        Photos(most=1).clean(two)
    assert Photos(most=1).clean([]) == []
    with pytest.raises(ValidationError):
        Photos(most=1, required=True).clean([])
