"""Live updates: pages ask for the ledger's number, and are told when there is a new one."""
