"""The languages' files: each has what English has; which language a text is in; its direction."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from importlib import resources
from io import BytesIO
from pathlib import Path

import msgspec
import pikepdf
import pytest
from lxml import etree
from pptx import Presentation
from pypdfium2 import PdfDocument

from courseware.course.loading import load
from courseware.course.numbers import chapters
from courseware.html.deck_page import render_deck
from courseware.html.rendering import render
from courseware.inspection.leaks import letters
from courseware.language.catalogue import ANYWHERE, Tongue, data_of
from courseware.language.counting import count_words, first_words
from courseware.language.plurals import direction_of, form_of, forms
from courseware.language.printed import HOLE, Forms, english, holes_of, printed
from courseware.language.recognition import language_of
from courseware.language.small_words import SmallWords
from courseware.language.tags import tag_of
from courseware.language.vocabulary import vocabulary_for
from courseware.media.drawings import as_letters
from courseware.model.inline import ADDRESS
from courseware.model.session import Chapter, for_learner, hidden, parallels
from courseware.pdf.engine import boxes
from courseware.pdf.pages import laid_out, stylesheets, written
from courseware.pptx.compose.compose import turn
from courseware.pptx.compose.titles import balanced, title
from courseware.pptx.template.mirror import mirrored
from courseware.pptx.template.reader import builtin
from courseware.pptx.template.reader import read as read_template
from courseware.pptx.text.fit import Style
from courseware.pptx.text.hyphens import hyphenated
from courseware.pptx.values import Box, ComposedSlide, Line, Run
from courseware.pptx.values import Text as TextOf
from courseware.products.labels import page_label
from courseware.products.table import PRODUCTS, Page, page
from courseware.reading.stages import read_session
from courseware.reading.structure.times.time_phrases import duration
from courseware.writers import WRITERS
from tests.golden_html import slide_pages
from tests.pptx.scripts import templates
from tests.support import read
from tools.words_anywhere import written as written_anywhere

FOLDER = resources.files("courseware.language")
NAMES = sorted(f.name.removesuffix(".yml") for f in FOLDER.iterdir() if f.name.endswith(".yml"))


def paged(product: str, folder: Path, settings: str, session: str) -> Page:
    """Return the page of a product of a course of one session."""
    (folder / "course.yml").write_text(settings)
    (folder / "a.md").write_text(session)
    found = page(PRODUCTS[product], load(folder).course, "a.md")
    assert found is not None
    return found


def variants(sentence: Forms) -> list[str]:
    return [sentence] if isinstance(sentence, str) else list(sentence.values())


def test_there_are_fifteen() -> None:
    assert " ".join(NAMES) == "ar de en es fa fr he hi it ja ko pt ru uk zh"


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_of_english_is_in_every_file(name: str) -> None:
    said = data_of(name)["printed"]
    assert list(said) == list(english()), set(english()) ^ set(said)
    for key, sentence in said.items():
        assert holes_of(sentence) == holes_of(english()[key]), key
        assert all(text.strip() == text and text for text in variants(sentence)), key
        if not isinstance(sentence, str):
            assert tuple(sentence) == forms(name), key
            general = list(sentence.values())[-1]
            assert holes_of(general) == holes_of(english()[key]), key


@pytest.mark.parametrize("name", ["pt", "zh"])
def test_a_variant_says_otherwise_what_its_file_says(name: str) -> None:
    general = data_of(name)["printed"]
    for variant in data_of(name)["variants"]:
        for key, sentence in variant["printed"].items():
            assert sentence != general[key], key
            assert holes_of(sentence) == holes_of(general[key]), key
            assert isinstance(sentence, str) or tuple(sentence) == forms(name), key


@pytest.mark.parametrize(
    ("language", "handout", "slide"),
    [("zh", "讲义", "幻灯片 3"), ("zh-Hans-CN", "讲义", "幻灯片 3"), ("zh-TW", "講義", "投影片 3"),
     ("zh-Hant-HK", "講義", "投影片 3"), ("pt", "Apostila", "Slide 3"), ("pt-BR", "Apostila", "Slide 3"),
     ("pt_PT", "Documento de apoio", "Diapositivo 3")],
)  # fmt: skip
def test_regions_print_their_own_words(language: str, handout: str, slide: str) -> None:
    say = printed(language)
    assert (say("handout"), say("slide_number", number=3)) == (handout, slide)


@pytest.mark.parametrize("name", NAMES)
def test_every_list_of_english_is_in_every_file(name: str) -> None:
    """An empty list says that the language has no such words, or needs none."""
    data = data_of(name)
    assert set(data) - {"withheld", "variants"} == set(data_of("en"))
    assert ("withheld" in data) == (name not in ("en", "de", "fr", "es")), "these have frames"
    nested = ("sections", "anywhere", "cues", "leading", "replies")
    assert all(data[one].keys() == data_of("en")[one].keys() for one in nested)
    needed = ("session", "exercise_starts", "hints", "times", "meta")
    assert all(data[one] for one in needed) and all(data["sections"].values())


def test_the_words_of_times_of_all_languages_are_in_one_file() -> None:
    assert ANYWHERE.read_text("utf-8") == written_anywhere(), "run python -m tools.words_anywhere"


@pytest.mark.parametrize("name", NAMES)
def test_a_time_in_any_language_is_read_in_a_session_of_another(name: str) -> None:
    """A sheet may be mixed: each unit counts, and a length of all is told in each language."""
    words = data_of(name)["anywhere"]
    for unit, minutes in (("time_hours", 120), ("time_minutes", 2)):
        for word in (w for w in words[unit] if w.isalpha() and len(w) > 1):
            found = duration(f"2 {word}", Tongue("en" if name == "he" else "he"), whole=True)
            assert found is not None and found.high == minutes, word
    in_all = re.compile(SmallWords().apart("time_in_all"), re.IGNORECASE)
    assert all(
        in_all.search(f"{w} 10") for w in words["time_in_all"] if w.replace(" ", "").isalpha()
    )


KINDS = {
    "pt": ("Objetivos", "Exercício 2: Provar (10 minutos)", "Notas para a facilitadora", "Resposta:", "Aula 3: Chá"),
    "it": ("Obiettivi", "Esercizio 2: Assaggiare (10 min)", "Note per il docente", "Soluzione:", "Lezione 3: Tè"),
    "ru": ("Цели занятия", "Упражнение 2. Проба (10 минут)", "Заметки для ведущего", "Ответ:", "Занятие 3. Чай"),
    "uk": ("Мета заняття", "Вправа 2. Проба (10 хвилин)", "Нотатки для ведучої", "Відповідь:", "Заняття 3. Чай"),
    "ja": ("学習目標", "演習2：味わう（10分）", "講師用メモ", "解答：", "第3回：お茶"),
    "zh": ("学习目标", "练习2：品茶（10分钟）", "教师备注", "参考答案：", "第3课 茶"),
    "ko": ("학습 목표", "연습 2: 맛보기 (10분)", "강사용 메모", "정답:", "제3회: 차"),
    "ar": ("الأهداف", "تمرين ٢: تذوق (١٠ دقائق)", "ملاحظات للمدرّب", "الإجابة:", "الجلسة ٣: الشاي"),
    "fa": ("هدف‌ها", "تمرین ۲: چشیدن (۱۰ دقیقه)", "یادداشت برای مدرس", "پاسخ:", "جلسهٔ ۳: چای"),
    "he": ("מטרות", "תרגיל 2: טעימה (10 דקות)", "הערות למנחה", "תשובה:", "מפגש 3: תה"),
    "hi": ("उद्देश्य", "अभ्यास २: चखना (१० मिनट)", "शिक्षक के लिए टिप्पणी", "उत्तर:", "सत्र ३: चाय"),
    "de": ("Lernziele", "2. Übung: Kosten (10 Min.)", "Trainernotizen", "Lösung:", "3. Sitzung: Tee"),
    "fr": ("Objectifs", "Exercice n° 2 : Goûter (10 min)", "Notes du formateur", "Réponse :", "Séance 3 : Thé"),
    "es": ("Objetivos", "¡Ejercicio n.º 2: Probar! (10 minutos)", "Notas para el docente", "Respuesta:", "Sesión 3: Té"),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_a_session_is_understood_in_its_language(name: str) -> None:
    goals, work, leaders, answer, title = KINDS[name]
    text = (f"---\nlanguage: {name}\n---\n# {title}\n\n## {goals}\n\n- A\n\n## {work}\n\nX?\n\n"
            f"**{answer}** SECRET\n\n## {leaders}\n\nHIDDEN\n")  # fmt: skip
    reading = read(text)
    session = reading.session
    assert session is not None and session.number == 3 and len(session.title.plain) < len(title)
    exercise = session.exercises()[0]
    assert exercise.number == "2" and exercise.time is not None and exercise.time.low == 10
    assert [s.kind for s in session.sections if not hidden(s)][:1] == ["objectives"]
    seen = " ".join(text.plain for text in for_learner(session).texts())
    assert "HIDDEN" not in seen and "SECRET" not in seen
    assert "HIDDEN" in " ".join(t.plain for t in session.texts())


TIMES = {
    "en": {"between 5 and 10 minutes": (5, 10), "five to ten minutes": (5, 10), "half an hour": 30, "an hour and 15 minutes": 75,
           "fifty-five minutes": 55, "20-30 min": (20, 30), "30 minimum": None, "5 marks": None},
    "de": {"20 bis 30 Minuten": (20, 30), "zwischen 5 und 10 Minuten": (5, 10), "fünf bis zehn Minuten": (5, 10), "eine halbe Stunde": 30,
           "anderthalb Stunden": 90, "fünfundfünfzig Minuten": 55, "1 Std. 15 Min.": 75},
    "fr": {"entre 5 et 10 minutes": (5, 10), "de 5 à 10 minutes": (5, 10), "cinq à dix minutes": (5, 10), "un quart d’heure": 15,
           "une demi-heure": 30, "1 h 30": 90, "quarante-cinq minutes": 45},
    "es": {"de 5 a 10 minutos": (5, 10), "entre 5 y 10 minutos": (5, 10), "media hora": 30, "hora y media": 90, "cuarenta minutos": 40,
           "cinco a diez minutos": (5, 10)},
    "pt": {"de 5 a 10 minutos": (5, 10), "entre 5 e 10 minutos": (5, 10), "meia hora": 30, "uma hora e meia": 90, "vinte minutos": 20,
           "trinta e cinco minutos": 35},
    "it": {"da 5 a 10 minuti": (5, 10), "tra 5 e 10 minuti": (5, 10), "mezz’ora": 30, "un'ora e mezza": 90, "venti minuti": 20,
           "tre quarti d'ora": 45, "da 5": None},
    "ru": {"от 5 до 10 минут": (5, 10), "20–30 минут": (20, 30), "полчаса": 30, "полтора часа": 90, "двадцать минут": 20, "1 час 15 мин": 75,
           "между 5 и 10 минутами": (5, 10)},
    "uk": {"від 5 до 10 хвилин": (5, 10), "20–30 хвилин": (20, 30), "пів години": 30, "півтори години": 90, "двадцять хвилин": 20,
           "1 година 15 хв": 75, "між 5 і 10 хвилинами": (5, 10), "п'ятдесят п’ять хвилин": 55},
    "ja": {"5〜10分": (5, 10), "30分": 30, "３０分間": 30, "1時間半": 90, "二十分": 20, "5分から10分": (5, 10), "1時間30分": 90, "2～3時間": (120, 180)},
    "zh": {"5到10分钟": (5, 10), "5至10分鐘": (5, 10), "半小时": 30, "一个半小时": 90, "二十分钟": 20, "2 小时": 120},
    "ko": {"5~10분": (5, 10), "5분에서 10분": (5, 10), "30분": 30, "1시간 반": 90, "이십 분": 20, "1시간 30분": 90},
    "ar": {"من 5 إلى 10 دقائق": (5, 10), "بين ٥ و١٠ دقائق": (5, 10), "٣٠ دقيقة": 30, "نصف ساعة": 30, "ساعة ونصف": 90, "عشرون دقيقة": 20,
           "ساعة و15 دقيقة": 75},
    "fa": {"۵ تا ۱۰ دقیقه": (5, 10), "بین ۵ تا ۱۰ دقیقه": (5, 10), "بین ۵ و ۱۰ دقیقه": (5, 10), "از 5 تا 10 دقیقه": (5, 10), "نیم ساعت": 30,
           "یک ساعت و نیم": 90, "بیست دقیقه": 20, "۱ ساعت و ۱۵ دقیقه": 75, "پنجاه و پنج دقیقه": 55, "سه ربع": 45},
    "he": {"בין 5 ל-10 דקות": (5, 10), "5 עד 10 דקות": (5, 10), "חצי שעה": 30, "שעה וחצי": 90, "עשרים דקות": 20, "שעתיים": 120},
    "hi": {"5 से 10 मिनट": (5, 10), "३० मिनट": 30, "आधा घंटा": 30, "डेढ़ घंटा": 90, "बीस मिनट": 20, "सवा घंटा": 75},
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_times_in_words_and_numerals(name: str) -> None:
    for text, wanted in TIMES[name].items():
        found = duration(text, Tongue(name), whole=True)
        expected = (wanted, wanted) if isinstance(wanted, int) else wanted
        assert (found and (found.low, found.high)) == expected, text


SAME = {
    "de": {"column_handout", "definition", "handout", "name", "site_version", "text"},
    "fr": {"agenda_minutes", "date", "discussion", "errata_page", "errata_pages", "guiding", "page", "site_pages", "how_discussion", "important", "index", "introduction",
           "questions", "site_licence", "site_note", "site_notes", "site_version", "site_version_of"},
    "pt": {"column_slides", "site_slides", "slide_number", "where_slide", "where_slides"},
}  # fmt: skip
"""Sentences with words that a language and English spell alike: "Questions", "Handout"."""


@pytest.mark.parametrize("name", [name for name in NAMES if name != "en"])
def test_no_sentence_is_left_in_english(name: str) -> None:
    """Signs, holes and units ("min", "MB") are no words; what is alike by chance is named above."""
    same = [key for key, sentence in data_of(name)["printed"].items() if sentence == english()[key]]
    said = {key: " ".join(HOLE.sub(" ", form) for form in variants(english()[key])) for key in same}
    assert {key for key in same if re.search(r"[^\W\d_]{4,}", said[key])} == SAME.get(name, set())


@pytest.mark.parametrize(
    ("language", "number", "form"),
    [("en", 1, "one"), ("en", 0, "other"), ("fr", 0, "one"), ("ru", 1, "one"), ("ru", 11, "many"),
     ("ru", 22, "few"), ("ru", 112, "many"), ("uk", 21, "one"), ("uk", 12, "many"), ("fa", 0, "one"), ("fa", 2, "other"), ("ar", 0, "zero"), ("ar", 2, "two"), ("ar", 103, "few"),
     ("ar", 99, "many"), ("ar", 100, "other"), ("he", 2, "two"), ("ja", 1, "other"), ("hi", 0, "one")],
)  # fmt: skip
def test_plural_forms_are_those_of_cldr(language: str, number: int, form: str) -> None:
    assert form_of(language, number) == form


def test_what_a_number_says_is_in_its_form() -> None:
    assert [printed("ru")("hours", n=n) for n in (1, 3, 5, 21)] == [
        "1 час",
        "3 часа",
        "5 часов",
        "21 час",
    ]
    assert printed("ar").minutes(2) == "دقيقتان" and printed("ja").minutes(60, 120) == "1～2時間"
    assert printed("de-AT").minutes(20, 30) == "20–30 Min." and printed("nl").minutes(5) == "5 min"


LOADS = """
import sys
from pathlib import Path
from courseware.course.loading import load
from courseware.language import catalogue
from courseware.model.times.timing import run_sheet
from courseware.products.labels import page_label
from courseware.products.table import PRODUCTS, Page, page
from courseware.writers import WRITERS
read, text_of = set(), catalogue._parts.__wrapped__
catalogue._parts = lambda language: read.add(language) or text_of(language)
root = Path(sys.argv[1])
course = load(root).course
for name in ("handout", "worksheet", "guide", "slides"):
    made = page(PRODUCTS[name], course, "a.md")
    WRITERS[PRODUCTS[name].writer].write(made, root, "a4")
