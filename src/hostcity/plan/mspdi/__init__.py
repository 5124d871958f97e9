"""The preparation as a file of Microsoft Project (MSPDI XML), in and out."""

from hostcity.plan.mspdi.read import REMOVED_FROM, ReadProject, read_project
from hostcity.plan.mspdi.write import Dates, Project, write_project

__all__ = ["REMOVED_FROM", "Dates", "Project", "ReadProject", "read_project", "write_project"]
