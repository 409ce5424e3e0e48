"""People whom nobody is, with CVs and postings of many trades, for tests of what reads and compares them."""

from typing import Any


def cv(
    label: str = "",
    jobs: list[tuple[str, str, str, str, list[str]]] | None = None,
    skills: list[str] | None = None,
    education: list[tuple[str, str, str, str]] | None = None,
    languages: list[tuple[str, str]] | None = None,
    city: str = "Leeds",
    country: str = "GB",
    name: str = "Robin Ashdown",
    summary: str = "",
) -> dict[str, Any]:
    """A CV: jobs are (position, employer, start, end, highlights), education (degree, area, school, end)."""
    return {
        "basics": {
            "name": name,
            "label": label,
            "summary": summary,
            "email": "robin@example.org",
            "phone": "+44 113 496 0000",
            "location": {"city": city, "countryCode": country},
        },
        "work": [
            {"position": position, "name": employer, "startDate": start, "endDate": end, "highlights": told}
            if end
            else {"position": position, "name": employer, "startDate": start, "highlights": told}
            for position, employer, start, end, told in jobs or []
        ],
        "education": [
            {"studyType": degree, "area": area, "institution": school, "endDate": end}
            for degree, area, school, end in education or []
        ],
        "skills": [{"name": "Skills", "keywords": skills}] if skills else [],
        "languages": [{"language": language, "fluency": fluency} for language, fluency in languages or []],
    }


