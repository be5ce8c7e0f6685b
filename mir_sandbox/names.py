"""Names for made-up people, groups and callers, plain and difficult ones.

Not promised: that any of them is a real person; numbers lie in ranges set aside for fiction where such exist.
"""

FIRST = (
    "Anna", "Bernd", "Chiara", "David", "Ewa", "Fatma", "Georg", "Hanna", "Ivan", "Jule", "Karim", "Lena", "Milan",
    "Nadia", "Oskar", "Paula", "Quirin", "Rosa", "Stefan", "Tilda", "Umut", "Vera", "Walter", "Xenia", "Yusuf", "Zoe",
)  # fmt: skip
LAST = (
    "Adler", "Brandt", "Conti", "Dietrich", "Ebner", "Fischer", "Gruber", "Huber", "Ivanova", "Jansen", "Keller",
    "Lindner", "Maurer", "Neumann", "Olsen", "Petrov", "Quast", "Richter", "Schuster", "Thaler", "Ulrich", "Vogel",
    "Winter", "Yilmaz", "Zimmermann",
)  # fmt: skip

# Users whose names try out everything that later becomes a file name, a cell or a line of text.
DIFFICULT_USERS = (
    "Jürgen Müßig-Öztürk",
    "山田 太郎",
    "Søren Ærø 🎧",
    'Patrick "Paddy" O\'Neill',
    "محمد الأحمد",
    "=Summer Equals",
    "Zoë Éclair",
    "CON",
)

# Callers from outside: (name, number as the portal shows it).
DIFFICULT_CONTACTS = (
    ("Bäckerei Groß & Söhne", "+49305550101"),
    ("株式会社サンプル", "+81355501234"),
    ("Pizza 🍕 Express", "+390655501234"),
    ('The "Quoted", Company; Ltd', "+442079460123"),
    ("שירות לקוחות", "+97235550123"),
    ('=HYPERLINK("http://example.test","bank")', "+12025550143"),
    ("+cmd|' /C calc'!A0", "+12025550144"),
    ("@SUM(1+1)", "+12025550145"),
    ("\tTab First", "+12025550146"),
    ("-2+3", "+12025550147"),
    ("", "anonymous"),
    ("..\\..\\evil", "+12025550148"),
    ("a:b/c*d?e<f>g|h", "+12025550149"),
    ("Trailing dot. ", "+12025550150"),
    ("\u202etxt.exe reversed", "+12025550151"),
    ("Line\nbreak", "+12025550152"),
    ("<b>Bold</b> & Partner", "+12025550153"),
    ("Cafe\u0301 (decomposed)", "+33155501234"),
    ("Caf\u00e9 (composed)", "+33155501235"),
    ("Nummer " + "lang " * 55 + "Ende", "0049 30 555 0199"),
    ("Leading zeros", "0305550100"),
)

COMPANIES = (
    "Nordwind Reisen", "Haus & Garten", "Praxis Dr. Sommer", "Autohaus Krause", "Stadtwerke", "Kanzlei Berg",
    "Hotel Seeblick", "Druckerei Lenz", "Optik Hell", "Bau Meister", "Fahrrad Kette", "Blumen Iris",
)  # fmt: skip

DIFFICULT_GROUPS = ("Kundendienst Süd", "サポート 🛟", 'Vertrieb "A"', "=Group", "Back office / night")
