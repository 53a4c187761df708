"""Which language a text is in: by its script, else by the words most frequent in a language.

A script that one language alone is written in decides by itself. The frequent words are the articles,
pronouns and small words that make up some fifteen to thirty percent of any text.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from courseware.language.catalogue import languages

LEAST_WORDS = 40
"""Words that a text must have for its language to be guessed by them."""
LEAST_SHARE = 0.08
"""Of its words, how many must be frequent ones: real texts have 15 to 30 percent."""
FEWEST = 10
"""Words of a text that is guessed by fewer signs."""
LEAST_POINTS, SOME, BY_FAR = 2.0, 30, 1.5
"""What such a text's words and letters say for a language at least, one for some words, and how many times what they say for the next.

A word that is one language's alone says 1, one that four share a quarter of it. Of 120 short sessions in four
languages, 110 were known and none was taken for another's.
"""
LEAST_DIFFERENT = 3
"""Different words of it that a text has: one alone may be a letter in formulas, or Hungarian's "a" in another language."""
NEAR = 1.15
"""How many times the share of a language's words may be another's before they are far from each other."""
LEAST_LETTERS, LEAST_SURE = 30, 3
"""Letters of a script that a text must have for its language to be guessed by it; few where others use none of them."""
LEAST_OF_SCRIPT = 0.3
"""Of a text's letters, how many must be of the script: code and names are in Latin ones."""

