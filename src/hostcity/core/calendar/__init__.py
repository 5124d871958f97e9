"""What happens when: an edition's calendar on its page, and in calendar programs under a secret address."""
