"""What changed: the ledger's pages, its history beside objects, its check, its export."""
