"""What MPXJ, an independent reader and writer, makes of our Project XML (needs Java; `make prove`)."""

import shutil
import subprocess
import sys
from importlib.util import find_spec

import pytest

from luoshi.office.mspdi_in import read
from luoshi.office.mspdi_out import write
from luoshi.office.tests.test_mspdi import BY_HAND

THROUGH = """
import sys, jpype, jpype.imports, mpxj
jpype.startJVM()
from org.mpxj.reader import UniversalProjectReader
from org.mpxj.writer import FileFormat, UniversalProjectWriter
project = UniversalProjectReader().read(sys.argv[1])
UniversalProjectWriter(FileFormat.MSPDI).write(project, sys.argv[2])
"""


@pytest.mark.prove
def test_what_mpxj_reads_and_writes_again_is_what_we_wrote(tmp_path):
    if find_spec("mpxj") is None or find_spec("jpype") is None or shutil.which("java") is None:
        pytest.skip("MPXJ is not installed")
    project = read(BY_HAND.encode())
    ours, theirs = tmp_path / "ours.xml", tmp_path / "theirs.xml"
    ours.write_bytes(write(project))
    subprocess.run([sys.executable, "-c", THROUGH, str(ours), str(theirs)], check=True, timeout=300)
    again = read(theirs.read_bytes())
    assert again == project
    assert again.left_out == ()
