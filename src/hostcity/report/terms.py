"""The words by which a page calls the choices of a plan."""

TERMS = {
    # kinds of area
    "hall": "Hall",
    "plaza": "Plaza",
    "concourse": "Concourse",
    "gate": "Gate",
    "transport": "Transport",
    "outside": "Outside",
    # kinds of link
    "level": "Level walkway",
    "stairs": "Stairs",
    "escalator": "Escalator",
    "ramp": "Ramp",
    "lift": "Lift",
    "door": "Door",
    # services
    "security": "Security",
    "badge": "Badge check",
    "registration": "Registration",
    "catering": "Catering",
    "toilets": "Toilets",
    "information": "Information",
    "metro": "Metro",
    "shuttle": "Shuttle",
    # marks
    "reported": "reported",
    "derived": "derived",
    "assumed": "assumed",
    "fitted": "fitted",
    # uses of a reported figure
    "held_back": "held back",
    "shown": "shown only",
    # relations
    "equals": "equals",
    "at_least": "at least",
    "at_most": "at most",
    # reasons of an overload
    "link_cap": "walkway fuller than its cap",
    "narrowed": "walkway narrowed with too many people on it",
    "floor_cap": "floor fuller than its cap",
    "stranded": "people stranded",
    "conservation": "persons do not add up",
    "no_route": "no route",
}

#: Reasons for which a run is marked invalid.
REASONS = ("link_cap", "narrowed", "floor_cap", "stranded", "conservation", "no_route")
#: Reasons whose figure is a density [persons/m2]; that of the others counts persons.
OF_DENSITY = ("link_cap", "narrowed", "floor_cap")
