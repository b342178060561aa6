"""What people say for a time zone that the zone data has no word for.

Countries by another name, large cities, short names of clocks: only words, the clocks come from the zone data.
"""

from typing import Final

COUNTRY_WORDS: Final = {
    "AE": ("UAE",),
    "BA": ("Bosnia",),
    "CD": ("DR Congo",),
    "CI": ("Ivory Coast",),
    "CZ": ("Czechia",),
    "GB": ("UK", "Britain", "United Kingdom", "Great Britain", "England", "Scotland", "Wales", "Northern Ireland"),
    "KP": ("North Korea",),
    "KR": ("South Korea", "Korea"),
    "MM": ("Myanmar", "Burma"),
    "NL": ("Holland",),
    "SZ": ("Eswatini", "Swaziland"),
    "TR": ("Türkiye",),
    "US": ("US", "USA", "America"),
    "WS": ("Samoa",),
}

CITY_WORDS: Final = {
    "Africa/Cairo": ("Alexandria",),
    "Africa/Casablanca": ("Rabat", "Marrakesh"),
    "Africa/Johannesburg": ("Cape Town", "Durban", "Pretoria"),
    "Africa/Lagos": ("Abuja", "Kano", "Ibadan"),
    "Africa/Nairobi": ("Mombasa",),
    "America/Bogota": ("Medellin", "Cali"),
    "America/Chicago": ("Dallas", "Houston", "Austin", "San Antonio", "Minneapolis", "New Orleans", "Milwaukee"),
    "America/Denver": ("Salt Lake City", "Albuquerque"),
    "America/Edmonton": ("Calgary",),
    "America/Los_Angeles": ("San Francisco", "San Diego", "Seattle", "Portland", "Las Vegas"),
    "America/New_York": (
        *("NYC", "Boston", "Philadelphia", "Washington DC", "Miami", "Atlanta", "Baltimore", "Pittsburgh"),
        *("Cleveland", "Charlotte", "Orlando", "Tampa"),
    ),
    "America/Sao_Paulo": ("Rio de Janeiro", "Brasilia", "Belo Horizonte", "Porto Alegre", "Curitiba"),
    "America/Toronto": ("Ottawa", "Montreal", "Quebec City"),
    "Asia/Dhaka": ("Chittagong",),
    "Asia/Ho_Chi_Minh": ("Hanoi",),
    "Asia/Jakarta": ("Bandung", "Surabaya"),
    "Asia/Jerusalem": ("Tel Aviv", "Haifa"),
    "Asia/Karachi": ("Lahore", "Islamabad", "Faisalabad", "Rawalpindi"),
    "Asia/Kolkata": (
        "Mumbai",
        "Bombay",
        "Delhi",
        "New Delhi",
        "Bangalore",
        "Bengaluru",
        "Chennai",
        "Hyderabad",
        "Pune",
    ),
    "Asia/Manila": ("Quezon City", "Cebu"),
    "Asia/Riyadh": ("Jeddah", "Mecca", "Medina"),
    "Asia/Dubai": ("Abu Dhabi",),
    "Asia/Shanghai": ("Beijing", "Guangzhou", "Shenzhen", "Chengdu", "Wuhan"),
    "Asia/Tokyo": ("Osaka", "Kyoto", "Nagoya", "Sapporo"),
    "Asia/Seoul": ("Busan", "Incheon"),
    "Australia/Sydney": ("Canberra",),
    "Europe/Amsterdam": ("Rotterdam", "The Hague", "Utrecht"),
    "Europe/Athens": ("Thessaloniki",),
    "Europe/Berlin": (
        *("Hamburg", "Munich", "München", "Cologne", "Köln", "Frankfurt", "Stuttgart", "Leipzig", "Dresden", "Bremen"),
        *("Düsseldorf", "Hanover", "Nuremberg"),
    ),
    "Europe/Brussels": ("Antwerp", "Ghent"),
    "Europe/Dublin": ("Cork", "Galway"),
    "Europe/Istanbul": ("Ankara", "Izmir"),
    "Europe/Kyiv": ("Kharkiv", "Odesa", "Lviv"),
    "Europe/Lisbon": ("Porto",),
    "Europe/London": (
        *("Edinburgh", "Glasgow", "Cardiff", "Manchester", "Birmingham", "Liverpool", "Leeds", "Sheffield", "Bristol"),
        *("Belfast", "Aberdeen", "Nottingham", "Southampton", "Brighton"),
    ),
    "Europe/Madrid": ("Barcelona", "Valencia", "Seville"),
    "Europe/Moscow": ("Saint Petersburg",),
    "Europe/Paris": ("Lyon", "Marseille", "Toulouse", "Nice", "Bordeaux", "Lille", "Nantes", "Strasbourg"),
    "Europe/Rome": ("Milan", "Naples", "Turin", "Florence", "Bologna"),
    "Europe/Stockholm": ("Gothenburg", "Malmo"),
    "Europe/Vienna": ("Graz", "Salzburg"),
    "Europe/Warsaw": ("Krakow", "Gdansk", "Lodz", "Wroclaw", "Poznan"),
    "Europe/Zurich": ("Geneva", "Basel", "Bern"),
    "Pacific/Auckland": ("Wellington", "Christchurch"),
}
"""Large cities without a zone of their own."""

SHORT_NAMES: Final = {
    "est": ("America/New_York", "America/Panama"),
    "mst": ("America/Denver", "America/Phoenix"),
    **dict.fromkeys(("edt", "eastern time"), ("America/New_York",)),
    **dict.fromkeys(("cst", "cdt", "central time"), ("America/Chicago",)),
    **dict.fromkeys(("mdt", "mountain time"), ("America/Denver",)),
    **dict.fromkeys(("pst", "pdt", "pacific time"), ("America/Los_Angeles",)),
    **dict.fromkeys(("bst", "british summer time"), ("Europe/London",)),
    **dict.fromkeys(("cest", "central european time", "central european summer time"), ("Europe/Berlin",)),
    **dict.fromkeys(("eest", "eastern european time"), ("Europe/Athens", "Europe/Helsinki")),
    **dict.fromkeys(("aest", "aedt"), ("Australia/Sydney", "Australia/Brisbane")),
    **dict.fromkeys(("nzst", "nzdt"), ("Pacific/Auckland",)),
}
"""What is meant by a short name. As IANA names `EST` and `MST` stand for fixed offsets, though most who use them live
where the clocks change; `CST` is China's too, and `IST` three countries', so it is not here."""
UNUSED_NAMES: Final = ("EST", "MST")
"""IANA names that are never offered: see above."""
