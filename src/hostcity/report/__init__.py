"""A played day as pages and tables that people read."""

from hostcity.report.folder import check_folder, write_report
from hostcity.report.summary import summary

__all__ = ["check_folder", "summary", "write_report"]
