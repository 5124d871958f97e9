"""Work that is too long for a request: enqueued in the act's transaction, done by the worker in a child process."""
