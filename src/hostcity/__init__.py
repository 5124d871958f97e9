"""hostcity: one plan of a very large trade expo, played as a whole day in seconds."""

from importlib.metadata import version

__version__ = version("hostcity")
