"""Where a place is: city, region and country of what people write, and whether two places can be one."""

from hearback.places.compare import compatible
from hearback.places.countries import country_code, country_name
from hearback.places.find import Known, find, is_city
from hearback.places.regions import region_name

__all__ = ["Known", "compatible", "country_code", "country_name", "find", "is_city", "region_name"]
