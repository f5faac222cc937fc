"""News of a coast that does not exist: what the demo's papers and its wire agency have to tell."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """One article; a wire text has no title."""

    slug: str
    title: str | None
    text: str
    minutes_ago: int


HERALD = (
    Piece(
        "footbridge",
        "Storm-damaged footbridge in Marrowport reopens after eleven months",
        """\
The Lantern Footbridge across the Marrow estuary reopened to walkers on Friday, eleven months after a winter storm \
tore away its middle span. About 400 people crossed in the first hour, according to the town council.

The repair cost 2.3 million crowns, 300,000 more than planned, because divers found cracks in two of the six \
foundations. Mayor Ines Halloran said the town had paid for safety and not for beauty. "We could have opened in \
June and closed again in December," she told the crowd.

Before the storm, some 1,900 people used the bridge on a working day. Most of them have taken a ferry since, which \
added about 25 minutes to the way to the hospital. The ferry will run until the end of the month and then stop.

Engineers will measure the foundations every week during the first winter. The council expects their first report \
in January.""",
        30,
    ),
    Piece(
        "library-hours",
        "Marrowport library will open on Sundays",
        """\
The town library of Marrowport will open on Sundays from next month, after a trial in which more people came on \
that day than on any other. The council voted 14 to 3 for the new hours on Thursday evening.

Staff will be paid a supplement of 40 per cent for Sunday shifts, and nobody will be obliged to take them. The \
librarians' union had asked for 50 per cent. Its chair, Tomas Verrill, called the result acceptable.

During the trial, which lasted from March to August, an average of 610 visitors came on a Sunday. The children's \
room was full by eleven. The extra cost is put at 86,000 crowns a year.""",
        95,
    ),
    Piece(
        "kelp",
        "Kelp forests off the coast have doubled since trawling stopped, survey finds",
        """\
Kelp now covers 38 square kilometres of the sea floor off the Marrow coast, twice as much as four years ago, \
according to a survey that the Institute of Coastal Ecology published on Wednesday. Bottom trawling has been banned \
in the area since then.

Divers and a towed camera mapped 112 sites over two summers. The gain was largest at depths of five to twelve \
metres, where young plants had been scraped away before. Below twenty metres the survey found no change.

"The ban is the likeliest cause, but warmer winters may have helped," said the study's lead author, Anneke Osei. \
She warned that a single marine heatwave could undo the gain. The institute will repeat the survey in two years.

Fishing crews say that the ban has cost them about a fifth of their income. The regional government pays a \
compensation that ends next year.""",
        180,
    ),
    Piece(
        "night-train",
        "Night train to the capital returns in spring",
        """\
A night train will run between Marrowport and the capital again from the second week of April, the railway company \
said on Tuesday. The last one left in 2014.

The train will have two sleeping cars, one car with couchettes and one with seats. It leaves Marrowport at 21:40 \
and arrives at 06:55. Fares begin at 39 crowns for a seat and 89 crowns for a bed.

The company ordered no new cars. It has rebuilt eleven that stood in a depot for nine years, which took longer than \
expected because the brakes had to be certified anew. Tickets go on sale on 1 February.""",
        240,
    ),
)

COURIER = (
    Piece(
        "bridge-open",
        "Lantern Footbridge open again after repair of storm damage",
        """\
Marrowport's Lantern Footbridge was opened to walkers again on Friday after repairs that took eleven months and \
cost 2.3 million crowns. A storm had destroyed the middle span of the bridge across the Marrow estuary last winter.

The town council counted about 400 people on the bridge in the first hour. Cracks in two foundations had made the \
repair dearer than planned.

Shopkeepers on the northern bank hope that their customers return. Some had lost a third of their sales, said Priya \
Lindqvist of the traders' association. The replacement ferry stops at the end of the month.""",
        20,
    ),
    Piece(
        "water-meters",
        "Utility to replace 22,000 water meters that counted too much",
        """\
The coastal water utility will replace 22,000 meters that have counted up to 6 per cent more water than flowed, it \
said on Thursday. Households that paid too much will get the money back with their next bill.

The fault lies in a batch that was installed between 2021 and 2023. An inspector noticed it when two meters in one \
house disagreed. The utility does not yet know how much it has to pay back; it has set aside 4.1 million crowns.

The maker of the meters, Brandvik Instruments, has not commented. The utility said that it would ask the company to \
bear the cost.""",
        140,
    ),
)

GAZETTE = (
    Piece(
        "lighthouse",
        "Lighthouse on Gull Rock to be run from the shore",
        """\
The last keeper of the lighthouse on Gull Rock will leave the island in March, the coastal authority said on Friday. \
From then on the light will be watched from an office in Marrowport.

The tower was built in 1887 and has been manned ever since. The authority puts the saving at 310,000 crowns a year; \
most of that went into the supply boat.

Keeper Oda Brannigan, who has served there for 19 years, said that the decision was right and that she would miss the \
storms. The cottage is to be let to visitors from the summer on.""",
        50,
    ),
    Piece(
        "eel-ladder",
        "Eel ladder at the weir lets 14,000 young eels pass in its first autumn",
        """\
An eel ladder at the Marrow weir has let about 14,000 young eels pass since September, the anglers' association said \
on Thursday. Two cameras counted them, mostly between midnight and four in the morning.

The ladder is a sloping channel filled with bristles and cost 48,000 crowns. Before it was built the association had \
carried eels over the weir in buckets; in the best year that was 2,600.

The association wants a second ladder at the mill upstream. The owner of the mill has not answered yet.""",
        170,
    ),
)

OPINION = (
    Piece(
        "ferry-letter",
        "Letter: keep the ferry, at least on Sundays",
        """\
The replacement ferry will stop at the end of the month, since the footbridge is open again. I ask the council to keep \
it on Sundays.

The bridge has no shelter, and in a westerly many of us who are past seventy do not dare to cross it. One ferry of \
twenty seats, three times a day, would be enough.

Hedda Marlowe, North Bank""",
        400,
    ),
    Piece(
        "meters-leader",
        "A utility that counts too much must count aloud",
        """\
That 22,000 water meters counted too much is a fault of their maker. That it took three years to notice is a fault of \
the utility, which reads the meters and writes the bills.

It should publish by street what it will pay back, and when. Whoever sends a bill to the last hundredth of a crown can \
do the same with a refund.""",
        900,
    ),
)

WIRE = Piece(
    "wire",
    None,
    """\
date 2026-11-20 MARROWPORT, Nov. 20 (Coastwire) -- Transport Minister Lena Okafor met Harbour Commissioner Piet \
Vandermeer in Marrowport on Friday to discuss the deepening of the estuary. Both sides called the talks useful.

Okafor said that the ministry would pay up to 60 per cent of the cost if the harbour presented a plan that spared \
the kelp forests. A decision may come before the summer, she said.

Vandermeer said the harbour needed two metres more depth by 2029 for the ships that its customers had ordered. \
Without them, a fifth of the traffic could move to other ports, according to the commissioner's office.

Environmental groups have not been invited to the talks so far. They demand a new impact study.""",
    60,
)
