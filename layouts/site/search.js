"use strict";
/* Searches a course's texts in the page itself: no server, and it works from a folder. */
(() => {
  const MOST = 30;
  const form = document.querySelector("form.search");
  const field = document.getElementById("search");
  const results = document.getElementById("results");
  const texts = window.courseTexts ?? {};
  const CLOSE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff";
  const MARKS = /[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u0652\u0670]/gu;
  const WORD = /[\p{L}\p{N}\p{M}]/u;
  const pieces = new RegExp(`[${CLOSE}]+|(?:(?![${CLOSE}])[\\p{L}\\p{N}\\p{M}])+`, "gu");

  /* A text as it is compared: without case and accents. */
  const plain = (text) =>
    text.normalize("NFKD").replace(MARKS, "").toLowerCase().replaceAll("ß", "ss").replaceAll("\u03c2", "\u03c3");
  const isClose = (word) => new RegExp(`[${CLOSE}]`, "u").test(word);

  /* The name of the script that holds a word: of its first letter. */
  const letter = (word) => {
    const code = word.codePointAt(0);
    if (code < 128) return String.fromCodePoint(code);
    return code < 0x2e80 ? code.toString(16) : `${(code >> 7).toString(16)}x`;
  };

  const loading = {};
  /* Loads a script of the index once; one that is not there holds nothing. */
  const load = (name) => {
    if (name in texts) return Promise.resolve(texts[name]);
    loading[name] ??= new Promise((done) => {
      const script = document.createElement("script");
      script.src = `assets/search/${encodeURIComponent(name)}.js`;
      script.onload = () => done(texts[name]);
      script.onerror = () => done(null);
      document.head.append(script);
    });
    return loading[name];
  };

  /* The sessions that a word, or the beginning of one, leads to. */
  const sessionsOf = async (word) => {
    const wanted = isClose(word) ? [...word] : [word];
    const keys = isClose(word) && wanted.length > 1
      ? wanted.slice(1).map((c, n) => wanted[n] + c) : [word];
    let found = null;
    for (const key of keys) {
      const table = (await load(`words-${letter(key)}`)) ?? {};
      const here = new Set();
      for (const [known, numbers] of Object.entries(table)) {
        if (known.startsWith(key)) numbers.forEach((n) => here.add(n));
      }
      found = found === null ? here : new Set([...found].filter((n) => here.has(n)));
    }
    return found ?? new Set();
  };

  /* Yields the sessions to go through, in the course's order. */
  async function* sessionsWith(words) {
    if (texts.all) {
      yield* texts.all;
      return;
    }
    let found = null;
    for (const word of words) {
      const here = await sessionsOf(word);
      found = found === null ? here : new Set([...found].filter((n) => here.has(n)));
    }
    for (const number of [...(found ?? [])].sort((a, b) => a - b)) {
      const session = await load(`text-${number}`);
      if (session) yield session;
    }
  }

  /* Whether a word stands in a compared text: at a word's start, or anywhere for three letters and more. */
  const stands = (text, word) => {
    let at = text.indexOf(word);
    if (at < 0 || isClose(word) || word.length > 2) return at >= 0;
    for (; at >= 0; at = text.indexOf(word, at + 1)) {
      if (!at || !WORD.test(text[at - 1])) return true;
    }
    return false;
  };

  const find = async (words) => {
    const found = [];
    for await (const [page, title, places] of sessionsWith(words)) {
      for (const [id, heading, text] of places) {
        const [above, below] = [plain(`${title} ${heading}`), plain(text)];
        if (!words.every((word) => stands(above, word) || stands(below, word))) continue;
        const named = words.filter((word) => stands(plain(heading), word)).length;
        found.push({ page, title, id, heading, text, named });
      }
      if (found.length > 4 * MOST) break;
    }
    return found.sort((a, b) => b.named - a.named);
  };

  /* Where words stand in a text as written: its letters are compared one by one. */
  const marks = (text, words) => {
    let bare = "";
    const from = [];
    let at = 0;
    for (const character of text) {
      for (const c of plain(character)) {
        for (let n = 0; n < c.length; n++) from.push([at, at + character.length]);
        bare += c;
      }
      at += character.length;
    }
    const found = [];
    for (const word of words) {
      for (let n = bare.indexOf(word); n >= 0; n = bare.indexOf(word, n + word.length)) {
        found.push([from[n][0], from[n + word.length - 1][1]]);
      }
    }
    return found.sort((a, b) => a[0] - b[0]);
  };

  /* Puts a text into an element, from a little before its first match, with its matches marked. */
  const show = (element, text, words, most) => {
    const found = marks(text, words);
    let start = 0;
    if (text.length > most && found.length) start = Math.max(0, found[0][0] - 40);
    if (start) start = text.indexOf(" ", start) >= 0 && text.indexOf(" ", start) < found[0][0] ? text.indexOf(" ", start) + 1 : start;
    const end = Math.min(text.length, start + most);
    let at = start;
    if (start) element.append("… ");
    for (const [from, to] of found) {
      if (from < at || to > end) continue;
      element.append(text.slice(at, from));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(from, to);
      element.append(mark);
      at = to;
    }
    element.append(text.slice(at, end) + (end < text.length ? " …" : ""));
  };

  const line = (place, words) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${place.page.split("/").map(encodeURIComponent).join("/")}${place.id ? `#${encodeURIComponent(place.id)}` : ""}`;
    show(link, place.title.endsWith(place.heading) ? place.title : `${place.title} · ${place.heading}`, words, 200);
    const said = document.createElement("p");
    show(said, place.text, words, 180);
    item.append(link, said);
    return item;
  };

  const tell = (found, words) => {
    const count = document.createElement("p");
    const shown = found.slice(0, MOST);
    const say = found.length > MOST ? form.dataset.most : form.dataset.found;
    count.textContent = found.length ? say.replace("{n}", shown.length) : form.dataset.none;
    const list = document.createElement("ol");
    list.append(...shown.map((place) => line(place, words)));
    results.replaceChildren(count, ...(shown.length ? [list] : []));
  };

  let turn = 0;
  const search = async () => {
    const mine = ++turn;
    const words = [...new Set(plain(field.value).match(pieces) ?? [])];
    if (!words.length) return results.replaceChildren();
    const found = await find(words);
    if (mine === turn) tell(found, words);
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  field.addEventListener("input", search);
  if (field.value) search();
})();
