"""What a file tells of its maker is taken out; everything else stays byte for byte."""

import io
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest
from docx import Document
from openpyxl.packaging.custom import StringProperty
from pypdf import PdfReader, PdfWriter

from luoshi.office import properties_child
from luoshi.office.properties import without_properties
from luoshi.office.screen import opened
from luoshi.office.tests.build import body, docx_parts, p, pdf, zip_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAKERS = ("张某某", "李某某", "某镇人民政府", "王主任", "内部编号七")
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>WPS</Application><Company>某镇人民政府</Company><Manager>王主任</Manager>"
    "<Pages>3</Pages></Properties>"
)
CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property '
    'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="编号"><vt:lpwstr>内部编号七'
    "</vt:lpwstr></property></Properties>"
)
XMP = (
    b'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf='
    b'"http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc='
    b'"http://purl.org/dc/elements/1.1/"><dc:source>XMPNAME</dc:source></rdf:Description>'
    b'</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def word() -> bytes:
    """A document as python-docx writes it, with every property that names a maker."""
    document = Document()
    document.add_paragraph("标准厂房已封顶。")
    held = document.core_properties
    held.author, held.last_modified_by, held.title = "张某某", "李某某", "厂房进展"
    held.created = datetime(2026, 6, 1, tzinfo=UTC)
    out = io.BytesIO()
    document.save(out)
    made = parts(out.getvalue()) | {
        "docProps/app.xml": APP.encode(),
        "docProps/custom.xml": CUSTOM.encode(),
    }
    return zip_of(dict(made))


def book() -> bytes:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "封顶"
    held = workbook.properties
    held.creator, held.lastModifiedBy = "张某某", "李某某"
    workbook.custom_doc_props.append(StringProperty(name="编号", value="内部编号七"))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def told(stripped) -> list[str]:
    return [one.code for one in stripped.told]


@pytest.mark.parametrize(("made", "media"), [(word, DOCX), (book, XLSX)])
def test_package_loses_its_makers_and_no_other_byte(made, media):
    data = made()
    found = without_properties(data, media)
    assert told(found) == ["office.properties_removed"]
    before, after = parts(data), parts(found.data)
    assert list(after) == list(before)
    assert any(name.encode() in part for name in MAKERS for part in before.values())
    assert not any(name.encode() in part for name in MAKERS for part in after.values())
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"}
    assert changed >= {"docProps/core.xml", "docProps/custom.xml"}
    assert not without_properties(found.data, media).told


def test_word_still_opens_with_its_title_and_its_day():
    document = Document(io.BytesIO(without_properties(word(), DOCX).data))
    held = document.core_properties
    assert (held.author, held.last_modified_by, held.title) == ("", "", "厂房进展")
    assert held.created.date().isoformat() == "2026-06-01"
    assert document.paragraphs[0].text == "标准厂房已封顶。"


def test_book_still_opens():
    data = without_properties(book(), XLSX).data
    assert openpyxl.load_workbook(io.BytesIO(data)).active["A1"].value == "封顶"


def test_package_without_makers_is_kept_as_it_came():
    data = zip_of(docx_parts(p("正文")))
    assert without_properties(data, DOCX) == properties_kept(data)


def properties_kept(data, *codes):
    from luoshi.domain.base import say
    from luoshi.office.properties import Stripped

    return Stripped(data, tuple(say(code) for code in codes))


def test_properties_under_another_name_are_found_by_their_relation():
    made = docx_parts(p("正文"))
    made["_rels/.rels"] = made["_rels/.rels"].replace(
        "</Relationships>",
        '<Relationship Id="c" Target="other/about.xml" Type="http://schemas.openxmlformats.org/'
        'package/2006/relationships/metadata/core-properties"/></Relationships>',
    )
    made["other/about.xml"] = "<c xmlns:dc='x'><dc:creator>张某某</dc:creator><n>甲</n></c>"
    found = parts(without_properties(zip_of(made), DOCX).data)
    assert "张某某".encode() not in found["other/about.xml"]
    assert "<n>甲</n>".encode() in found["other/about.xml"]


def test_entries_with_a_descriptor_after_them_and_words_behind_the_end_are_understood():
    class Unseekable(io.RawIOBase):
        def __init__(self) -> None:
            self.held = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, piece) -> int:
            self.held += piece
            return len(piece)

    out = Unseekable()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts(word()).items():
            package.writestr(name, part)
        package.comment = "张某某".encode()
    found = without_properties(bytes(out.held), DOCX)
    assert "张某某".encode() not in found.data
    assert Document(io.BytesIO(found.data)).core_properties.author == ""


