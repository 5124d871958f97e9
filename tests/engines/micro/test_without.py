"""Without the extra, everything that needs it says so in one whole error; importing it needs nothing."""

import subprocess
import sys

import pytest

from hostcity.engines.micro import MicroMissingError
from hostcity.engines.micro.library import jupedsim, need_micro

#: A finder that finds none of the extra, as on a machine without it.
WITHOUT = """
import sys
class Nothing:
    def find_spec(self, name, path=None, target=None):
        if name.split('.')[0] in ('jupedsim', 'pedpy', 'shapely'):
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)
sys.meta_path.insert(0, Nothing())
"""


def test_the_engine_is_imported_without_the_extra():
    program = f"{WITHOUT}\nimport hostcity.engines.micro, hostcity.studies.microscope"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_what_is_missing_is_named_with_what_to_install():
    program = (
        f"{WITHOUT}\nfrom hostcity.engines.micro import MicroMissingError, need_micro\n"
        "try:\n    need_micro()\nexcept MicroMissingError as error:\n    print(error.code, error.args[0])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == (
        "micro.missing The microscope needs shapely, which cannot be imported: No module named 'shapely'. "
        "Install it: pip install 'hostcity[micro]'.\n"
    )


def test_a_version_that_works_otherwise_is_refused(monkeypatch):
    library = pytest.importorskip("jupedsim")
    pytest.importorskip("pedpy")
    need_micro()
    monkeypatch.setattr(library, "__version__", "2.0.1")
    with pytest.raises(MicroMissingError, match=r"JuPedSim 2.0.1 is installed; hostcity needs one below 2"):
        jupedsim()
