"""Pages of certificates: for coordinators, for their owners, for anybody."""
