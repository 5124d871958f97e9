"""Messages to the outside (mail, webhooks, phones): an outbox that the worker empties, at least once each."""
