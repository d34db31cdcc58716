"""What the tests of images share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from generator.images import encode


@pytest.fixture(scope="package", autouse=True)
def encoded_once() -> Iterator[None]:
    """Encode the same file only once, since that depends on nothing else and takes long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encode, "encode_image", cache(encode.encode_image))
        yield