print(*sorted(read))
"""
ENGLISH = """# Tea

## Agenda

- Welcome (10 min)
- Coffee break (15 min)

## Objectives

- Taste tea

## Tasting (a few minutes)

However you brew it, take ten minutes for it, and write down what you taste in each of the cups on the table.

Fully grown leaves that stood in hot water for five minutes taste of smoke and of earth and of the wood of a chest,
if nobody stirs, and so do the old ones. Taste. Taste again, and write each of the tastes into the table below.

:::facilitator
Say: This is tea.

Fare: five.
:::

## Exercise 1: Taste (half an hour)

In pairs: what do you taste?

**Answer:** Smoke.

## Facilitator notes

Say: This is tea. However, do not say which.
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["en", "de"])
def test_a_languages_file_is_read_only_where_it_is_used(name: str, tmp_path: Path) -> None:
    (tmp_path / "course.yml").write_text(f"title: T\nlanguage: {name}\n")
    (tmp_path / "a.md").write_text(ENGLISH)
    program = [sys.executable, "-c", LOADS, str(tmp_path)]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    assert done.stdout.split() == sorted({"en", name})


TEXTS = {
    "de": "Der Tee steht auf dem Tisch, und die Tassen sind für alle da. Nehmt euch eine Tasse und kostet den "
          "Tee mit geschlossenen Augen. Wonach schmeckt er, und an was erinnert er euch? Schreibt es auf und "
          "sprecht danach mit den anderen in der Gruppe.",
    "pt": "O chá está na mesa e as xícaras são para todos. Pegue uma xícara e prove o chá com os olhos "
          "fechados. Que gosto ele tem e o que ele lembra? Escreva em uma folha e depois converse com os "
          "outros do grupo sobre o que você sentiu e por que gostou ou não gostou dele.",
    "es": "El té está en la mesa y las tazas son para todos. Toma una taza y prueba el té con los ojos "
          "cerrados. ¿A qué sabe y qué te recuerda? Escríbelo en una hoja y después habla con los otros del "
          "grupo sobre lo que has sentido y por qué te gusta o no te gusta.",
    "it": "Il tè è sul tavolo e le tazze sono per tutti. Prendi una tazza e assaggia il tè con gli occhi "
          "chiusi. Che sapore ha e che cosa ti ricorda? Scrivilo su un foglio e poi parlane con gli altri del "
          "gruppo, dicendo che cosa hai sentito e perché ti piace o non ti piace.",
    "nl": "De thee staat op de tafel en de kopjes zijn voor iedereen. Neem een kopje en proef de thee met je "
          "ogen dicht. Hoe smaakt het en waar doet het je aan denken? Schrijf het op een blad en praat er dan "
          "over met de anderen in de groep, en zeg ook wat je er niet lekker aan vond.",
    "ru": "Чай стоит на столе, и чашки есть для всех. Возьмите чашку и попробуйте чай с закрытыми глазами. На "
          "что похож его вкус и о чём он вам напоминает? Запишите это на листе, а потом поговорите с другими.",
    "uk": "Чай стоїть на столі, і чашки є для всіх. Візьміть чашку та спробуйте чай із заплющеними очима. На "
          "що схожий його смак і про що він вам нагадує? Запишіть це на аркуші, а потім поговоріть з іншими "
          "у групі про те, що ви відчули, і чому він вам до смаку або ні, та як це пояснити для всіх.",
    "ja": "お茶はテーブルの上にあります。カップを取り、目を閉じて味わってください。どんな味がしますか。書き留めて話し合いましょう。",
    "zh": "茶在桌上，杯子人人有份。请拿一个杯子，闭上眼睛品尝。它是什么味道？让你想起什么？请写下来，然后和小组里的其他人讨论。",
    "ko": "차는 탁자 위에 있고 잔은 모두를 위한 것입니다. 잔을 들고 눈을 감고 맛보세요. 어떤 맛이 나나요? 적어 두고 이야기하세요.",
    "ar": "الشاي على الطاولة والأكواب للجميع. خذ كوبًا وتذوق الشاي وعيناك مغمضتان. ما طعمه؟ اكتب ذلك ثم تحدث مع الآخرين.",
    "fa": "چای روی میز است و فنجان‌ها برای همه. یک فنجان بردارید و چای را با چشمان بسته بچشید. چه مزه‌ای دارد و شما را به "
          "یاد چه می‌اندازد؟ آن را بنویسید و با دیگران در گروه صحبت کنید که چه حسی داشتید و چرا آن را دوست دارید یا ندارید و این از چه است.",
    "he": "התה על השולחן והכוסות לכולם. קחו כוס וטעמו את התה בעיניים עצומות. מה טעמו? כתבו ודברו עם האחרים.",
    "hi": "चाय मेज़ पर है और प्याले सबके लिए हैं। एक प्याला लीजिए और आँखें बंद करके चाय चखिए। इसका स्वाद कैसा है? लिख लीजिए।",
    "th": "ชาอยู่บนโต๊ะและถ้วยมีไว้สำหรับทุกคน หยิบถ้วยแล้วชิมชาโดยหลับตา รสชาติเป็นอย่างไร เขียนลงไป",
    "en": "The tea is on the table, and the cups are for all of you. Take a cup and taste the tea with your eyes "
          "closed. What does it taste of, and what does it remind you of? Write it down on a sheet, and then "
          "talk with the others in the group about what you noticed.",
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_tells_its_language(name: str) -> None:
    assert language_of(TEXTS[name]) == name
    assert language_of(TEXTS[name] + "\n```\nfor x in range(10): print(x)\n```\n") == name


SHORT = {
    "de": "# Brot backen\n\n## Der Teig\n\nMischen Sie das Mehl mit dem Wasser. Was passiert nach zehn Minuten?\n",
    "fr": "# Le pain\n\n## La pâte\n\nMélangez la farine avec de l'eau. Que se passe-t-il après dix minutes ? Notez-le sur votre feuille.\n",
    "es": "# El pan\n\n## La masa\n\nMezcle la harina con el agua. ¿Qué pasa después de diez minutos? Anótelo en su hoja.\n",
    "pt": "# O pão\n\n## A massa\n\nMisture a farinha com a água. O que acontece depois de dez minutos? Anote na sua folha o que você viu.\n",
    "it": "# Il pane\n\n## L'impasto\n\nMescola la farina con l'acqua. Che cosa succede dopo dieci minuti? Scrivi sul foglio quello che hai visto nella ciotola.\n",
    "uk": "# Хліб\n\n## Тісто\n\nЗмішайте борошно з водою. Що відбувається через десять хвилин? Запишіть на аркуші.\n",
    "ru": "# Хлеб\n\n## Тесто\n\nСмешайте муку с водой. Что происходит через десять минут? Запишите на листе.\n",
    "fa": "# نان\n\n## خمیر\n\nآرد را با آب مخلوط کنید. پس از ده دقیقه چه می‌شود؟ پاسخ را روی برگه بنویسید. چرا؟\n",
    "ar": "# الخبز\n\n## العجين\n\nاخلط الدقيق مع الماء. ماذا يحدث بعد عشر دقائق؟ اكتب ذلك على ورقتك.\n",
    "ur": "# روٹی\n\n## آٹا\n\nآٹے کو پانی میں ملائیں۔ دس منٹ بعد کیا ہوتا ہے؟ اپنے کاغذ پر لکھیں۔\n",
    "en": "# Bread\n\n## The dough\n\nMix the flour with the water. What happens after ten minutes? Write it down on your sheet.\n",
}  # fmt: skip


@pytest.mark.parametrize("name", SHORT)
def test_a_short_session_tells_its_language(name: str) -> None:
    assert language_of(SHORT[name]) == name


@pytest.mark.parametrize(
    "text",
    [
        "```\nfor i in a: print(i, a, o)\n```\n\n`if x then y else z` `while u do v end`",
        "alkanes/ethane.pdb propane.pdb octane.pdb pentane.pdb creatures/unicorn.dat minotaur.dat animals.csv",
        "fn gcd(a: u32, b: u32) -> u32 { if b > 0 { gcd(b, a % b) } else { a } }",
    ],
)
def test_code_and_names_tell_no_language(text: str) -> None:
    assert language_of(text) == ""


def test_a_short_session_withholds_by_the_words_of_its_language() -> None:
    text = SHORT["de"] + "\n## Hinweise für die Lehrkraft\n\nDer Teig klebt oft.\n"
    reading = read_session(text.encode(), "brot.md", vocabulary_for("en"))
    assert reading.session is not None and reading.session.sections[-1].audience == "facilitator"
    assert "C107" in [found.code for found in reading.findings]


def test_a_few_foreign_words_tell_nothing() -> None:
    assert language_of("Say こんにちは and 你好 to the class. " + TEXTS["en"]) == "en"
    assert language_of("x = 1") == "" and language_of("Une phrase.") == ""


@pytest.mark.parametrize(
    ("said", "tag"),
    [("de", "de"), ("pt-BR", "pt-BR"), ("pt_BR", "pt-BR"), ("German", "de"), ("jp", "ja"), ("日本語", "ja"),
     ("zh-Hant-TW", "zh-Hant-TW"), ("klingon", ""), ("xx", ""), ("en-", ""), ("de_DE.UTF-8", "de-DE")],
)  # fmt: skip
def test_tags(said: str, tag: str) -> None:
    assert tag_of(said) == tag


@pytest.mark.parametrize(
    ("tag", "direction"),
    [("ar", "rtl"), ("he-IL", "rtl"), ("fa", "rtl"), ("en", "ltr"), ("pa-Arab", "rtl"), ("ar-Latn", "ltr"),
     ("uz_Arab_AF", "rtl"), ("ja", "ltr")],
)  # fmt: skip
def test_directions(tag: str, direction: str) -> None:
    assert direction_of(tag) == direction


def findings_of(folder: Path, front: str, settings: str = "title: T") -> list[str]:
    (folder / "course.yml").write_text(settings)
    (folder / "a.md").write_text(f"---\n{front}\n---\n# A\n\nText.\n")
    return [f.code for f in load(folder).findings]


def test_a_wrong_language_is_told(tmp_path: Path) -> None:
    assert findings_of(tmp_path, "language: german") == ["C172"]
    assert load(tmp_path).course.sessions[0].language == "de"
    assert findings_of(tmp_path, "language: klingon") == ["C172"]
    assert findings_of(tmp_path, "lang: nl") == ["C173"]
    told = findings_of(tmp_path, "title: A", "language: Dutch\ntitle: T")
    assert sorted(told) == ["C172", "C173"]
    assert load(tmp_path).course.language == "nl"
    assert findings_of(tmp_path, "language: de") == []


FRENCH = """# {}

Nous sommes sur le point de créer notre première page web : une page d’accueil pour votre blog ! Mais d’abord,
commençons par en apprendre un peu plus. Vous pouvez voir une adresse chaque fois que vous visitez un site, et elle est
visible dans la barre de votre navigateur, avec les pages que vous avez vues.
"""


def test_a_course_without_a_stated_language_is_in_that_of_its_sessions(tmp_path: Path) -> None:
    for name in ("Été", "Hiver"):
        (tmp_path / f"{name}.md").write_text(FRENCH.format(name))
    course = load(tmp_path).course
    assert course.language == "fr"
    assert [chapter.file for chapter in chapters(course).values()] == ["été", "hiver"]
    (tmp_path / "Third.md").write_text("# Third\n\nA text of a few words.\n")
    course = load(tmp_path).course
    assert (course.language, [s.language for s in course.sessions]) == ("fr", ["fr", "fr", "en"])
    (tmp_path / "Fourth.md").write_text("# Fourth\n\nA text of a few words.\n")
    assert load(tmp_path).course.language == "en"
    (tmp_path / "course.yml").write_text("language: en\n")
    (tmp_path / "Fourth.md").unlink()
    assert load(tmp_path).course.language == "en"


@pytest.mark.parametrize(
    ("settings", "marked"),
    [("language: ar", True), ("language: en", False), ("language: ar\ndirection: ltr", False),
     ("direction: rtl", True)],
)  # fmt: skip
def test_direction_reaches_html_and_styles(tmp_path: Path, settings: str, marked: bool) -> None:
    (tmp_path / "course.yml").write_text(f"title: T\n{settings}\n")
    (tmp_path / "a.md").write_text("# A\n\nText.\n")
    found = page(PRODUCTS["handout"], load(tmp_path).course, "a.md")
    assert found is not None
    assert (' dir="rtl"' in render(found, tmp_path)) == marked
    sheets = [s.name for s in stylesheets(found, tmp_path, "a4") if isinstance(s, Path)]
    assert ("rtl.css" in sheets) == marked


@pytest.mark.parametrize("language", ["ru", "uk", "el", "vi", "en"])
def test_letters_that_the_text_face_lacks_are_in_one_face_with_latin_ones(language: str, tmp_path: Path) -> None:  # fmt: skip
    found = paged(
        "handout",
        tmp_path,
        f"title: T\nlanguage: {language}\n",
        f"---\nlanguage: {language}\n---\n# HTML и ещё, ά, ế\n\nТекст *HTML* и **ґ**.\n",
    )
    with pikepdf.open(BytesIO(written(found, tmp_path, "a4").data)) as document:
        faces = {str(font.BaseFont) for font in document.pages[0].Resources.Font.values()}
    assert any("Carlito" in face for face in faces) == (language != "en")
    assert any("DejaVu" in face for face in faces) == (language == "en")


ARABIC = "# الشاي\n\n## الأهداف\n\n- التمييز بين الأسئلة المفتوحة والمغلقة\n- كتابة سؤال (open question) واحد\n"


def test_what_print_says_in_arabic_can_be_read_out_of_it(tmp_path: Path) -> None:
    """Letters come out of a PDF as they went in; a lam and its alef in either order."""
    (tmp_path / "course.yml").write_text("title: دورة\nlanguage: ar\n")
    (tmp_path / "a.md").write_text(ARABIC)
    loaded = load(tmp_path)
    found = page(PRODUCTS["handout"], loaded.course, "a.md")
    assert found is not None
    pdf = PdfDocument(written(found, tmp_path, "a4").data)
    said = letters(pdf[0].get_textpage().get_text_bounded())
    assert all(
        letters(word) in said
        for word in ["التمييز", "بين", "الأسئلة", "المفتوحة", "والمغلقة", "واحد"]
    )


def test_arabic_ligatures_are_copied_in_order(tmp_path: Path) -> None:
    """A reader that turns a line around turns the letters of a sign for two, too."""
    said = "لأن العلاقة مهمة خلال الاجتماع بلا إلا الآن"
    (tmp_path / "course.yml").write_text("title: درس\nlanguage: ar\n")
    (tmp_path / "a.md").write_text(f"# شاي\n\n## درس\n\n{said}\n")
    found = page(PRODUCTS["handout"], load(tmp_path).course, "a.md")
    assert found is not None
    pdf = PdfDocument(written(found, tmp_path, "a4").data)
    assert said in pdf[0].get_textpage().get_text_bounded()


def test_what_print_says_in_hindi_can_be_read_out_of_it(tmp_path: Path) -> None:
    """Vowels stand before the letters that they are read behind, and are joined to others."""
    said = "साक्षात्कार की योजना बना सकेंगे और भ्रामक प्रश्नों को पहचान सकेंगे"
    found = paged(
        "handout", tmp_path, "title: पाठ\nlanguage: hi\n", f"# विद्यार्थी\n\n## प्रश्न\n\n{said}\n"
    )
    pdf = PdfDocument(written(found, tmp_path, "a4").data)
    shown = pdf[0].get_textpage().get_text_bounded().split()
    assert set(said.split()) <= set(shown)


def test_words_of_korean_slides_stay_whole(tmp_path: Path) -> None:
    found = paged(
        "slides",
        tmp_path,
        "title: 과정\nlanguage: ko\n",
        "# 차\n\n## 끓이기\n\n- 물을 끓입니다\n- 배포하기 전에 다시 확인합니다\n",
    )
    deck = Presentation(BytesIO(WRITERS["pptx"].write(found, tmp_path, "a4").data))
    shapes = [shape for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    said = "".join(etree.tostring(shape._element, encoding="unicode") for shape in shapes)
    assert said.count("<a:pPr") == said.count('eaLnBrk="0"') > 2


def test_a_deck_runs_from_the_right(tmp_path: Path) -> None:
    text = (
        ARABIC
        + "\n## جدول\n\n| أ | ب |\n|---|--:|\n| ج | د |\n\n```python\nx = 1\n```\n\n## رمز\n\nافتح `admin/` الآن.\n"
        "\nاقرأ http://example.org/tea/ و `<b>نص</b>` الآن.\n"
    )
    found = paged("slides", tmp_path, "title: دورة\nlanguage: ar\n", text)
    deck = Presentation(BytesIO(WRITERS["pptx"].write(found, tmp_path, "a4").data))
    turned, tables, isolated = 0, 0, 0
    for slide in deck.slides:
        for shape in slide.shapes:
            xml = etree.tostring(shape._element, encoding="unicode")
            isolated += "<a:t>admin/\u200e</a:t>" in xml
            tables += "<a:tblPr" in xml and '<a:tblPr rtl="1"' in xml
            turned += xml.count('algn="r" rtl="1"')
            paragraphs = "".join(re.findall("<a:pPr[^>]*>", xml))
            assert "marR" not in paragraphs, "marL counts from the right edge there"
        if slide.has_notes_slide:
            notes = etree.tostring(slide.notes_slide._element).decode()
            assert 'algn="r" rtl="1"' in notes or "<a:pPr" not in notes
    assert turned >= 5 and tables == 1 and isolated == 1
    written_out = "".join(etree.tostring(s._element, encoding="unicode") for s in deck.slides)
    assert " http://example.org/tea/\u200e " in written_out
    assert "<a:t>\u202a&lt;b&gt;نص&lt;/b&gt;\u202c</a:t>" in written_out
    assert '<a:cs typeface="Consolas"/>' not in written_out
    printed_slides = slide_pages(found, tmp_path)
    assert ' dir="rtl"' in printed_slides
    assert re.search("pre {[^}]*direction: ltr", printed_slides)
    assert re.search('<span style="[^"]*direction:ltr">admin/</span>', printed_slides)
    assert '<span dir="ltr">http://example.org/tea/</span>' in printed_slides


@pytest.mark.slow
@pytest.mark.parametrize("language", ["ar", "he", "de"])
def test_a_guides_pages_say_their_course_above_and_below(language: str, tmp_path: Path) -> None:
    found = paged(
        "guide",
        tmp_path,
        f"title: Teekunde\nlanguage: {language}\n",
        "# T\n\n## A\n\nB.\n\n::: pagebreak\n\nC.\n" + "## A\n\nB.\n\n" * 40,
    )
    second = PdfDocument(written(found, tmp_path, "a4").data)[1].get_textpage()
    assert second.get_text_range().count("Teekunde") == 2


@pytest.mark.parametrize("language", ["ja", "zh", "en"])
def test_signs_of_east_asian_texts_are_marked(language: str, tmp_path: Path) -> None:
    found = paged(
        "handout", tmp_path, f"title: T\nlanguage: {language}\n", "# T\n\n## A\n\n「あ」。“B” `…`\n"
    )
    html = render(found, tmp_path)
    assert ('<span class="half">」</span>。' in html) == (language != "en")


@pytest.mark.parametrize(("language", "share"), [("ar", 0.05), ("de", 0.95)])
def test_a_guides_thumb_tab_is_away_from_the_punched_edge(
    language: str, share: float, tmp_path: Path
) -> None:
    found = paged("guide", tmp_path, f"title: T\nlanguage: {language}\n", "# T\n\n## A\n\nB.\n")
    marked = msgspec.structs.replace(found, chapters={"a.md": Chapter("8", "8")})
    shown = PdfDocument(written(marked, tmp_path, "a4").data)[0]
    text = shown.get_textpage()
    at = [text.get_charbox(n)[0] / shown.get_width() for n in range(text.count_chars())
          if text.get_text_range(n, 1) == "8"]  # fmt: skip
    assert any(abs(x - share) < 0.05 for x in at) and not any(abs(1 - x - share) < 0.05 for x in at)


def test_a_column_of_numbers_has_room_for_the_digits_of_an_arabic_face(tmp_path: Path) -> None:
    def first_column(head: str, word: str, language: str) -> int:
        text = (
            f"# T\n\n## A\n\n| {head} | B | C |\n|---|---|---|\n"
            + f"| 12 | {word * 12} | {word * 9} |\n" * 4
        )
        (tmp_path / "course.yml").write_text(f"title: T\nlanguage: {language}\n")
        (tmp_path / "a.md").write_text(text)
        found = page(PRODUCTS["slides"], load(tmp_path).course, "a.md")
        assert found is not None
        deck = Presentation(BytesIO(WRITERS["pptx"].write(found, tmp_path, "a4").data))
        tables = [s.table for slide in deck.slides for s in slide.shapes if s.has_table]
        return int(tables[0].columns[0].width)

    assert first_column("د", "كلمة ", "ar") > 1.1 * first_column("m", "word ", "en")


def test_a_long_word_of_a_cue_is_whole(tmp_path: Path) -> None:
    found = paged(
        "guide",
        tmp_path,
        "title: T\nlanguage: de\n",
        "# T\n\n## A\n\nB.\n\n::: leitung\nHeraushören: Zweifel.\n:::\n",
    )
    pdf = PdfDocument(written(found, tmp_path, "a4").data)
    assert "HERAUSHÖREN" in pdf[0].get_textpage().get_text_range()


def test_a_wide_colon_behind_a_label_is_the_only_one(tmp_path: Path) -> None:
    text = "# 第1回：お茶\n\n## お茶\n\n### 緑茶\n\n**仕事：**\n\n- 摘む\n- 蒸す\n\n**中心：** 甘さ。\n\n## 演習1：味わう（10分）\n\nこれは何ですか？\n"
    (tmp_path / "course.yml").write_text("title: 講座\nlanguage: ja\n")
    (tmp_path / "a.md").write_text(text)
    course = load(tmp_path).course
    for name in ("handout", "worksheet", "guide", "slides"):
        found = page(PRODUCTS[name], course, "a.md")
        assert found is not None
        html = slide_pages(found, tmp_path) if name == "slides" else render(found, tmp_path)
        said = re.sub("<[^>]*>", "", html)
        assert "味わう" in said and not re.search("：\\s*[:：]", said), name


@pytest.mark.parametrize("language", NAMES)
def test_each_word_for_a_fact_below_the_title_is_read(language: str) -> None:
    """Also where signs of vowels stand in it, which are no letters to Python: "अवधि: 60 मिनट"."""
    for word in data_of(language)["meta"]:
        text = f"---\nlanguage: {language}\n---\n# T\n\n{word[:1].upper()}{word[1:]}: A9\n\n## A\n\nB.\n"
        session = read_session(text.encode(), "a.md", vocabulary_for(language)).session
        assert session is not None
        assert session.meta, word


@pytest.mark.parametrize(
    ("language", "face"),
    [("ja", "Yu Gothic"), ("ko-KR", "Malgun Gothic"), ("zh", "Microsoft YaHei"), ("zh-TW", "Microsoft JhengHei"),
     ("de", ""), ("ar", "")],
)  # fmt: skip
def test_a_deck_names_the_face_of_its_letters(language: str, face: str, tmp_path: Path) -> None:
    (tmp_path / "course.yml").write_text(f"title: T\nlanguage: {language}\n")
    (tmp_path / "a.md").write_text("# T\n\n## A\n\nB.\n")
    found = page(PRODUCTS["slides"], load(tmp_path).course, "a.md")
    assert found is not None
    made = zipfile.ZipFile(BytesIO(WRITERS["pptx"].write(found, tmp_path, "a4").data))
    theme = made.read("ppt/theme/theme1.xml").decode()
    assert re.findall('<a:ea typeface="([^"]*)"', theme) == [face, face]
    assert re.findall('Font><a:latin typeface="([^"]*)"', theme) == ["Calibri", "Calibri"]


def test_the_built_in_template_is_mirrored_for_text_from_the_right() -> None:
    plain, turned = (read_template(data, {})[0] for data in (builtin(), mirrored(builtin())))
    for name, layout in plain.layouts.items():
        places = turned.layouts[name].places
        for key, place in layout.places.items():
            assert places[key].x == pytest.approx(plain.width - place.x - place.width, abs=0.1)
            assert places[key].insets == tuple(place.insets[n] for n in (2, 1, 0, 3))
    title = turned.layouts["title"].places
    assert title["figure"].x < title["title"].x


@pytest.mark.parametrize(("language", "parts"), [("de", 2), ("ja", 1)])
def test_a_word_wider_than_its_place_has_soft_hyphens(language: str, parts: int) -> None:
    word = "Rechtsschutzversicherungsgesellschaften"
    template = templates()[0]
    place = msgspec.structs.replace(template.layouts["content"].places["body"], width=300.0)
    line = Line((Run(f"Zur {word}"), Run(word, code=True)), 24, 29)
    slide = ComposedSlide(1, "content", "T", (Box(place, TextOf((line,), 29)),))
    made = hyphenated(slide, template, language).boxes[0].content
    assert isinstance(made, TextOf)
    prose, code = made.lines[0].runs
    assert len(prose.text.split("\u00ad")) == parts
    assert prose.text.replace("\u00ad", "") == f"Zur {word}" and code.text == word
    wide = msgspec.structs.replace(place, width=900.0)
    slide = ComposedSlide(1, "content", "T", (Box(wide, TextOf((line,), 29)),))
    assert hyphenated(slide, template, language) == slide


def test_a_title_in_a_narrowed_place_has_no_soft_hyphens() -> None:
    template = templates()[0]
    place = template.layouts["section"].places["title"]
    narrow = msgspec.structs.replace(place, width=place.width / 3)
    line = Line((Run("Communication Framework"),), 40, 48)
    slide = ComposedSlide(1, "section", "T", (Box(narrow, TextOf((line,), 48)),))
    assert hyphenated(slide, template, "en") == slide
    body = msgspec.structs.replace(narrow, name="body")
    slide = ComposedSlide(1, "section", "T", (Box(body, TextOf((line,), 48)),))
    assert hyphenated(slide, template, "en") != slide


def test_lines_of_a_title_are_not_balanced_at_the_price_of_a_word() -> None:
    template = templates()[0]
    whole = template.layouts["title"].places["title"]
    place = msgspec.structs.replace(whole, width=330.0)
    for words in (
        "Versicherungen vergleichen",
        "Zusammenarbeitsvereinbarung",
        "演習の進め方と振り返り",
    ):
        found = title((Run(words),), "", place, template)
        narrow = balanced(found.measured, found.runs, place, template)
        style = Style(
            template.faces[place.levels[0].family], template.faces[template.code], bold=True
        )
        room = narrow.inner_width / found.measured.line.size
        widest = style.advance(Run(words), words.split()[0])
        assert room >= min(widest, place.inner_width / found.measured.line.size) or "演" in words


@pytest.mark.parametrize(
    ("tex", "shown"),
    [(r"A = \pi r^2", "A = πr²"), ("x < -3", "x < −3"), ("a_n", "aₙ"), (r"\frac{a}{b}", ""),
     ("x^{q}", ""), (r"\nonsense", "")],
)  # fmt: skip
def test_a_formula_of_one_line_is_text(tex: str, shown: str) -> None:
    assert as_letters(tex) == shown


def test_no_picture_stands_in_a_line_from_the_right(tmp_path: Path) -> None:
    """Nobody knows where in it: an office program sets Arabic in a face of its own."""
    found = paged(
        "slides",
        tmp_path,
        "title: دورة\nlanguage: ar\n",
        r"# الحساب"
        "\n\n"
        r"## القانون"
        "\n\n"
        r"المساحة $A = \pi r^2$ والنسبة $\frac{a}{b}$ هنا."
        "\n",
    )
    html = render_deck(found, tmp_path)
    assert "\u200eA = πr²\u200e" in html and r"<code>\frac{a}{b}</code>" in html


def test_code_on_a_deck_from_the_right_runs_from_the_left() -> None:
    line = Line((Run("x"),), 20, 24, align="left")
    place = templates()[0].layouts["content"].places["body"]
    boxes = (Box(place, TextOf((line,), 24)), Box(place, TextOf((line,), 24, "python")))
    made = turn(ComposedSlide(1, "content", "T", boxes))
    text, code = (box.content for box in made.boxes)
    assert isinstance(text, TextOf) and isinstance(code, TextOf)
    assert (text.lines[0].align, text.lines[0].from_right) == ("right", True)
    assert code.lines[0] == line


@pytest.mark.parametrize(
    ("text", "count"),
    [("one two – three", 4), ("これは文章です", 4), ("使う API を選ぶ", 4), ("第3回", 2), ("차는 탁자 위에", 3),
     ("ชาอยู่บนโต๊ะ", 3), ("", 0), ("Größe für alle", 3)],
)  # fmt: skip
def test_words_are_counted_where_no_spaces_are(text: str, count: int) -> None:
    assert count_words(text) == count


@pytest.mark.parametrize(
    ("text", "said"),
    [("one two three, four five", "one two three…"), ("one two three", "one two three"),
     ("创建一个模板是指创建", "创建一个模板…"), ("新しいテンプレートの作成", "新しい…"), ("短い、文", "短い、文"),
     ("まず、自分のコードを", "まず…"), ("自分のサーバー", "自分の…"), ("新建模板、是指创建", "新建模板…")],
)  # fmt: skip
def test_first_words_are_few_where_no_spaces_are(text: str, said: str) -> None:
    assert first_words(text, 3) == said


def test_heads_of_siblings_tables_have_no_wide_colon() -> None:
    rows = "".join(f"### {name}\n\n**問題：** 遅い\n\n**抜け道：** 待つ\n\n" for name in "甲乙丙")
    session = read(f"---\nlanguage: ja\n---\n# T\n\n## 節\n\n{rows}").session
    assert session is not None
    (found,) = parallels(session.sections)
    assert found.labels == ("問題", "抜け道")


def test_an_address_in_text_from_the_right_runs_from_the_left(tmp_path: Path) -> None:
    text = "# الجلسة\n\n- راجع https://example.org/docs/، ثم <https://example.org/a/>.\n"
    (tmp_path / "one.md").write_text(text, "utf-8")
    for language, marks in (("ar", 2), ("en", 0)):
        (tmp_path / "course.yml").write_text(f"title: T\nlanguage: {language}\n", "utf-8")
        found = page(PRODUCTS["handout"], load(tmp_path).course, "one.md")
        assert found is not None
        html = render(found, tmp_path)
        assert html.count('<span dir="ltr">') == marks
        assert ('<span dir="ltr">https://example.org/docs/</span>،' in html) == bool(marks)


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("في /etc/hosts. ثم", ["/etc/hosts"]),
        ("المجلد data/ هنا", ["data/"]),
        ("(~/x/y.md)، ثم ../a", ["~/x/y.md", "../a"]),
        ("example.org/tea/ وكذلك TCP/IP", ["example.org/tea/", "TCP/IP"]),
        ("في C:\\data\\x هنا", ["C:\\data\\x"]),
        ("نعم و/أو لا، text وحدها", []),
    ],
)
def test_a_path_among_words_is_one_piece(text: str, paths: list[str]) -> None:
    assert ADDRESS.findall(text) == paths


