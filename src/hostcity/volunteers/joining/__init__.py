"""Joining: from a sign-up page to an accredited volunteer of the force."""
