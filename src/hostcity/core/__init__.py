"""What every capability stands on: editions, people, policy, the ledger, plan rows, jobs, results, search, files."""
