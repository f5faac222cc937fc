"""A digest as an admin types and chooses it, understood fully or refused."""

from dataclasses import dataclass, fields, replace

from bot.errors import DigestError
from bot.services.alerts import parse_alert_words
from bot.services.moments import parse_hours
from bot.services.rules import parse_rules
from bot.services.schedules import in_words, parse_schedule
from bot.services.stories import is_blank
from bot.services.timezones import parse_timezone
from storage import NewDigest, Size

LONGEST_NAME = 60
STORIES = range(1, 16)
PER_SOURCE = range(16)
PER_HOUR = range(1, 31)
USUAL_STORIES = 8


@dataclass(frozen=True, kw_only=True)
class DigestForm:
    """What an admin typed and chose."""

    name: str
    channel_id: int
    when: str
    timezone: str
    stories: str = str(USUAL_STORIES)
    size: Size = Size.FULL
    per_source: str = ""
    rules: str = ""
    says_when_empty: bool = False
    mention_role_id: int | None = None
    silent: bool = False
    pinned: bool = False
    published: bool = False
    per_hour: str = "6"
    quiet_hours: str = ""
    alert_words: str = ""

    def parsed(self) -> NewDigest:
        """As a configuration. Raises DigestError for whatever cannot be understood."""
        name = " ".join(self.name.split())
        if is_blank(name) or len(name) > LONGEST_NAME:
            raise DigestError(f"A digest needs a name of at most {LONGEST_NAME} characters.")
        return NewDigest(
            name=name,
            channel_id=self.channel_id,
            schedule=parse_schedule(self.when),
            timezone=parse_timezone(self.timezone),
            stories=_number(self.stories, STORIES, "stories in one edition"),
            size=self.size,
            per_source=_number(self.per_source or "0", PER_SOURCE, "stories of one source"),
            rules=str(parse_rules(self.rules)),
            says_when_empty=self.says_when_empty,
            mention_role_id=self.mention_role_id,
            silent=self.silent,
            pinned=self.pinned,
            published=self.published,
            per_hour=_number(self.per_hour, PER_HOUR, "briefs an hour"),
            quiet_hours=parse_hours(self.quiet_hours),
            alert_words=parse_alert_words(self.alert_words),
        )


def as_form(digest: NewDigest, **changes: object) -> DigestForm:
    """A configuration as an admin would type it, with changes."""
    values = {field.name: getattr(digest, field.name) for field in fields(DigestForm) if field.name != "when"}
    numbers = {name: str(values[name]) for name in ("stories", "per_source", "per_hour")}
    form = DigestForm(**(values | numbers | {"when": in_words(digest.schedule)}))
    return replace(form, **changes)  # type: ignore[arg-type]


def _number(typed: str, known: range, what: str) -> int:
    word = typed.strip()
    if word.isascii() and word.isdecimal() and len(word) < 4 and int(word) in known:
        return int(word)
    raise DigestError(f"“{typed}” is not a number of {what}. Write one from {known[0]} to {known[-1]}.")
