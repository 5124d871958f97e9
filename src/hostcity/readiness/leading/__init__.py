"""The leader's screen: days left, how likely all is ready, who is worst, what costs most, which drills come next."""
