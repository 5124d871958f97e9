"""Feedback after a shift: said by who served, answered by the coordinator, summed up by post and band."""