def test_broken_properties_are_kept_and_said():
    data = zip_of(docx_parts(p("正文")) | {"docProps/core.xml": "<c><creator>张"})
    assert without_properties(data, DOCX) == properties_kept(data, "office.properties_kept")


def test_entity_in_properties_is_never_resolved():
    bomb = '<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]><c><creator>&x;</creator></c>'
    data = zip_of(docx_parts(p("正文")) | {"docProps/core.xml": bomb})
    assert without_properties(data, DOCX) == properties_kept(data, "office.properties_kept")


def test_old_format_is_kept_and_said():
    data = b"\xd0\xcf\x11\xe0" + bytes(600)
    assert without_properties(data, "application/msword") == properties_kept(
        data, "office.properties_kept"
    )


def told_pdf(*, tail: bytes = b"") -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("一、抓项目。"))))
    writer.add_metadata({"/Author": "ZHANG", "/Company": "OFFICE"})
    writer.xmp_metadata = XMP
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue() + tail


def test_pdf_loses_info_and_xmp_and_keeps_its_page():
    data = told_pdf()
    assert all(word in data for word in (b"ZHANG", b"OFFICE", b"XMPNAME"))
    found = without_properties(data, "application/pdf")
    assert told(found) == ["office.properties_removed"]
    assert not any(word in found.data for word in (b"ZHANG", b"OFFICE", b"XMPNAME"))
    [page] = PdfReader(io.BytesIO(found.data)).pages
    [before] = PdfReader(io.BytesIO(data)).pages
    assert page.extract_text() == before.extract_text() != ""
    assert not without_properties(found.data, "application/pdf").told


def test_signed_pdf_is_not_touched():
    data = told_pdf(tail=b"\n% /ByteRange [0 1 2 3]\n")
    assert without_properties(data, "application/pdf") == properties_kept(
        data, "office.properties_signed"
    )


def test_pdf_past_the_limit_or_broken_is_kept(monkeypatch):
    monkeypatch.setattr(properties_child, "PDF_LIMIT", 10)
    answer = properties_child.properties_of(told_pdf())
    assert answer["splices"] == []
    assert [one["code"] for one in answer["told"]] == ["office.properties_kept"]
    data = b"%PDF-1.7\nnothing"
    assert without_properties(data, "application/pdf") == properties_kept(
        data, "office.properties_kept"
    )


@pytest.mark.browser
def test_stripped_document_opens_in_libreoffice(tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "a.docx").write_bytes(without_properties(word(), DOCX).data)
    call = [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    call += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "a.docx")]
    subprocess.run(call, check=True, capture_output=True, timeout=120)
    [page] = PdfReader(tmp_path / "a.pdf").pages
    assert "封顶" in page.extract_text()


NAMES = ["../../x", "/etc/x", "word\\x.xml", "..\\..\\x", "C:/x", "word/../../x"]


@pytest.mark.parametrize("name", NAMES)
def test_name_that_leads_out_of_the_package_is_refused(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = opened("a.docx", zip_of(docx_parts(p("正文")) | {name: "words"}))
    assert answer.why.code == "office.zip_slip"
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("name", ["a..b/x.txt", "word/...", "word/media/图 1.png"])
def test_name_with_dots_inside_is_no_way_out(name):
    assert hasattr(opened("a.docx", zip_of(docx_parts(p("正文")) | {name: "x"})), "accepted")


def test_pdf_that_is_a_package_too_is_refused():
    both = pdf("一、抓项目。") + zip_of({"word/document.xml": body(p("别的"))})
    answer = opened("a.pdf", both, takes={"pdf"})
    assert answer.why.code == "office.two_kinds"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.webp", b"RIFF\x24\0\0\0WEBPVP8 " + bytes(30)),
        ("a.heic", b"\0\0\0\x18ftypheic" + bytes(30)),
        ("a.jpg", b"RIFF\x24\0\0\0WEBPVP8 " + bytes(30)),
        ("a.jpg", b"\0\0\0\x18ftypheic" + bytes(30)),
    ],
)
def test_webp_and_heic_are_refused_by_name_of_what_is_taken(name, data):
    answer = opened(name, data, takes={"image"})
    assert answer.why.code == "office.picture_kind"
