"""Pages of joining: for applicants without an account, for coordinators."""
