"""GitHub's names of emoji, `:bulb:`: those that are not Unicode's own names of the signs, and those that name none."""

from __future__ import annotations

import unicodedata

from courseware.language.vocabulary import EMOJI

_NAMED = """
💡 bulb  ⚠️ warning  📝 pencil  ✏️ pencil2  📖 book  🎉 tada  ✅ white_check_mark  ❌ x
❗ exclamation heavy_exclamation_mark  ❓ question  ❔ grey_question  ❕ grey_exclamation  👉 point_right  👈 point_left
☝️ point_up  👆 point_up_2  👇 point_down  ⭐ star  🌟 star2  ⚡ zap  💥 boom collision  😄 smile  😃 smiley  😀 grinning
😉 wink  😊 blush  😎 sunglasses  🤔 thinking  😢 cry  😕 confused  👍 +1 thumbsup  👎 -1 thumbsdown  👏 clap
🙌 raised_hands  ✋ hand  👋 wave  💪 muscle  🙏 pray  👌 ok_hand  💻 computer  🔍 mag  🔎 mag_right  🔗 link
🚧 construction  🛑 stop_sign  📅 date  📆 calendar  🎯 dart  🎁 gift  ❤️ heart  ➡️ arrow_right  ⬅️ arrow_left
⬆️ arrow_up  ⬇️ arrow_down  ▶️ arrow_forward  🏁 checkered_flag  🎨 art  🎓 mortar_board  ☕ coffee  🏠 house
♻️ recycle  🤖 robot  🧩 jigsaw puzzle_piece  📣 mega  🌍 earth_africa  🌎 earth_americas  🌏 earth_asia
⏳ hourglass_flowing_sand  🕐 clock1  🕒 clock3  🗣️ speaking_head  🍎 apple  🎬 clapper  🔊 loud_sound  🎧 headphones
🔴 red_circle  🟢 green_circle  🟡 yellow_circle  💯 100  🆕 new  🆗 ok  🆓 free  🔜 soon  🧑‍💻 technologist
👩‍💻 woman_technologist  👨‍💻 man_technologist  👩‍🏫 woman_teacher  👨‍🏫 man_teacher  🧑‍🏫 teacher  🍕 pizza  🍰 cake
"""
_SIGNS = {
    name: sign
    for line in _NAMED.strip().split("\n")
    for sign, *names in (entry.split(" ") for entry in line.split("  "))
    for name in names
}
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SIGNS |= {name: f"{digit}\ufe0f\u20e3" for digit, name in enumerate(_DIGITS)}
NAMELESS = frozenset(["octocat", "shipit", "bowtie", "trollface"])
"""Names of pictures that are no signs."""


def sign_of(name: str) -> str:
    """Return the emoji that a name is of, "" where it is of none."""
    if name in _SIGNS:
        return _SIGNS[name]
    try:
        sign = unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return ""
    return sign if EMOJI.fullmatch(sign) else ""
