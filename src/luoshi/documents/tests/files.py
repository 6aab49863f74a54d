"""Files as people send them: good ones, broken ones, hostile ones."""

import io
import zipfile

import docx

from luoshi.office.tests.build import compound

SPEECH = """一、抓项目。6月底前，由经发办牵头完成标准厂房一期建设。
二、抓环境。各村要在9月底前完成生活污水治理。
"""


def docx_of(text=SPEECH):
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(data, extra=(), replaced=()):
    """A package with parts added or replaced."""
    replaced = dict(replaced)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, replaced.get(name, old.read(name)))
        for name, content in extra:
            new.writestr(name, content)
    return out.getvalue()


def with_macros():
    return repacked(docx_of(), extra=[("word/vbaProject.bin", b"\0macro")])


def with_entities():
    body = (
        '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    return repacked(docx_of(), replaced=[("word/document.xml", body)])


def bomb():
    return repacked(docx_of(), extra=[("word/media/a.xml", b"0" * 210 * 1024 * 1024)])


def with_password():
    """A compound file that holds an encrypted package, as Word writes one."""
    return compound(EncryptionInfo=b"4", EncryptedPackage=b"0" * 5000)
