"""A folder of texts: each with its word, one failing does not stop the others, can be resumed."""

import json

import pytest

from luoshi.config.commands import read
from luoshi.office.tests.build import docx, p, pdf

TEXT = "一、抓项目。6月底前由经发办牵头完成标准厂房一期建设。"


@pytest.fixture
def folder(tmp_path):
    texts = tmp_path / "材料"
    (texts / "二").mkdir(parents=True)
    (texts / "报告.txt").write_text(TEXT, "utf-8")
    (texts / "二" / "讲话.docx").write_bytes(docx(p(TEXT)))
    (texts / "决定.pdf").write_bytes(pdf(TEXT[:25]))
    (texts / "坏.docx").write_bytes(b"PK\x03\x04")
    (texts / "密.txt").write_text("机密★1年\n甲方案", "utf-8")
    (texts / "图.png").write_bytes(b"x")
    return texts


def test_folder_is_read_and_each_text_has_its_word(folder, tmp_path, capsys):
    out = tmp_path / "结果"
    assert read.main([str(folder), "--json", str(out)]) == 2
    told = capsys.readouterr().err
    assert sorted(path.name for path in out.iterdir()) == [
        "二__讲话.docx.json", "决定.pdf.json", "报告.txt.json",
    ]  # fmt: skip
    assert json.loads((out / "报告.txt.json").read_text("utf-8"))["items"]
    assert "坏.docx：文件已损坏" in told
    assert "密.txt：文件标有“机密”" in told
    assert "读完 3 份，未能读取 2 份" in told


def test_same_command_goes_on_where_it_was_stopped(folder, tmp_path, capsys, monkeypatch):
    out, seen = tmp_path / "结果", []

    def stop(text, year):
        if seen:
            raise KeyboardInterrupt
        seen.append(text)
        return whole(text, year=year)

    from luoshi.config.commands import read_many

    whole = read_many.read_text
    monkeypatch.setattr(read_many, "read_text", stop)
    assert read.main([str(folder), "--json", str(out)]) == 130
    assert len(list(out.iterdir())) == 1
    monkeypatch.undo()
    capsys.readouterr()
    read.main([str(folder), "--json", str(out)])
    told = capsys.readouterr().err
    assert told.count("上次已读") == 1
    assert len(list(out.iterdir())) == 3


def test_folder_without_texts_is_said(tmp_path, capsys):
    (tmp_path / "空").mkdir()
    assert read.main([str(tmp_path / "空"), "--json", str(tmp_path / "out")]) == 2
    assert "没有可读的材料" in capsys.readouterr().err
