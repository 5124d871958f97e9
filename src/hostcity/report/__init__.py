"""A played day as pages and tables that people read."""

from hostcity.report.folder import write_report
from hostcity.report.summary import summary

__all__ = ["summary", "write_report"]
