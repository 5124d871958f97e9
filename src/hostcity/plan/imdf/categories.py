"""Categories of IMDF 1.0.0 (OGC 20-094, page Categories), and which of them mean what in a plan.

The lists are those of the standard. Of occupants it has more than a thousand, of which here only the form is looked at.
"""

# ruff: noqa: SIM905 -- words of a list read better without their quotes

from __future__ import annotations

UNITS = frozenset(
    """
    auditorium brick classroom column concrete conferenceroom drywall elevator escalator fieldofplay firstaid fitnessroom
    foodservice footbridge glass huddleroom kitchen laboratory library lobby lounge mailroom mothersroom movietheater
    movingwalkway nonpublic office opentobelow parking phoneroom platform privatelounge ramp recreation restroom
    restroom.family restroom.female restroom.female.wheelchair restroom.male restroom.male.wheelchair restroom.transgender
    restroom.transgender.wheelchair restroom.unisex restroom.unisex.wheelchair restroom.wheelchair road room serverroom
    shower smokingarea stairs steps storage structure terrace theater unenclosedarea unspecified vegetation waitingroom
    walkway walkway.island wood
    """.split()
)
AMENITIES = frozenset(
    """
    amphitheater animalreliefarea arrivalgate atm babychanging baggagecarousel baggagecarousel.intl baggagecarts
    baggageclaim baggageclaim.oversize baggagerecheck baggagestorage boardinggate boardinggate.aircraft boardinggate.bus
    boardinggate.ferry boardinggate.train bus bus.muni bus.national businesscenter cabin caregiver carrental cashier
    changemachine checkin checkin.desk checkin.desk.oversizebaggage checkin.desk.transfer checkin.selfservice childplayarea
    coinlocker copymachine defibrillator drinkingfountain eatingdrinking elevator emergencyshelter entry escalator exhibit
    faregate faregate.oversized fieldofplay fieldofplay.americanfootball fieldofplay.baseball fieldofplay.basketball
    fieldofplay.fieldhockey fieldofplay.icehockey fieldofplay.rugby fieldofplay.soccer fieldofplay.softball
    fieldofplay.tennis fieldofplay.trackfield fieldofplay.volleyball firealarmpullstation fireextinguisher firstaid
    fittingroom foodservice gatearea groundtransportation guestservices handsanitizerstation healthscreening hoteling
    immigration information information.bid information.carrental information.hotel information.mufid
    information.mufid.arrivals information.mufid.departures information.transit landmark library limo lostandfound mailbox
    meditation meetingpoint mobilityrescue mothersroom movingwalkway paidarea parkandride parking parking.bicycle
    parking.compact parking.ev parking.longterm parking.motorcycle parking.shortterm parking.waitingarea payphone
    pedestriancrossing peoplemover phone phone.emergency photobooth platform police powerchargingstation prayerroom
    prayerroom.buddhism prayerroom.christianity prayerroom.hinduism prayerroom.islam prayerroom.islam.female
    prayerroom.islam.male prayerroom.judaism prayerroom.shintoism prayerroom.sikh prayerroom.taoic privatelounge
    productreturn rail.muni rail.national ramp reception.desk recreation restroom restroom.family restroom.female
    restroom.female.wheelchair restroom.male restroom.male.wheelchair restroom.transgender restroom.transgender.wheelchair
    restroom.unisex restroom.unisex.wheelchair restroom.wheelchair rideshare seat seating security security.checkpoint
    security.inspection service shower shuttle sleepbox smokingarea stairs storage strollerrental studentadmissions
    studentservices swimmingpool swimmingpool.children swimmingpool.family taxi ticketing ticketing.airline ticketing.bus
    ticketing.bus.muni ticketing.bus.national ticketing.rail ticketing.rail.muni ticketing.rail.national ticketing.shuttle
    traintrack transit unspecified valet vendingmachine vendingmachine.trainticket wheelchairassist wifi yoga
    """.split()
)
FIXTURES = frozenset(
    """
    baggagecarousel boardinggate.desk checkin.desk checkin.kiosk desk equipment furniture immigration.desk inspection.desk
    obstruction securityequipment stage vegetation wall water
    """.split()
)
SECTIONS = frozenset(
    """
    arcade baggageclaim baggageclaim.intl carrental carrental.dropoff checkin concessions cubicle dutyfree eatingdrinking
    entertainmentarea entertainmentarea.game entertainmentarea.music entertainmentarea.performance entertainmentarea.sport
    exhibit exhibition gambling gambling.baccarat gambling.bingo gambling.blackjack gambling.craps gambling.keno
    gambling.mahjong gambling.medalgame gambling.minibaccarat gambling.offtrackbetting gambling.pachinko gambling.paigow
    gambling.poker gambling.poker.letitride gambling.poker.paigow gambling.poker.threecard gambling.poker.video
    gambling.roulette gambling.rummy gambling.sicbo gambling.slotmachine gambling.slotmachine.highlimit gatearea
    gatearea.holding immigration immigration.schengen information paidarea parkandride parking parking.bicycle
    parking.compact parking.ev parking.longterm parking.motorcycle parking.shortterm parking.waitingarea platform
    postsecurity presecurity private recomposearea recreation rental retail retaildepartment road seating seatingrow
    security servicearea ticketing vegetation walkway
    """.split()
)
OPENINGS = frozenset(
    "automobile bicycle emergencyexit pedestrian pedestrian.principal pedestrian.transit service".split()
)
VENUES = frozenset(
    """
    airport airport.intl aquarium businesscampus casino communitycenter conventioncenter governmentfacility
    healthcarefacility hotel museum parkingfacility resort retailstore shoppingcenter stadium stripmall theater themepark
    trainstation transitstation university
    """.split()
)
LEVELS = frozenset(
    "arrivals arrivals.domestic arrivals.intl departures departures.domestic departures.intl parking transit unspecified".split()
)
GEOFENCES = frozenset(
    "concourse geofence paidarea platform postsecurity presecurity terminal underconstruction".split()
)
RELATIONSHIPS = frozenset("elevator escalator movingwalkway ramp stairs traversal traversal.path".split())
BUILDINGS = frozenset("parking transit transit.bus transit.train unspecified".split())
FOOTPRINTS = frozenset(("aerial", "ground", "subterranean"))
RESTRICTIONS = frozenset(("employeesonly", "restricted"))
ACCESSIBILITY = frozenset(
    "assisted.listening braille hearing hearingloop signlanginterpreter tactilepaving tdd trs volume wheelchair".split()
)
ACCESS_CONTROL = frozenset(
    "badgereader fingerprintreader guard keyaccess outofservice passwordaccess retinascanner voicerecognition".split()
)
#: Types and materials of a door, as two programs that follow the standard list them: of its page only the form was read.
DOOR_TYPES = frozenset(
    """
    door movablepartition open revolving shutter sliding swinging turnstile turnstile.fullheight turnstile.waistheight
    unspecified
    """.split()
)
DOOR_MATERIALS = frozenset(("gate", "glass", "metal", "wood"))

