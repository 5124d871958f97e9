"""The walking engine beside JuPedSim's router, shapely and pysovist, in one hall of 600 stands."""