PYTHON_SENIOR = cv(
    "Backend engineer",
    [
        (
            "Senior Software Engineer",
            "Brightwater Systems",
            "2019-03",
            "",
            [
                "Rebuilt billing in Python and PostgreSQL, cutting nightly runs from 4 hours to 35 minutes",
                "Led a team of 5 through the move to Kubernetes on AWS",
                "Wrote the Django admin that 60 planners use every day",
            ],
        ),
        (
            "Software Developer",
            "Fernhill Labs",
            "2015-06",
            "2019-02",
            ["Maintained Flask services and a Redis cache", "Introduced CI/CD with GitLab"],
        ),
    ],
    ["Python", "Django", "PostgreSQL", "Docker", "Kubernetes", "AWS", "CI/CD", "Redis"],
    [("Bachelor of Science", "Computer Science", "University of Leeds", "2015-06")],
    [("English", "Native speaker"), ("German", "B2")],
)
PYTHON_JUNIOR = cv(
    "Junior developer",
    [("Junior Developer", "Moss & Lime", "2024-09", "", ["Fixed bugs in a Flask shop"])],
    ["Python", "Flask", "HTML"],
    [("Bachelor of Science", "Computer Science", "University of Hull", "2024-06")],
    [("English", "Native speaker")],
)
REACT_DEVELOPER = cv(
    "Front-end developer",
    [
        (
            "Frontend Developer",
            "Lantern Retail",
            "2020-01",
            "",
            ["Built the checkout in React and TypeScript", "Raised test coverage with Jest and Cypress"],
        )
    ],
    ["React", "TypeScript", "CSS", "Jest", "Figma"],
    [("BSc", "Media Informatics", "Hochschule Kempten", "2019-09")],
    [("English", "C1"), ("German", "Native speaker")],
    city="Berlin",
    country="DE",
)
NURSE = cv(
    "Registered nurse",
    [
        (
            "ICU Nurse",
            "St Brannoc Hospital",
            "2017-02",
            "",
            [
                "Cared for ventilated patients on a ward of 14 beds",
                "Wound care and medication administration",
            ],
        ),
        (
            "Staff Nurse",
            "Elmgrove Clinic",
            "2014-08",
            "2017-01",
            ["Patient care on a surgical ward", "Epic records"],
        ),
    ],
    ["Intensive care", "Wound care", "ACLS", "Epic"],
    [("Bachelor of Science", "Nursing", "University of Salford", "2014-06")],
    [("English", "Native speaker"), ("Spanish", "B1")],
    city="Manchester",
)
CARER = cv(
    "Care assistant",
    [("Care Assistant", "Oakfield Home", "2022-05", "", ["Elderly care and first aid for 20 residents"])],
    ["Elderly care", "First aid"],
    city="Manchester",
)
ACCOUNTANT = cv(
    "Finanzbuchhalterin",
    [
        (
            "Finanzbuchhalterin",
            "Kessler Maschinen GmbH",
            "2016-04",
            "",
            ["Monatsabschlüsse nach HGB mit DATEV", "Kreditorenbuchhaltung für drei Gesellschaften"],
        )
    ],
    ["DATEV", "SAP FI", "Excel"],
    [("Ausbildung zur Steuerfachangestellten", "", "IHK Kassel", "2015-07")],
    [("Deutsch", "Muttersprache"), ("Englisch", "B1")],
    city="Kassel",
    country="DE",
)
BOOKKEEPER = cv(
    "Bookkeeper",
    [("Bookkeeper", "Pemberton Foods", "2021-02", "", ["Invoicing and bank reconciliation in Xero"])],
    ["Xero", "Excel"],
    [],
    [("English", "Native speaker")],
)
DATA_SCIENTIST = cv(
    "Data scientist",
    [
        (
            "Data Scientist",
            "Tidewell Energy",
            "2020-10",
            "",
            [
                "Forecast demand with PyTorch and XGBoost, reducing waste by 18%",
                "A/B testing of tariffs in Python and SQL",
            ],
        ),
        ("Research Assistant", "University of Bergen", "2017-09", "2020-08", ["Bayesian statistics in R"]),
    ],
    ["Python", "SQL", "PyTorch", "pandas", "Statistics", "Tableau"],
    [
        ("PhD", "Statistics", "University of Bergen", "2020-08"),
        ("MSc", "Statistics", "University of Oslo", "2017-06"),
    ],
    [("English", "C2"), ("Norwegian", "Native")],
    city="Bergen",
    country="NO",
)
ANALYST = cv(
    "Business analyst",
    [
        (
            "Business Analyst",
            "Harrow Insurance",
            "2021-01",
            "",
            ["Dashboards in Power BI and Excel", "SQL reports"],
        )
    ],
    ["SQL", "Power BI", "Excel"],
    [("BA", "Economics", "University of York", "2020-06")],
    [("English", "Native speaker")],
)
MARKETER = cv(
    "Marketing manager",
    [
        (
            "Digital Marketing Manager",
            "Sorrel Outdoor",
            "2018-05",
            "",
            ["Google Ads and SEO for 12 markets, doubling organic visits", "Email marketing with Mailchimp"],
        )
    ],
    ["SEO", "Google Ads", "Google Analytics", "HubSpot", "Content marketing"],
    [("Master", "Marketing", "Lancaster University", "2018-01")],
    [("English", "Native speaker"), ("French", "B2")],
)
SELLER = cv(
    "Shop assistant",
    [
        (
            "Sales Assistant",
            "Copperline Shoes",
            "2022-03",
            "",
            ["Retail sales, cash handling and visual merchandising"],
        )
    ],
    ["Retail sales", "Cash handling", "Customer service"],
)
WELDER = cv(
    "Welder",
    [
        (
            "Welder",
            "Tyne Fabrication",
            "2013-01",
            "",
            ["TIG welding of pipes to ISO 9606", "Blueprint reading"],
        )
    ],
    ["TIG welding", "MIG welding", "Forklift licence"],
    city="Gateshead",
)
WAREHOUSE = cv(
    "Warehouse operative",
    [
        (
            "Warehouse Operative",
            "Nettle Logistics",
            "2019-01",
            "",
            ["Order picking and forklift driving, 180 picks an hour"],
        )
    ],
    ["Order picking", "Forklift", "Inventory management"],
)
TEACHER = cv(
    "Mathematics teacher",
    [
        (
            "Teacher of Mathematics",
            "Holm Valley School",
            "2016-09",
            "",
            ["Lesson planning and classroom management for classes of 28", "Special educational needs lead"],
        )
    ],
    ["Lesson planning", "Classroom management", "Special education"],
    [
        ("Master", "Education", "Durham University", "2016-07"),
        ("BSc", "Mathematics", "Durham University", "2014-07"),
    ],
    [("English", "Native speaker")],
)
DESIGNER = cv(
    "Product designer",
    [
        (
            "Product Designer",
            "Quill Health",
            "2018-02",
            "",
            ["User research and prototypes in Figma", "Design systems"],
        )
    ],
    ["Figma", "User research", "Wireframing", "Design systems", "Adobe Creative Suite"],
    [("BA", "Graphic Design", "Falmouth University", "2017-06")],
    [("English", "Native speaker")],
)
PROJECT_MANAGER = cv(
    "Project manager",
    [
        (
            "Project Manager",
            "Transline Software",
            "2017-01",
            "",
            [
                "Delivered the ticketing rollout for 9 cities two months early",
                "Managed a budget of €3.2 million",
                "Introduced Scrum and Jira to four teams",
                "Negotiated contracts with 11 suppliers",
            ],
        ),
        (
            "Business Analyst",
            "Corrib Bank",
            "2013-09",
            "2016-12",
            ["Gathered requirements for the mobile app", "Reported weekly to the board"],
        ),
    ],
    ["Scrum", "Jira", "Risk management", "Budgeting", "Stakeholder management"],
    [
        ("Master of Business Administration", "Management", "University College Dublin", "2013-06"),
        ("BA", "Economics", "Trinity College Dublin", "2011-06"),
    ],
    [("English", "Native"), ("Irish", "Good")],
    city="Dublin",
    country="IE",
    name="Idris Bellweather",
    summary="Project manager for public transport software. PMP since 2019.",
) | {
    "certificates": [{"name": "Project Management Professional (PMP)", "issuer": "PMI", "date": "2019-04"}],
    "awards": [{"title": "Transline Team of the Year", "awarder": "Transline Software", "date": "2022"}],
}
COOK = cv(
    "Sous-chef",
    [
        (
            "Sous-chef",
            "The Harbour Table",
            "2021-05",
            "",
            [
                "Ran a brigade of 6 on 140 covers a night",
                "Cut food waste by 22% with a weekly stock list",
                "Wrote the autumn menu with three new suppliers",
            ],
        ),
        (
            "Commis chef",
            "Hotel Aurland",
            "2018-03",
            "2021-04",
            ["Prepared cold starters and breads", "Trained two apprentices in HACCP"],
        ),
    ],
    ["HACCP", "Menu planning", "Baking", "Stock control"],
    [("NVQ Level 3", "Professional Cookery", "City of Bristol College", "2018-02")],
    [("Swedish", "Native speaker"), ("English", "C1")],
    city="Bristol",
    name="Marta Lindqvist",
    summary="Sous-chef who likes calm kitchens and short menus.",
)
ELECTRICIAN = cv(
    "Electrician",
    [
        (
            "Electrician",
            "Maasbouw Installaties",
            "2015-02",
            "2024-10",
            [
                "Installed and tested low-voltage systems in 45 houses",
                "Read technical drawings and found faults in switchboards",
                "Worked with PLC controls in two factories",
            ],
        ),
        (
            "Apprentice Electrician",
            "Nordlicht Elektro",
            "2011-08",
            "2015-01",
            ["Pulled cables and mounted sockets"],
        ),
    ],
    ["Electrical installation", "Troubleshooting", "PLC"],
    [],
    [("Polish", "Native speaker"), ("Dutch", "B2"), ("English", "B1")],
    city="Rotterdam",
    country="NL",
    name="Tomasz Wierzba",
)
PHYSIOTHERAPIST = cv(
    "Physiotherapist",
    [
        (
            "Senior Physiotherapist",
            "Larkhill Clinic",
            "2018-09",
            "",
            [
                "Treated 12 patients a day after knee and hip surgery",
                "Introduced a home exercise app that cut missed appointments by 30%",
                "Supervised 3 students each term",
            ],
        ),
        (
            "Physiotherapist",
            "Sport Institute Graz",
            "2014-01",
            "2018-08",
            ["Looked after the handball team of Graz", "Taught back classes for beginners"],
        ),
    ],
    ["Manual therapy", "Physiotherapy", "First aid"],
    [("Bachelor of Science", "Physiotherapy", "FH Joanneum", "2013-12")],
    [("German", "Native speaker"), ("English", "C1"), ("Italian", "A2")],
    city="Graz",
    country="AT",
    name="Vera Novak",
)
EVERYBODY = {
    "python_senior": PYTHON_SENIOR, "python_junior": PYTHON_JUNIOR, "react": REACT_DEVELOPER, "nurse": NURSE,
    "carer": CARER, "accountant": ACCOUNTANT, "bookkeeper": BOOKKEEPER, "data_scientist": DATA_SCIENTIST,
    "analyst": ANALYST, "marketer": MARKETER, "seller": SELLER, "welder": WELDER, "warehouse": WAREHOUSE,
    "teacher": TEACHER, "designer": DESIGNER, "project_manager": PROJECT_MANAGER, "cook": COOK,
    "electrician": ELECTRICIAN, "physiotherapist": PHYSIOTHERAPIST,
}  # fmt: skip

