"""The law of terms in words: why somebody cannot hold a post."""

PATTERNS: dict[str, tuple[str, str]] = {
    "tenure.twice": (
        "该同志自{since}起已在此岗位，任期重叠，未作任命。",
        "This person has held the post since {since}; the terms overlap. Nobody was appointed.",
    ),
    "tenure.two_places": (
        "该同志自{since}起在{place}任职，同一时间不能在两地任职；请先免去原职，或按借调挂职办理。",
        "This person serves in {place} since {since}, and nobody serves in two places at once.",
    ),
    "tenure.held": (
        "该岗位自{since}起另有人任职，任期重叠，未作任命；请先免去原任。",
        "Somebody else has held the post since {since}; the terms overlap. End that term first.",
    ),
}
