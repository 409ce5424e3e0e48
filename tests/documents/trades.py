"""Ten people of ten trades, whose CVs the checks of claims are tried on."""

from typing import Any

Entry = dict[str, Any]


def w(
    name: str, position: str, start: str, end: str | None, highlights: list[str], location: str | None = None
) -> Entry:
    """A job."""
    ends = {"endDate": end} if end else {}
    place = {"location": location} if location else {}
    return {"name": name, "position": position, "startDate": start, "highlights": highlights, **ends, **place}


def e(school: str, area: str, kind: str, start: str, end: str | None, score: str | None = None) -> Entry:
    """An education; without an end it is in progress."""
    ends = {"endDate": end} if end else {}
    marks = {"score": score} if score else {}
    return {"institution": school, "area": area, "studyType": kind, "startDate": start, **ends, **marks}


def s(name: str, *keywords: str) -> Entry:
    """A group of skills."""
    return {"name": name, "keywords": list(keywords)}


def la(name: str, fluency: str) -> Entry:
    """A language."""
    return {"language": name, "fluency": fluency}


CVS: dict[str, Entry] = {
    "nurse": {
        "basics": {
            "name": "Maeve Corrigan",
            "label": "Registered Nurse",
            "email": "maeve@example.ie",
            "phone": "+353 86 000 1122",
            "location": {"city": "Cork", "countryCode": "IE"},
            "summary": "Registered nurse with six years on acute medical and surgical wards.",
        },
        "work": [
            w(
                "Lee Valley University Hospital",
                "Staff Nurse, Acute Medical Unit",
                "2021-03",
                None,
                [
                    "Care for up to eight patients a shift on a 28-bed acute medical unit",
                    "Mentor student nurses on placement from University College Cork",
                    "Introduced a falls checklist that the ward now uses at every handover",
                    "Administer intravenous medication and monitor early warning scores",
                ],
                "Cork",
            ),
            w(
                "St Brendan's Hospital",
                "Staff Nurse, Surgical Ward",
                "2018-09",
                "2021-02",
                [
                    "Prepared patients for theatre and cared for them after surgery",
                    "Wound care, catheter care and discharge planning",
                    "Took part in an audit of hand hygiene",
                ],
                "Limerick",
            ),
        ],
        "education": [
            e("University College Cork", "General Nursing", "Bachelor of Science", "2014-09", "2018-06")
        ],
        "certificates": [
            {"name": "Basic Life Support", "issuer": "Irish Heart Foundation", "date": "2023-04"},
            {"name": "Intravenous Cannulation", "date": "2019-05"},
        ],
        "skills": [
            s(
                "Clinical",
                "Wound care",
                "Medication administration",
                "Early warning scores",
                "Discharge planning",
            ),
            s("Systems", "Microsoft Office"),
        ],
        "languages": [la("English", "Native"), la("Irish", "Intermediate")],
    },
    "welder": {
        "basics": {
            "name": "Tomasz Zielony",
            "label": "Welder",
            "email": "tomasz@example.org",
            "location": {"city": "Hull", "countryCode": "GB"},
        },
        "work": [
            w(
                "Humber Steelworks",
                "Welder",
                "2016-05",
                None,
                [
                    "TIG and MIG welding of stainless steel pipe up to 12 inches",
                    "Read isometric drawings and set out pipe spools",
                    "Passed all X-ray inspections on the Saltend project in 2019",
                ],
                "Hull",
            ),
            w(
                "Stocznia Polnoc",
                "Apprentice Welder",
                "2013-09",
                "2016-04",
                ["Stick welding of hull sections", "Grinding and preparation of plates"],
                "Gdynia",
            ),
        ],
        "education": [
            e("Zespol Szkol Technicznych Gdynia", "Welding", "Vocational Certificate", "2010-09", "2013-06")
        ],
        "certificates": [
            {"name": "ISO 9606-1 TIG", "date": "2022-01"},
            {"name": "CSCS Card", "date": "2021-06"},
        ],
        "skills": [
            s("Welding", "TIG", "MIG", "Stick welding", "Pipe welding"),
            s("Other", "Isometric drawings", "Grinding"),
        ],
        "languages": [la("Polish", "Native"), la("English", "B2")],
    },
    "accountant": {
        "basics": {
            "name": "Priya Raman",
            "label": "Management Accountant",
            "email": "priya@example.com",
            "location": {"city": "Leeds", "countryCode": "GB"},
            "summary": "Part-qualified management accountant in manufacturing.",
        },
        "work": [
            w(
                "Calder Packaging Ltd",
                "Assistant Management Accountant",
                "2020-01",
                None,
                [
                    "Prepare monthly management accounts for two plants with a turnover of £14 million",
                    "Cut the month-end close from nine days to six",
                    "Built a stock variance report in Excel that the plant managers use each week",
                ],
                "Leeds",
            ),
            w(
                "Brook & Hale LLP",
                "Accounts Assistant",
                "2017-07",
                "2019-12",
                [
                    "Purchase ledger for 40 small clients in Sage 50",
                    "VAT returns and bank reconciliations",
                    "Assisted with three statutory audits",
                ],
                "Bradford",
            ),
        ],
        "education": [
            e("University of Leeds", "Accounting and Finance", "BA", "2014-09", "2017-06", "2:1"),
            e("CIMA", "Management Accounting", "Professional qualification, in progress", "2021-01", None),
        ],
        "skills": [
            s("Software", "Excel", "Sage 50", "SAP"),
            s("Accounting", "Management accounts", "VAT returns", "Bank reconciliation", "Purchase ledger"),
        ],
        "languages": [la("English", "Fluent"), la("Tamil", "Native")],
    },
    "teacher": {
        "basics": {
            "name": "Owen Prosser",
            "label": "Secondary school teacher",
            "email": "owen@example.cymru",
            "location": {"city": "Cardiff", "countryCode": "GB"},
        },
        "work": [
            w(
                "Ysgol Bryn Glas",
                "Teacher of Mathematics",
                "2017-09",
                None,
                [
                    "Teach mathematics to years 7 to 11, about 150 pupils a year",
                    "Run the after-school robotics club",
                    "Wrote the scheme of work for year 9",
                    "Share of pupils with grade C or better rose from 58% to 67%",
                ],
                "Cardiff",
            ),
            w(
                "Taff Valley Comprehensive",
                "Newly Qualified Teacher",
                "2016-09",
                "2017-07",
                ["Taught mathematics and some physics", "Form tutor of a year 8 class"],
                "Pontypridd",
            ),
        ],
        "education": [
            e("Cardiff Metropolitan University", "Secondary Mathematics", "PGCE", "2015-09", "2016-06"),
            e("Swansea University", "Mathematics", "BSc", "2012-09", "2015-06"),
        ],
        "volunteer": [
            {
                "organization": "Cardiff Foodbank",
                "position": "Driver",
                "startDate": "2020-04",
                "endDate": "2021-09",
                "highlights": ["Delivered parcels each Saturday"],
            }
        ],
        "skills": [
            s("Teaching", "Lesson planning", "Assessment", "Behaviour management"),
            s("Tools", "GeoGebra", "Google Classroom"),
        ],
        "languages": [la("Welsh", "Native"), la("English", "Native")],
    },
    "data": {
        "basics": {
            "name": "Ines Carvalhal",
            "label": "Data Scientist",
            "email": "ines@example.pt",
            "location": {"city": "Porto", "countryCode": "PT"},
            "summary": "Data scientist who brings models into production.",
        },
        "work": [
            w(
                "Ribeira Logistics",
                "Data Scientist",
                "2021-10",
                None,
                [
                    "Built a demand forecast in Python and scikit-learn that cut stock-outs by 18%",
                    "Part of a team of five that moved the warehouse reports to BigQuery",
                    "Present results to the operations board each quarter",
                ],
                "Porto",
            ),
            w(
                "Atlantico Seguros",
                "Data Analyst",
                "2019-02",
                "2021-09",
                [
                    "SQL reports on claims for 12 branches",
                    "A/B test of the renewal letter with 20,000 customers",
                    "Dashboards in Power BI",
                ],
                "Lisbon",
            ),
        ],
        "education": [
            e("University of Porto", "Statistics", "Master of Science", "2016-09", "2018-07"),
            e("University of Minho", "Mathematics", "Bachelor of Science", "2013-09", "2016-07"),
        ],
        "skills": [
            s("Languages", "Python", "SQL", "R"),
            s("Tools", "scikit-learn", "pandas", "BigQuery", "Power BI", "Git"),
        ],
        "publications": [
            {
                "name": "Forecasting sparse demand in regional depots",
                "publisher": "Journal of Applied Logistics",
                "releaseDate": "2022-11",
            }
        ],
        "languages": [la("Portuguese", "Native"), la("English", "C1"), la("Spanish", "B1")],
    },
    "graduate": {
        "basics": {
            "name": "Callum Baird",
            "label": "Computer Science graduate",
            "email": "callum@example.scot",
            "location": {"city": "Dundee", "countryCode": "GB"},
        },
        "work": [
            w(
                "Tayside Council",
                "IT Support Intern",
                "2023-06",
                "2023-08",
                ["Answered about 30 tickets a week on the service desk", "Set up laptops for 60 new staff"],
                "Dundee",
            ),
            w(
                "Café Marmalade",
                "Barista",
                "2021-09",
                "2023-05",
                ["Served customers and closed the till on weekends"],
                "Dundee",
            ),
        ],
        "education": [
            e("University of Dundee", "Computing Science", "BSc (Hons)", "2020-09", "2024-06", "2:1")
        ],
        "projects": [
            {
                "name": "Bus tracker",
                "description": "A web page in React and Flask that shows the city's buses on a map",
                "startDate": "2023-10",
                "endDate": "2024-04",
                "highlights": ["Reads the open data feed every 30 seconds", "Tested with pytest"],
            }
        ],
        "awards": [
            {"title": "Best honours project, runner-up", "awarder": "University of Dundee", "date": "2024-06"}
        ],
        "skills": [
            s("Programming", "Python", "JavaScript", "Java"),
            s("Tools", "React", "Flask", "Git", "Linux"),
        ],
        "languages": [la("English", "Native"), la("French", "A2")],
    },
    "changer": {
        "basics": {
            "name": "Ruth Abelson",
            "label": "Junior Front-end Developer",
            "email": "ruth@example.net",
            "location": {"city": "Manchester", "countryCode": "GB"},
            "summary": "Former solicitor's secretary who retrained as a front-end developer in 2023.",
        },
        "work": [
            w(
                "Pennine Web Studio",
                "Junior Front-end Developer",
                "2023-11",
                None,
                [
                    "Build pages in HTML, CSS and Vue for local shops",
                    "Fixed accessibility faults found in an audit of seven sites",
                ],
                "Manchester",
            ),
            w(
                "Marlowe Finch Solicitors",
                "Legal Secretary",
                "2012-03",
                "2023-04",
                [
                    "Managed the diaries of four partners",
                    "Drafted letters and kept the client files",
                    "Trained three junior secretaries",
                ],
                "Salford",
            ),
        ],
        "education": [
            e("Northcoders Evening School", "Software development", "Bootcamp", "2023-05", "2023-09"),
            e(
                "Salford City College",
                "Business Administration",
                "BTEC National Diploma",
                "2009-09",
                "2011-06",
            ),
        ],
        "skills": [
            s("Web", "HTML", "CSS", "JavaScript", "Vue"),
            s("Office", "Word", "Outlook", "Audio typing"),
        ],
        "languages": [la("English", "Native"), la("Hebrew", "Conversational")],
    },
    "manager": {
        "basics": {
            "name": "Stefan Albrecht",
            "label": "Operations Manager",
            "email": "stefan@example.at",
            "location": {"city": "Linz", "countryCode": "AT"},
            "summary": "Operations manager in food production.",
        },
        "work": [
            w(
                "Donau Backwaren GmbH",
                "Operations Manager",
                "2018-04",
                None,
                [
                    "Lead a team of 45 on three shifts",
                    "Reduced waste by 12% within two years",
                    "Responsible for a budget of €3.2 million",
                    "Introduced 5S and daily stand-up meetings",
                ],
                "Linz",
            ),
            w(
                "Traun Molkerei",
                "Shift Supervisor",
                "2012-01",
                "2018-03",
                [
                    "Supervised 14 operators on the filling line",
                    "Planned shifts and holidays",
                    "Helped to prepare the IFS audit",
                ],
                "Wels",
            ),
        ],
        "education": [e("FH Oberösterreich", "Food Technology", "Bachelor of Science", "2008-10", "2011-07")],
        "certificates": [{"name": "Lean Six Sigma Green Belt", "issuer": "TÜV Austria", "date": "2019-11"}],
        "skills": [
            s("Management", "Lean", "5S", "Shift planning", "Budgeting"),
            s("Software", "SAP", "Excel"),
        ],
        "languages": [la("German", "Native"), la("English", "C1")],
    },
    "chef": {
        "basics": {
            "name": "Amina Diallo",
            "label": "Sous Chef",
            "email": "amina@example.fr",
            "location": {"city": "Lyon", "countryCode": "FR"},
        },
        "work": [
            w(
                "Restaurant Le Tilleul",
                "Sous Chef",
                "2019-06",
                None,
                [
                    "Run the kitchen with the head chef, 70 covers an evening",
                    "Order produce and keep food cost under 28%",
                    "Train two commis chefs",
                ],
                "Lyon",
            ),
            w(
                "Brasserie du Quai",
                "Chef de Partie",
                "2015-02",
                "2019-05",
                ["Responsible for the fish section", "Worked at banquets of up to 200 guests"],
                "Marseille",
            ),
        ],
        "education": [e("Lycée Hôtelier de Marseille", "Cookery", "CAP Cuisine", "2012-09", "2014-06")],
        "certificates": [{"name": "HACCP", "date": "2018-03"}],
        "awards": [{"title": "Bib Gourmand (restaurant)", "awarder": "Michelin Guide", "date": "2022"}],
        "skills": [s("Kitchen", "Menu planning", "Butchery", "Fish", "Food costing"), s("Other", "HACCP")],
        "languages": [la("French", "Native"), la("English", "B1"), la("Wolof", "Native")],
    },
    "translator": {
        "basics": {
            "name": "Hana Dvorakova",
            "label": "Translator",
            "email": "hana@example.cz",
            "location": {"city": "Brno", "countryCode": "CZ"},
            "summary": "Translator of technical and legal texts from German and English into Czech.",
        },
        "work": [
            w(
                "Freelance",
                "Translator",
                "2014-01",
                None,
                [
                    "Translate manuals for machine builders, about 400,000 words a year",
                    "Post-edit machine translation in memoQ",
                    "Regular client of nine years: a maker of packaging machines",
                ],
                "Brno",
            ),
            w(
                "Lingua Morava s.r.o.",
                "Project Coordinator",
                "2010-06",
                "2013-12",
                ["Coordinated projects of up to 12 translators", "Checked deliveries with Trados"],
                "Olomouc",
            ),
        ],
        "education": [
            e("Masaryk University", "German and English Studies", "Magister", "2004-09", "2010-05")
        ],
        "certificates": [{"name": "Goethe-Zertifikat C2", "issuer": "Goethe-Institut", "date": "2011-03"}],
        "skills": [
            s("CAT tools", "memoQ", "Trados"),
            s("Fields", "Technical translation", "Legal translation", "Post-editing"),
        ],
        "languages": [la("Czech", "Native"), la("German", "C2"), la("English", "C2"), la("Slovak", "Fluent")],
    },
}
