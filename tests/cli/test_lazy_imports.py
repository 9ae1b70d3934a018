"""`aiexchange --help` starts at once: what is heavy is imported by the command that needs it."""

import subprocess
import sys

HEAVY = {"pydantic", "lxml", "rdflib", "xmlschema", "pyshacl", "pyoxigraph", "xlsxwriter"}

PROGRAM = """
import sys
sys.argv = ["aiexchange", "--help"]
from aiexchange.cli.main import main
try:
    main()
except SystemExit:
    print("modules", *sys.modules)
"""


def test_help_imports_nothing_heavy():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    help_text, _, modules = done.stdout.rpartition("modules ")
    assert "convert" in help_text
    assert not HEAVY & set(modules.split())