@pytest.mark.parametrize(
    ("said", "from_left"),
    [
        ("راجع http://127.0.0.1:8000/ الآن.", ["http://127.0.0.1:8000/"]),
        ("الوسم `<section></section>` قسم.", ["&lt;section&gt;&lt;/section&gt;"]),
        ("الوسم `<strong>نص</strong>` غامق.", ["&lt;strong&gt;نص&lt;/strong&gt;"]),
        ("بين `<p>` و `</p>` فقرة.", ["&lt;p&gt;", "&lt;/p&gt;"]),
        ("ثم `<!DOCTYPE html>` أولا.", ["&lt;!DOCTYPE html&gt;"]),
        ("الأصغر 3 < 5 و 7 > 6.", []),
    ],
)
def test_an_address_or_markup_on_a_slide_that_a_guide_tells_runs_from_the_left(
    tmp_path: Path, said: str, from_left: list[str]
) -> None:
    text = f"# الجلسة\n\n## الحديث (20 دقيقة)\n\n{said}\n"
    (tmp_path / "one.md").write_text(text, "utf-8")
    (tmp_path / "course.yml").write_text("title: T\nlanguage: ar\n", "utf-8")
    found = page(PRODUCTS["guide"], load(tmp_path).course, "one.md")
    assert found is not None
    talk = found.session.sections[0]
    cited = msgspec.structs.replace(found, maps={"slides": {talk.id: 1, talk.blocks[0].id: 2}})
    html = render(cited, tmp_path)
    told = html.partition('class="on-slides"')[2].partition("</div>")[0]
    assert re.findall(r'<span dir="ltr">(.*?)</span>', told) == from_left


