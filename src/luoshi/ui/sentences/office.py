"""What the office room says about files."""

PATTERNS: dict[str, tuple[str, str]] = {
    "office.too_large": (
        "文件超过 {megabytes} MB，未接收。请删去图片或拆分后再传。",
        "The file is larger than {megabytes} MB and was not taken. Remove pictures or split it.",
    ),
    "office.picture_damaged": (
        "图片已损坏或不完整，未接收。请重新拍照或重新导出后再传。",
        "The picture is damaged or cut off and was not taken. Take or export it again.",
    ),
    "office.picture_too_big": (
        "图片超过{millions}00万像素，未接收。请缩小后再传。",
        "The picture has more than {millions} million pixels and was not taken. Make it smaller.",
    ),
    "office.picture_kind": (
        "图片不是 jpg 或 png（如 WebP、HEIC），未接收。请在手机或电脑上另存为 jpg 后再传。",
        "The picture is no jpg or png (say WebP or HEIC) and was not taken. Save it as jpg first.",
    ),
    "office.picture_cleaned": (
        "照片里的拍摄位置、时间、设备等信息已去除，画面未改。",
        "Place, time, device and the like were taken out of the photograph; its look is unchanged.",
    ),
    "office.properties_removed": (
        "文件属性里的作者、修改者、单位等信息已去除，内容未改。",
        "Author, editor, office and the like were taken out of the file; its content is unchanged.",
    ),
    "office.properties_signed": (
        "PDF 带有电子签名（签章），改动会使其失效，文件属性（作者等）按原样保留。",
        "The PDF is signed and a change would void that: its properties (author etc.) were kept.",
    ),
    "office.properties_kept": (
        (
            "文件属性（作者、单位等）未能去除，按原样保留。"
            "如不宜外传，请在原软件中清除，或另存为 docx、xlsx 后再传。"
        ),
        (
            "The properties of the file (author, office) could not be taken out and were kept. "
            "To be without them, clear them in its program or save it as docx or xlsx."
        ),
    ),
    "office.zip_slip": (
        "压缩结构里有指向文件之外的路径，未接收。请在原软件中另存后再传。",
        "The package names a path outside itself and was not taken. Save it again and try again.",
    ),
    "office.two_kinds": (
        "文件既是 PDF 又是压缩包，未接收。请在原软件中重新导出 PDF 后再传。",
        "The file is a PDF and a zip package at once and was not taken. Export the PDF again.",
    ),
    "office.empty": (
        "文件是空的（0 字节），未接收。请确认文件已保存完整后再传。",
        "The file is empty (0 bytes) and was not taken. Check that it was saved whole.",
    ),
    "office.blank": (
        "文件中没有文字，未接收。",
        "The file holds no words and was not taken.",
    ),
    "office.binary": (
        "文件内容不是文本（或编码无法识别），未接收。请在原软件中另存为 docx 或 UTF-8 文本后再传。",
        (
            "The content is not text, or its encoding is unknown; it was not taken. "
            "Save it as docx or UTF-8 text and try again."
        ),
    ),
    "office.text_nul": (
        "文本中含有空字符（U+0000），可能已损坏，未接收。请重新保存后再传。",
        (
            "The text holds zero characters (U+0000) and may be damaged; it was not taken. "
            "Save it again."
        ),
    ),
    "office.text_cut": (
        "文件末尾有 {count} 个字节的残缺字符，已略去；原文可能不完整。",
        "{count} bytes of a broken character at the end were left out; the source may be cut off.",
    ),
    "office.text_too_long": (
        "文字超过 {limit} 字，未接收。请拆分后再传。",
        "The text is longer than {limit} characters and was not taken. Split it.",
    ),
    "office.table_too_wide": (
        "表格超过 {limit} 列，未接收。请检查表格后再传。",
        "A table has more than {limit} columns; the file was not taken. Check the table.",
    ),
    "office.type_mismatch": (
        "文件扩展名为 {extension}，内容却不是这种文件，未接收。请在原软件中重新保存后再传。",
        (
            "The file is named {extension} but its content is something else; it was not taken. "
            "Save it again in its own program."
        ),
    ),
    "office.type_unknown": (
        "不认识这种文件，未接收。可用的有：txt、docx、pdf、doc、wps、rtf、odt、xlsx、xls、et、ods、csv。",
        (
            "This kind of file is not known and was not taken. Use txt, docx, pdf, doc, wps, rtf, "
            "odt, xlsx, xls, et, ods or csv."
        ),
    ),
    "office.type_not_here": (
        "此处不收这种文件，未接收。可用的有：{kinds}。",
        "This kind of file is not taken here. Use {kinds}.",
    ),
    "office.old_format": (
        "{format} 格式不能直接读取，未接收。请用 WPS 或 Word 打开，另存为 {target} 后再传。",
        (
            "{format} cannot be read directly and was not taken. Open it in WPS or Word, save it "
            "as {target}, and try again."
        ),
    ),
    "office.password": (
        "文件设有打开密码，未接收。请取消密码保护后再传。",
        "The file is protected by a password and was not taken. Remove the password first.",
    ),
    "office.macros": (
        "文件带有宏或控件，未接收。请另存为不含宏的 docx 或 xlsx 后再传。",
        "The file carries macros or controls and was not taken. Save it as docx or xlsx without.",
    ),
    "office.external_link": (
        "文件引用了外部模板或外部对象，打开时会联网取用，未接收。请断开链接后再传。",
        (
            "The file draws a template or an object from elsewhere when opened and was not taken. "
            "Break the links first."
        ),
    ),
    "office.active_pdf": (
        "PDF 带有脚本、附件或密码，未接收。请打印为新的 PDF 后再传。",
        "The PDF carries scripts, attachments or a password and was not taken. Print it anew.",
    ),
    "office.too_heavy": (
        "读取文件所需的时间或内存超出限度（文件可能异常），未接收。请拆分或另存后再传。",
        (
            "Reading the file takes more time or memory than is allowed (it may be abnormal); "
            "it was not taken. Split it, or save it anew."
        ),
    ),
    "office.converted": (
        "原文件为 {format} 格式，已转换后读取；版式可能略有出入，文字请与原件核对。",
        "The file was converted from {format} to be read; compare its words with the original.",
    ),
    "office.not_converted": (
        "{format} 文件无法转换，未接收。请用 WPS 或 Word 打开，另存为 {target} 后再传。",
        (
            "The {format} file could not be converted and was not taken. Open it in WPS or Word, "
            "save it as {target}, and try again."
        ),
    ),
    "office.sheet_as_lines": (
        "表格 {sheets} 张、{rows} 行，逐行读入，单元格以竖线分隔。",
        "{rows} rows of {sheets} sheets were read line by line, cells parted by bars.",
    ),
    "office.pdf_no_text": (
        "PDF 没有文字层（多为扫描件），不作猜测，未接收。请上传原稿 docx，或粘贴核对过的文字。",
        (
            "The PDF has no text layer (it is probably a scan); nothing is guessed and it was not "
            "taken. Upload the docx it was made from, or paste text that you have checked."
        ),
    ),
    "office.pdf_damaged": (
        "PDF 已损坏或无法读取，未接收。请重新导出后再传。",
        "The PDF is damaged or cannot be read and was not taken. Export it again.",
    ),
    "office.pdf_too_long": (
        "PDF 超过 {limit} 页，未接收。请拆分后再传。",
        "The PDF has more than {limit} pages and was not taken. Split it.",
    ),
    "office.pdf_lines_joined": (
        "按版面并接折行 {count} 处，文字未改动。",
        "{count} folded lines were joined; no words were changed.",
    ),
    "office.pdf_margins_ignored": (
        "页码、页眉页脚 {count} 处未读入：{which}。",
        "{count} page numbers and running heads were left out: {which}.",
    ),
    "office.pdf_pages_without_text": (
        "有 {count} 页没有文字层（可能是扫描页或图片），未读入，请核对。",
        "{count} pages have no text layer (scans or pictures) and were left out; check them.",
    ),
    "office.pdf_radicals": (
        "PDF 字体把 {count} 个字存成了部首符号，已按常用字读入，请核对。",
        "The PDF's font keeps {count} characters as radicals; they were read as usual ones.",
    ),
    "office.zip_damaged": (
        "文件已损坏或不是完整的 Office 文件，未接收。请重新保存后再传。",
        "The file is damaged or not a whole Office file; it was not taken. Save it again.",
    ),
    "office.zip_bomb": (
        "文件解压后大得异常（超过 {megabytes} MB 或压缩比异常），未接收。",
        (
            "Unpacked, the file is abnormally large (over {megabytes} MB, or an abnormal ratio); "
            "it was not taken."
        ),
    ),
    "office.zip_too_many": (
        "文件内部条目超过 {limit} 个或目录异常，未接收。",
        "The file holds more than {limit} entries, or its directory is abnormal; it was not taken.",
    ),
    "office.xml_entities": (
        "文件内含实体声明（可能是攻击），未接收。请在 WPS 或 Word 中重新保存后再传。",
        (
            "The file declares entities, which may be an attack; it was not taken. "
            "Save it again in WPS or Word."
        ),
    ),
    "office.xml_damaged": (
        "文件内部的 XML 已损坏，未接收。请在 WPS 或 Word 中重新保存后再传。",
        "The XML inside the file is damaged; it was not taken. Save it again in WPS or Word.",
    ),
    "office.xml_too_big": (
        "文件结构过于庞大（元素超过 {limit} 个或嵌套过深），未接收。请拆分后再传。",
        (
            "The file's structure is too large (over {limit} elements, or nested too deep); "
            "it was not taken. Split it."
        ),
    ),
    "office.docx_no_body": (
        "文件中找不到正文，未接收。请在 WPS 或 Word 中另存为 docx 后再传。",
        "No document body was found; the file was not taken. Save it as docx in WPS or Word.",
    ),
    "office.docx_damaged": (
        "docx 文件无法读取，未接收。请在 WPS 或 Word 中重新保存后再传。",
        "The docx could not be read and was not taken. Save it again in WPS or Word.",
    ),
    "office.docx_blank": (
        "文档中没有文字（可能全是图片），未接收。请提供可以选中文字的文件。",
        (
            "The document holds no words (perhaps only pictures); it was not taken. "
            "Provide one whose text can be selected."
        ),
    ),
    "office.marking": (
        (
            "文件标有“{marking}”。本系统为非涉密系统，严禁录入国家秘密、工作秘密和内部敏感信息；"
            "文件未接收，未留存任何内容。"
        ),
        (
            "The file bears the marking “{marking}”. This system is not for secrets; state "
            "secrets, work secrets and internal sensitive information must not be entered. "
            "Nothing was kept."
        ),
    ),
    "office.deletions_ignored": (
        "修订中已删除的 {count} 处未读入。",
        "{count} tracked deletions were left out.",
    ),
    "office.deletions_named": (
        "修订中已删除的 {count} 处未读入：{which}。",
        "{count} tracked deletions were left out: {which}.",
    ),
    "office.comments_named": (
        "批注 {count} 条未读入：{which}。",
        "{count} comments were left out: {which}.",
    ),
    "office.footnotes_named": (
        "脚注、尾注 {count} 处未读入：{which}。",
        "{count} footnotes or endnotes were left out: {which}.",
    ),
    "office.margins_named": (
        "页眉、页脚文字未读入：{which}。",
        "Text in headers and footers was left out: {which}.",
    ),
    "office.insertions_kept": (
        "修订中新增的 {count} 处已按正文读入。",
        "{count} tracked insertions were read as text.",
    ),
    "office.comments_ignored": ("批注未读入。", "Comments were left out."),
    "office.hidden_ignored": (
        "隐藏文字 {count} 处未读入。",
        "{count} pieces of hidden text were left out.",
    ),
    "office.contents_ignored": (
        "目录 {count} 行未读入。",
        "{count} lines of a table of contents were left out.",
    ),
    "office.pictures_ignored": (
        "图片 {count} 处未读入，其中文字请核对。",
        "{count} pictures were left out; check whether they hold words.",
    ),
    "office.objects_ignored": (
        "嵌入对象 {count} 个未读入。",
        "{count} embedded objects were left out.",
    ),
    "office.footnotes_ignored": (
        "脚注、尾注 {count} 处未读入。",
        "{count} footnotes or endnotes were left out.",
    ),
    "office.margins_ignored": (
        "页眉、页脚文字未读入。",
        "Text in headers and footers was left out.",
    ),
    "office.remote_pictures_ignored": (
        "外部链接的图片 {count} 处未取用。",
        "{count} pictures linked from elsewhere were not fetched.",
    ),
    "office.template_ignored": (
        "文件所附的本机模板未取用。",
        "The template named on the author's machine was not used.",
    ),
    "office.sheet_damaged": (
        "表格文件无法读取，未接收。请用 WPS 或 Excel 另存为 xlsx 后再传。",
        "The workbook could not be read and was not taken. Save it as xlsx in WPS or Excel.",
    ),
    "office.sheet_too_big": (
        "表格过大（行列范围异常或读取超时），未接收。请删去多余的空行空列，或拆分后再传。",
        (
            "The workbook is too large (an abnormal range, or too slow to read); it was not taken. "
            "Delete empty rows and columns, or split it."
        ),
    ),
    "office.sheet_too_long": (
        "工作表“{sheet}”超过 {limit} 行，未接收。请拆分后再传。",
        "Sheet “{sheet}” has more than {limit} rows and was not taken. Split it.",
    ),
    "office.sheet_blank": (
        "表格中没有内容，未接收。",
        "The workbook is blank and was not taken.",
    ),
    "office.no_table": (
        "文件里没有表格。请上传含有表格的 xlsx、csv 或 docx。",
        "There is no table in the file. Please upload an xlsx, csv or docx that has one.",
    ),
    "office.no_columns": (
        "看不出列：各列要用制表符（从表格复制）或竖线分开。",
        (
            "No columns can be told apart: they need tabs (as copied from a sheet) or bars "
            "between them."
        ),
    ),
}
