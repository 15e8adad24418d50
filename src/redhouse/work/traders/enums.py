from redhouse.ground.bodies.enums import Sector

# Sectors of “小个专” organisations (article, F12), where floating members count towards founding a branch (F14).
SMALL_BIZ_SECTORS = (
    Sector.SMALL_BIZ,
    Sector.SPECIALISED_MARKET,
    Sector.SELF_EMPLOYED,
    Sector.MICRO_ENTERPRISE,
    Sector.NEW_TWO,
)
FLOATING_COUNT = SMALL_BIZ_SECTORS

PILOT_ONE_STREET_TWO_MARKETS = "one_street_two_markets"  # “一街两市”党建试点