def test_lines_of_an_item_from_the_right_begin_alike(tmp_path: Path) -> None:
    words = "تتعلم هنا كيف تعمل الأشياء معا " * 9
    (tmp_path / "one.md").write_text(f"# الجلسة\n\n- {words}\n- {words}\n", "utf-8")
    found = page(PRODUCTS["handout"], load(tmp_path).course, "one.md")
    assert found is not None
    ends = set[float]()
    for sheet in laid_out(found, tmp_path, "a4").pages:
        for line in sheet._page_box.descendants():
            if isinstance(line, boxes.LineBox) and line.element_tag == "li":
                texts = [b for b in line.descendants() if isinstance(b, boxes.TextBox)]
                texts = [box for box in texts if box.element_tag == "li"]
                ends |= {round(max(b.position_x + b.width for b in texts))} if texts else set()
    assert len(ends) == 1


def test_things_that_are_listed_are_parted_by_the_signs_of_the_language(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("# 一\n\n## 話す（20分）\n\n文。\n", "utf-8")
    for language, comma, semicolon in (("ja", "、", "、"), ("ar", "، ", "؛ "), ("zh", "、", "；")):
        said = printed(language)
        assert (said.comma, said.semicolon) == (comma, semicolon)
        (tmp_path / "course.yml").write_text(f"title: T\nlanguage: {language}\n", "utf-8")
        found = page(PRODUCTS["guide"], load(tmp_path).course, "one.md")
        assert found is not None
        cited = msgspec.structs.replace(found, maps={"handout": {"a": 1, "b": 2, "c": 3}})
        assert cited.span("handout", ["a", "c"]) == f"1{comma}3"


def test_a_time_stands_without_the_brackets_of_its_heading(tmp_path: Path) -> None:
    text = "# 一\n\n## 演習\n\n### 演習1：話す（25分）\n\n二人で話してください。\n"
    (tmp_path / "one.md").write_text(text, "utf-8")
    (tmp_path / "course.yml").write_text("title: T\nlanguage: ja\n", "utf-8")
    found = page(PRODUCTS["handout"], load(tmp_path).course, "one.md")
    assert found is not None
    html = render(found, tmp_path)
    assert "25分" in html and "（25分" not in html


def test_persian_prints_its_own_digits_and_labels_of_pages_keep_latin_ones() -> None:
    say = printed("fa")
    assert say.minutes(20, 30) == "۲۰–۳۰ دقیقه" and say.numeral("09:30") == "۰۹:۳۰"
    assert say("slide_number", number=3).endswith("۳")
    assert page_label(say, "worksheet", "7", 3).endswith("7·W3") and say.numeral("7·W3") == "7·W3"
    assert "1984" in say("guide_title", title="1984"), "an author's words stay as they are"
    assert {name for name in NAMES if printed(name).numeral(7) != 7} == {"fa"}


def test_a_course_prints_the_digits_that_its_words_say() -> None:
    say = printed("ar", {"digits": "٠١٢٣٤٥٦٧٨٩"})
    assert say.numeral("9:30") == "٩:٣٠"
    assert printed("ar", {"digits": "٠١"}).numeral(7) == "7", "ten digits, or none"


@pytest.mark.parametrize(
    ("language", "title"), [("fa", "جلسهٔ ۳"), ("ar", "الجلسة ٣"), ("ja", "第３回")]
)
def test_a_sessions_label_is_printed_as_it_was_written(language: str, title: str) -> None:
    session = read(f"---\nlanguage: {language}\n---\n# {title}: A\n\n## B\n\nC.\n").session
    assert session is not None
    assert (session.number, session.label) == (3, title)


PERSIAN = """# چای

## معرفی (۱۰ دقیقه)

1. آب

2. چای

## تمرین ۱: چشیدن (15 دقیقه)

1. چه مزه‌ای دارد؟
2. چرا؟

## یادداشت برای مدرس

صبر کنید.
"""


@pytest.mark.parametrize("product", ["handout", "guide", "worksheet"])
def test_a_persian_page_has_no_latin_digit_but_the_authors(product: str, tmp_path: Path) -> None:
    (tmp_path / "course.yml").write_text("title: ت\nlanguage: fa\n")
    (tmp_path / "a.md").write_text(PERSIAN)
    made = page(PRODUCTS[product], load(tmp_path).course, "a.md")
    assert made is not None
    document = laid_out(made, tmp_path, "a4")
    inside = (box for sheet in document.pages for box in sheet._page_box.descendants())
    said = " ".join(box.text for box in inside if isinstance(box, boxes.TextBox))
    assert re.search("[۰-۹]", said)
    assert not re.search("[0-9]", said.replace("15", "")), said


@pytest.mark.parametrize("language", ["ja", "zh", "zh-TW"])
def test_brackets_are_full_width_where_letters_are(language: str) -> None:
    say = printed(language)
    assert say("part_of", part=1, all=2) == "（1/2）" and say.comma == "、"
    narrow = [
        key
        for key, said in data_of(language[:2])["printed"].items()
        if re.search("[()]", str(said))
    ]
    assert not narrow
    template = templates()[0]
    place = template.layouts["title"].places["title"]
    found = title((Run("茶"),), say("part_of", part=1, all=2), place, template)
    assert "".join(run.text for run in found.runs) == "茶（1/2）"


def test_a_comma_between_things_is_not_that_between_facts_in_chinese() -> None:
    assert printed("zh")("and_then", one="3", two="30 分钟") == "3，30 分钟"
    assert printed("zh").comma.join("甲乙丙") == "甲、乙、丙" and printed("en").comma == ", "
