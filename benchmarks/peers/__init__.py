"""The engine beside Ciw, UXsim, jupedsim-network and JuPedSim: the same work, then time and memory."""