# What a plan has, as IMDF says it.
UNIT_OF_AREA = {
    "hall": "room", "plaza": "unenclosedarea", "concourse": "walkway", "gate": "lobby", "transport": "platform",
    "outside": "unspecified",
}  # fmt: skip
UNIT_OF_CONNECTOR = {"stairs": "stairs", "escalator": "escalator", "lift": "elevator", "ramp": "ramp"}
FIXTURE_OF_STAND = {"stage": "stage", "counter": "desk", "barrier": "wall", "column": "obstruction"}
AMENITY_OF_KIND = {
    "seats": "seating", "toilets": "restroom", "water": "drinkingfountain", "catering": "foodservice",
    "charging": "powerchargingstation", "nursing_room": "mothersroom", "prayer_room": "prayerroom",
    "aed": "defibrillator", "first_aid": "firstaid", "information": "information", "cloakroom": "baggagestorage",
}  # fmt: skip
EXHIBITOR = "wholesalemerchant"  # of occupants: the nearest that the standard has

# What IMDF has, as a plan says it. A category that is not listed is looked up by what stands before its first dot.
AREA_OF_UNIT = {
    **dict.fromkeys(
        ("room", "auditorium", "theater", "movietheater", "fieldofplay", "conferenceroom", "classroom", "recreation"), "hall"
    ),
    **dict.fromkeys(("unenclosedarea", "terrace", "vegetation"), "plaza"),
    **dict.fromkeys(("platform", "parking"), "transport"),
    "road": "outside",
}  # fmt: skip
OTHER_AREA = "concourse"
#: Units that nobody walks through: parts of the building, and holes in the floor.
SOLID_UNITS = frozenset(("brick", "column", "concrete", "drywall", "glass", "opentobelow", "structure", "wood"))
CONNECTOR_OF_UNIT = {
    "stairs": "stairs", "steps": "stairs", "escalator": "escalator", "elevator": "lift", "ramp": "ramp",
}  # fmt: skip
STAND_OF_FIXTURE = {
    "stage": "stage", "desk": "counter", "boardinggate": "counter", "checkin": "counter", "immigration": "counter",
    "inspection": "counter", "obstruction": "column",
}  # fmt: skip
OTHER_STAND = "barrier"
KIND_OF_AMENITY = {
    **{category: kind for kind, category in AMENITY_OF_KIND.items()},
    "seat": "seats", "babychanging": "nursing_room", "coinlocker": "cloakroom", "eatingdrinking": "catering",
    "guestservices": "information",
}  # fmt: skip
PASSABLE_OPENINGS = frozenset(("emergencyexit", "pedestrian", "service"))  # by what stands before the first dot


def head_of(category: str) -> str:
    """What stands before the first dot: restroom of restroom.family."""
    return category.partition(".")[0]
