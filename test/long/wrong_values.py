"""Copies a workbook and replaces every value that is stored beside a formula by 12345: wrong_values.py FROM TO."""
import re
import sys
import zipfile

with zipfile.ZipFile(sys.argv[1]) as source, zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as copy:
    for name in source.namelist():
        content = source.read(name)
        if name.startswith("xl/worksheets/sheet"):
            content = re.sub(rb"</f><v>[^<]*</v>", b"</f><v>12345</v>", content)
        copy.writestr(name, content)