SCRIPTS = {
    "ja": "\u3041-\u30ff", "ko": "\uac00-\ud7af\u1100-\u11ff", "zh": "\u4e00-\u9fff\u3400-\u4dbf",
    "he": "\u0590-\u05ff", "ar": "\u0600-\u06ff\u0750-\u077f", "hi": "\u0900-\u097f",
    "th": "\u0e00-\u0e7f", "el": "\u0370-\u03ff\u1f00-\u1fff", "ru": "\u0400-\u04ff",
    "bn": "\u0980-\u09ff", "pa": "\u0a00-\u0a7f", "gu": "\u0a80-\u0aff", "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f", "kn": "\u0c80-\u0cff", "ml": "\u0d00-\u0d7f", "si": "\u0d80-\u0dff",
    "lo": "\u0e80-\u0eff", "my": "\u1000-\u109f", "ka": "\u10a0-\u10ff", "am": "\u1200-\u137f",
    "km": "\u1780-\u17ff", "hy": "\u0530-\u058f",
}  # fmt: skip
"""The letters of scripts, by the language that most texts in them are in."""
SURE = frozenset({"ja", "ko", "zh", "he", "ar", "hi", "ru"})
"""Languages of scripts whose letters stand for nothing in other texts, as Greek ones do in formulas."""
OTHERS = {"ar": ("fa", "ur"), "hi": ("mr", "ne"), "ru": ("uk", "bg", "sr")}
"""Languages that share a script: their own words decide between them."""
FREQUENT = {
    "en": "the of and to a is in that it for you are on with this be as or we your what how from at by",
    "de": "der die das und ist nicht mit ein eine für auf sich den von zu werden wird oder auch sie ihr",
    "fr": "le la les des et est une un dans que qui pour pas sur avec vous nous ce cette sont du au aux ou",
    "es": "el la los las de y que en un una es por con para se del al lo como más su sus o este esta",
    "pt": "o a os as de e que em um uma é por com para se do da dos das no na não mais como você ou são",
    "it": "il lo la i gli le di e che in un una è per con si del della dei non più come sono al nel o",
    "nl": "de het een en van is in dat op te voor met zijn niet aan ook als er maar om je wij of wat",
    "sv": "och att det som en är på för av med till den inte har om ett du vi kan så ni eller vad",
    "da": "og at det en er på til for af med den ikke har om et du vi kan så eller hvad skal jeg fra",
    "nb": "og å det en er på til for av med den ikke har om et du vi kan så eller hva skal jeg fra som",
    "fi": "ja on ei se että hän mutta ovat kuin myös tai joka mitä niin kun voi ole sekä ovat tämä",
    "pl": "i w na z nie się to jest że do jak o a po co ale dla od za są czy przez tego lub oraz",
    "cs": "a v na se je to že s z do o k i jako ale pro za by od po jsou nebo co které při",
    "sk": "a v na sa je to že s z do o k aj ako ale pre za by od po sú alebo čo ktoré pri",
    "hu": "a az és hogy nem is egy ez azt van de meg ha már csak mint vagy lehet minden el ki",
    "ro": "și de la în a pe cu nu un o care este din ce mai să pentru se sunt sau al prin ca",
    "tr": "ve bir bu da de için ile ne çok daha olarak gibi ama en var o olan kadar sonra ya veya",
    "ca": "el la els les de i que en un una és per amb no es del al com més seva o aquest aquesta són",
    "hr": "i u je se na da su za od s kao ne ili to što iz koji koje koja bi po o smo može",
    "sl": "in v je se na da so za od s kot ne ali to ki iz bi po o smo lahko tudi pa pri",
    "lt": "ir yra kad su į iš tai kaip ne bet ar už per apie taip buvo jis mes jūs arba šis nuo",
    "lv": "un ir ka ar uz no tas kā ne bet vai par pie arī ko lai ja viņš mēs jūs šis pēc",
    "et": "ja on ei see et ta kui ka mis või oma ning aga siis seda me te nii veel olla kuid",
    "id": "yang dan di ini itu dengan untuk tidak dari dalam akan pada juga ke adalah anda atau kita bisa",
    "vi": "và của là có cho không các được một trong với những này đã người khi để bạn từ hoặc cũng",
    "sw": "na ya wa kwa ni katika la za kuwa hii au pia kama hiyo yake huu cha watu ili",
    "ru": "и в не на что с как это по но из у к за для то все или от вы мы а о же бы при",
    "uk": "і в не на що з як це по але із у до за для то всі або від ви ми а про та є при",
    "bg": "и в не на че с как това по но от за да се са или ще си е като при вие ние",
    "sr": "и у не на да се је за од са као или то што из који које су би по о смо може",
    "ar": "في من على إلى أن هذا هذه التي الذي عن مع ما لا هو هي كل أو ثم كان بين قد كما",
    "fa": "و در به از که این را با است برای آن یک می هر تا بر خود هم شما یا ما های",
    "ur": "کے میں کی ہے اور سے کا کو یہ ہیں اس نے پر کہ ایک کر بھی لیے آپ جو وہ تو",
    "hi": "के में की है और से का को यह हैं इस ने पर कि एक कर भी लिए आप जो वह तो या",
    "mr": "आणि आहे या हे ते मध्ये चा ची चे आहेत तर किंवा व ही तो एक पण साठी करा आपण",
    "ne": "र छ को मा हो यो लाई पनि एक ले गर्न छन् तपाईं वा गर्नुहोस् हुन्छ भने गरेको",
}  # fmt: skip
MORE = {
    "en": "can has have not was if when they their there which each one two about out use do does no all more its who why should then so but first",
    "de": "im am dem des einen einer einem wie was wenn wir man bei nach aus um kann sind hat haben nur alle welche warum dass mehr als zum zur vor bitte",
    "fr": "en il elle ils ne à plus par sont on si mais tout tous leur chaque avant après comme deux quel quelle faire fait peut être votre vos entre qu",
    "es": "a e no si qué cuál cuáles cuando cada dos sin sobre entre muy ya también todo todos hay son ser tiene pueden le les nos usted ustedes antes después cómo",
    "pt": "ao aos à às se ser foi tem pode cada dois duas sem sobre entre muito já também todo todos há quando onde porque mas até qual quais seu sua nos nas",
    "it": "a gli ai dei nel nella alla se ma sono ha può ogni due senza tra fra molto già anche tutto tutti quando dove perché quale quali suo sua questo ci chi",
}  # fmt: skip
"""Words by which a short text is known, too, in the languages that there are words of."""
OWN = {"de": "äöüß", "es": "ñ", "pt": "ãõ", "fr": "œêèûîëâ", "sv": "åäö", "da": "æøå", "nb": "æøå",
       "ru": "ыэё", "uk": "іїєґ", "sr": "ђјљњћџ", "ar": "ةإ", "fa": "پچژگ", "ur": "پچژگٹڈڑںے"}  # fmt: skip
