"""The roster engine on an expo's volunteers, beside what people do by hand and beside CP-SAT."""
