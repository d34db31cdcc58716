from __future__ import annotations

import pytest

from generator.importers.xml_elements import XmlElements, text_of


def read(data: bytes, *names: str) -> tuple[list[str], XmlElements]:
    xml = XmlElements(data, names or ("b",))
    return [text_of(element) for element in xml], xml


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b"<a><b>1</b><b>2</b></a>", ["1", "2"]),
        (b"<a><b>1 < 2 & 3 &nbsp;&copy; &foo; &AT&T;</b></a>", ["1 < 2 & 3 \xa0© &foo; &AT&T;"]),
        (b"<a><b x='&QUOT;&LT;'>&LT;c&GT; &AMP;</b></a>", ["<c> &"]),
        (b"<a><b>]]> here</b><b>2</b></a>", ["]]> here", "2"]),
        (b"<a><b><![CDATA[one]]> two </p> three ]]></b><b>4</b></a>", ["one two  three ]]>", "4"]),
        (b"<a><b>open <br> and <i>more</b><b>2</b></a>", ["open  and more", "2"]),
        (b"<a><b>caf\xe9 \x93quoted\x94 \xc3\xa9</b></a>", ["café “quoted” é"]),
        (b"<a><b>\x01\x1b&#0;&#x1F;ok</b></a>", ["ok"]),
        (b"\n\n<?xml version='1.0'?><a><b>late</b></a>", ["late"]),
        (b"<?xml version='1.0' encoding='iso-8859-1'?><a><b>caf\xe9</b></a>", ["café"]),
        ("<?xml version='1.0' encoding='utf-16'?><a><b>é</b></a>".encode("utf-16"), ["é"]),
        (b"<?xml version='1.0' encoding='hex'?><a><b>1</b></a>", ["1"]),
        (b"<wp:a><wp:b>no namespace</wp:b></wp:a>", ["no namespace"]),
        (b'<a><b x="1 > 0 & more" y=z>1</b></a>', ["1"]),
    ],
)
def test_what_is_not_well_formed_is_read_all_the_same(data: bytes, texts: list[str]) -> None:
    found, xml = read(data)

    assert found == texts
    assert not xml.missing("b", len(found))


def test_entities_are_not_followed() -> None:
    bomb = b"".join(b'<!ENTITY x%d "%s">' % (n, b"&x%d;" % (n - 1) * 10) for n in range(1, 10))
    data = (
        b'<!DOCTYPE a [<!ENTITY x0 "lol">' + bomb + b'<!ENTITY e SYSTEM "file:///etc/passwd">]>\n'
        b"<a><b>&x9; &e;</b></a>"
    )

    assert read(data)[0] == ["&x9; &e;"]


def test_a_file_that_ends_early_is_known_as_cut_off() -> None:
    found, xml = read(b"<a><b>1</b><b><![CDATA[half of")

    assert found == ["1", "half of"]
    assert xml.is_last_cut_off("b")


def test_what_is_too_deep_is_missing_with_a_reason() -> None:
    found, xml = read(b"<b>1</b><a>" + b"<c>" * 300 + b"<b>2</b>" + b"</c>" * 300 + b"</a>")

    assert found == ["1"]
    assert xml.missing("b", len(found)) == 1


def test_lines_are_those_of_the_file() -> None:
    xml = XmlElements(
        b"<?xml version='1.0'?>\n<!DOCTYPE a [\n\n]>\n<!--\n\n-->\n<a\nx='1\n'>\n<b/></a>", ("b",)
    )

    assert [element.sourceline for element in xml] == [11]


@pytest.mark.parametrize(
    "evil",
    [
        b"<",
        b"&",
        b"<a ",
        b'<a x="',
        b"<!DOCTYPE ",
        b"<!DOCTYPE [",
        b"<![CDATA[",
        b"<!--",
        b"<a b='<",
    ],
)
def test_no_text_takes_long_to_repair(evil: bytes) -> None:
    assert read(evil * 30_000)[0] == []


@pytest.mark.parametrize("size", [1, 7, 64])
def test_pieces_of_any_size_give_the_same(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data = (
        "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'y'>]><a><!-- <b>no</b> --><b>1 &lt; &amp;"
        ' &nbsp;é 2</b><b><![CDATA[ <i> & ]]]]><![CDATA[> ]]></b><b t="a>b">3</b></a>'
    ).encode()
    whole = read(data)[0]
    monkeypatch.setattr("generator.importers.xml_repair._CHUNK", size)

    assert read(data)[0] == whole == ["1 < & \xa0é 2", "<i> & ]]>", "3"]