"""Letters and signs that few languages write."""
OF_LETTER = 0.3
"""What a word with one of them says for a language."""
_CODE = re.compile(r"(?ms)^ *(`{3,}|~{3,}).*?^ *\1|`[^`\n]*`|<[^<>\n]*>|https?://\S+")
_WORD = re.compile(r"(?<!\d)(?!\b\w\))[^\W\d_]+(?:[\u0900-\u097f]+[^\W\d_]*)*")
"""A word; a letter behind a figure or before a bracket counts what is asked: "1a", "b)"."""


def language_of(text: str) -> str:
    """Return the language that a text is written in, "" where neither script nor words tell."""
    letters = sum(map(str.isalpha, text))
    script = next((one for one in SCRIPTS if _is_in(one, text, letters)), "")
    if not script:
        names = tuple(name for name in FREQUENT if name not in _written())
        return (
            _by_words(text, names)
            or _of_few_words(text, names)
            or _by_words(text, names, languages())
        )
    others = OTHERS.get(script)
    if not others:
        return script
    return _by_letters(text, (script, *others)) or _by_words(text, (script, *others)) or script


def _by_letters(text: str, names: tuple[str, ...]) -> str:
    """Return which of some languages a text has the most own letters of, "" where that is the first or none."""
    low = text.lower()
    counts = {name: sum(map(low.count, OWN.get(name, ""))) for name in names}
    best = max(names, key=lambda name: counts[name])
    return best if counts[best] and best != names[0] else ""


@cache
def _written() -> frozenset[str]:
    """Return the languages that a script tells."""
    return frozenset((*SCRIPTS, *(other for others in OTHERS.values() for other in others)))


def _is_in(script: str, text: str, letters: int) -> bool:
    count = len(re.findall(f"[{SCRIPTS[script]}]", text))
    share = LEAST_OF_SCRIPT / 3 if script == "ja" else LEAST_OF_SCRIPT
    least = LEAST_SURE if script in SURE else LEAST_LETTERS
    return count >= least and count >= share * letters


def _by_words(text: str, names: tuple[str, ...], preferred: tuple[str, ...] = ()) -> str:
    """Return which of some languages has the most of a text's words, by far; else "".

    Of two that are near, a preferred one comes first.
    """
    counts = Counter(_WORD.findall(text.lower()))
    total = sum(counts.values())
    said = {name: counts.keys() & set(FREQUENT[name].split()) for name in names}
    shares = {name: sum(counts[w] for w in said[name]) / max(total, 1) for name in names}
    near = [name for name in names if shares[name] * NEAR >= max(shares.values())]
    best, *others = [name for name in near if name in preferred] or near
    enough = shares[best] >= LEAST_SHARE and len(said[best]) >= LEAST_DIFFERENT
    return best if total >= LEAST_WORDS and enough and not others else ""


def _of_few_words(text: str, names: tuple[str, ...]) -> str:
    """Return the language of a text with few of the frequent words: a word says the more for one, the fewer have it."""
    counts = Counter(_WORD.findall(_CODE.sub(" ", text).lower()))
    total = counts.total()
    if total < FEWEST:
        return ""
    known = _known_words(names)
    owners = Counter(word for words in known.values() for word in words)
    points = {
        name: sum(min(counts[word], 3) / owners[word] for word in words & counts.keys())
        + OF_LETTER * sum(min(counts[w], 2) for w in counts if any(o in w for o in OWN.get(name, "")))
        for name, words in known.items()
    }  # fmt: skip
    if "¿" in text or "¡" in text:
        points["es"] += 1
    best, second, *_ = sorted(points, key=lambda name: points[name], reverse=True)
    several = len(known[best] & counts.keys()) >= LEAST_DIFFERENT
    least = max(LEAST_POINTS, total / SOME, BY_FAR * points[second])
    return best if several and points[best] >= least else ""


@cache
def _known_words(names: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """Return the words that a short text is known by; single letters stand in code, too."""
    own = {name: f"{FREQUENT[name]} {MORE.get(name, '')}".split() for name in names}
    return {
        name: frozenset(word for word in words if name in MORE or len(word) > 1)
        for name, words in own.items()
    }