POSTINGS = {
    "backend": (
        "Senior Backend Engineer",
        "What you'll bring\n- 5+ years of experience with Python\n- Django or Flask, PostgreSQL, Docker\n"
        "- Experience running services on AWS\n- Fluent English\nNice to have\n- Kubernetes\n- German",
    ),
    "junior": (
        "Junior Python Developer",
        "You are starting out.\nRequirements\n- Python and Git\n- Basic HTML\n- A degree in computer science",
    ),
    "frontend": (
        "Frontend Engineer (React)",
        "Your profile\n- 3 years of experience with React and TypeScript\n- CSS, Jest\n- German (C1)\n"
        "Nice to have\n- Figma",
    ),
    "icu": (
        "Registered Nurse, Intensive Care",
        "Requirements:\n- Registered nurse with 3 years of experience in intensive care\n- Wound care, ACLS\n"
        "- Bachelor's degree in nursing\nSpanish is a plus",
    ),
    "care": ("Care Assistant", "You bring\n- Experience in elderly care\n- First aid\n- A kind manner"),
    "buchhalter": (
        "Finanzbuchhalter (m/w/d)",
        "Ihr Profil\n- Abgeschlossene kaufmännische Ausbildung\n- Mindestens drei Jahre Berufserfahrung\n"
        "- DATEV und Excel\n- Deutsch verhandlungssicher",
    ),
    "science": (
        "Senior Data Scientist",
        "Minimum qualifications\n- PhD or master's degree in statistics\n- Python, SQL, machine learning\n"
        "- 4 years of experience in data science\nPreferred\n- PyTorch\n- Tableau",
    ),
    "bi": ("BI Analyst", "Requirements\n- SQL, Power BI, Excel\n- 2 years of experience as an analyst"),
    "marketing": (
        "Performance Marketing Manager",
        "What we're looking for\n- Google Ads, SEO and Google Analytics\n"
        "- 4 years of experience in digital marketing"
        "\n- French is a plus",
    ),
    "shop": ("Retail Sales Assistant",
        "About you\n- Customer service and cash handling\n"
        "- Visual merchandising is a plus"),
    "welding": ("Welder (TIG)", "Requirements\n- 5 years of experience in TIG welding\n- Blueprint reading"),
    "warehouse": ("Warehouse Worker", "Your profile\n- Forklift licence\n"
        "- Order picking\n- Inventory management is a plus"),
    "teaching": (
        "Secondary Teacher of Mathematics",
        "Essential\n- Degree in mathematics or education\n- Lesson planning and classroom management\n"
        "Desirable\n- Experience with special educational needs",
    ),
    "design": ("UX Designer", "What you bring\n- Figma, wireframes, user research\n"
        "- 3+ years of experience in product design"),
}  # fmt: skip
