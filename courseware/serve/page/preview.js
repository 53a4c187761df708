// The preview's page: it shows what the server tells, and tells the server what is looked at.

const one = (id) => document.getElementById(id);
const root = document.documentElement;
const asked = new URLSearchParams(location.search);
const MARKED = 9000; // milliseconds that changed blocks are marked
const RIBBON = {
  learner: ["Learners get this", "What is withheld from them is not in it: its words were searched for it."],
  facilitator: ["For the facilitator: do not hand out", "It may hold cues, answers and notes. Learners get what the first tabs show."],
};
const UNITS = { page: ["page", "pages"], slide: ["slide", "slides"] };

const at = { course: null, session: null, product: asked.get("p") || "handout", view: null, page: 0, hit: null, saves: 0 };
const scrolls = new Map();
const near = new Set();
let marks = 0;

// -- small helpers -------------------------------------------------------------------------

function make(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "style") made.style.cssText = value;
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...inside);
  return made;
}

// What the server answers; null where it has nothing, or is gone: the stream of events says so.
async function ask(address) {
  try {
    const answer = await fetch(address);
    return answer.status === 200 ? await answer.json() : null;
  } catch { return null; }
}

// Calls `work` now, or once more after the call that is going on.
function once(work) {
  let running = false, again = false;
  return async function call() {
    if (running) { again = true; return; }
    running = true;
    try { await work(); }
    finally {
      running = false;
      if (again) { again = false; call(); }
    }
  };
}

// Makes what is in `old` like `made`, and keeps its elements: what has the focus, or is being clicked, stays.
function settle(old, ...made) {
  const before = [...old.childNodes];
  made.forEach((node, n) => {
    const had = before[n];
    if (!had) old.append(node);
    else if (had.isEqualNode(node)) return;
    else if (had.nodeName !== node.nodeName || had.nodeType !== Node.ELEMENT_NODE) had.replaceWith(node);
    else {
      for (const { name } of [...had.attributes]) if (!node.hasAttribute(name)) had.removeAttribute(name);
      for (const { name, value } of node.attributes) if (had.getAttribute(name) !== value) had.setAttribute(name, value);
      settle(had, ...node.childNodes);
    }
  });
  before.slice(made.length).forEach((node) => node.remove());
}

// Scrolls `inside` until `shown` is in it; the page itself stays where it is.
function reveal(inside, shown) {
  if (!shown) return;
  const outer = inside.getBoundingClientRect(), inner = shown.getBoundingClientRect();
  if (inner.top < outer.top || inner.bottom > outer.bottom) inside.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
  if (inner.left < outer.left || inner.right > outer.right) inside.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
}

const still = { preventScroll: true };
const count = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
const session = () => at.course?.sessions.find((row) => row.key === at.session);
const product = () => at.course.products.find((row) => row.key === at.product);
const unit = () => UNITS[at.view?.unit || "page"];
const named = (row) => [row.number === null ? "" : String(row.number).padStart(2, "0"), row.title].filter(Boolean).join(" ");

// -- editors -------------------------------------------------------------------------------

function address(line, column = 1, file = session()?.file) {
  const template = at.course.editors[one("editor").value] || "";
  const path = encodeURI(`${at.course.root}/${file}`).replace(/[#?&+;=']/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const full = path.startsWith("/") ? path : `/${path}`;
  return template && template.replaceAll("{path}", full).replaceAll("{line}", line).replaceAll("{column}", column);
}

async function copy(text) {
  try { await navigator.clipboard.writeText(text); say(`Copied ${text}`); }
  catch { say(text); }
}

// What was said stays for some seconds, whatever is laid out meanwhile.
let told = "";
function say(text) {
  one("detail").textContent = told = text;
  setTimeout(() => { if (told === text) { told = ""; drawState(); } }, 4000);
}

// A link to a line: the editor's address, or a copy of path and line where there is none.
function lead(link, line, column = 1, file = undefined) {
  const target = address(line, column, file);
  link.href = target || `#L${line}`;
  link.dataset.line = line;
  link.dataset.copy = target ? "" : `${at.course.root}/${file || session()?.file}:${line}`;
}

function drawEditors() {
  const select = one("editor");
  if (select.options.length) return;
  for (const name of Object.keys(at.course.editors)) select.append(make("option", { value: name }, name));
  select.value = localStorage.getItem("editor") || at.course.editor;
  if (!select.value) select.value = at.course.editor;
  select.onchange = () => { localStorage.setItem("editor", select.value); drawPages(); drawFindings(); };
}

// -- sessions and tabs -----------------------------------------------------------------------

function stateOf(row) {
  const kinds = ["error", "warning", "note"].filter((kind) => row.counts[kind]);
  if (row.state === "unread") return ["not read yet", ""];
  if (!kinds.length) return [row.state === "broken" ? "cannot be read" : "no findings", row.state];
  return [kinds.map((kind) => count(row.counts[kind], kind)).join(", "), kinds[0]];
}

function drawSessions() {
  const list = one("list"), filter = one("filter").value.toLowerCase();
  const rows = at.course.sessions.filter((row) => `${named(row)} ${row.file}`.toLowerCase().includes(filter));
  settle(list, ...rows.map((row) => {
    const [state, kind] = stateOf(row);
    const button = make("button", { type: "button", "data-session": row.key, "aria-current": row.key === at.session ? "true" : null },
      make("b", {}, named(row)),
      make("span", {}, row.minutes ? `${row.minutes} min` : ""),
      make("small", { class: `sev ${kind}` }, state));
    return make("li", {}, button);
  }));
  const row = session();
  const [state] = row ? stateOf(row) : ["no session"];
  one("session").textContent = [row && named(row), row?.minutes && `${row.minutes} min`, state !== "no findings" && state].filter(Boolean).join(" · ");
  one("title").textContent = at.course.title;
}

let drawn = "";

function tabText(key) {
  const tab = at.view?.states?.[key] || { state: "none", count: 0, exists: true };
  if (!tab.exists) return "not in this session";
  const pages = tab.count ? `${count(tab.count, key.endsWith("slides") ? "slide" : "page")} · ` : "";
  return pages + { none: "when you look", busy: "laying out", first: "laying out", fresh: "up to date", kept: "last good pages" }[tab.state];
}

function drawTabs() {
  const groups = [["learner", "Learners get"], ["facilitator", "Only you see"]].map(([audience, title]) =>
    make("div", { class: `group ${audience}`, role: "presentation" }, make("span", { "aria-hidden": "true" }, title),
      ...at.course.products.filter((row) => row.audience === audience).map((row) =>
        make("button", { role: "tab", id: `t-${row.key}`, "data-product": row.key, "aria-controls": "pages",
          "aria-selected": String(row.key === at.product), tabindex: row.key === at.product ? 0 : -1 },
        make("b", {}, row.name), make("small", {}, tabText(row.key))))));
  settle(one("tabs"), ...groups);
  if (drawn !== `${at.session} ${at.product}`) reveal(one("tabs"), one(`t-${at.product}`));
  drawn = `${at.session} ${at.product}`;
  drawAudience();
}

function drawAudience() {
  const audience = product().audience, name = product().name;
  root.dataset.audience = audience;
  document.title = `${audience === "facilitator" ? "[Only you] " : ""}${[name, session() && named(session()), "preview"].filter(Boolean).join(" · ")}`;
  const [head, text] = RIBBON[audience];
  one("ribbon").replaceChildren(make("strong", {}, head), make("span", {}, text));
  one("pages").setAttribute("aria-labelledby", `t-${at.product}`);
}

// -- pages ---------------------------------------------------------------------------------

const size = () => (devicePixelRatio > 1.3 ? "fine" : "page");

// A picture takes the place of the one before when it is there: a page is never blank.
function load(figure) {
  const key = figure.dataset.key, before = figure.querySelector("img");
  if (before.dataset.key === key) return;
  const picture = make("img", { width: before.width, height: before.height, alt: before.alt, "data-key": key });
  picture.src = `/picture/${key}-${size()}.png`;
  before.dataset.key = key;
  picture.decode().then(() => { if (figure.dataset.key === key) figure.querySelector("img").replaceWith(picture); },
    () => { if (figure.dataset.key === key) figure.querySelector("img").dataset.key = ""; });
}

function drawHits(figure, spots, number) {
  const shown = JSON.stringify([at.session, at.product, one("editor").value, at.view.made, at.view.seconds, spots]);
  if (figure.dataset.shown === shown) return;
  figure.dataset.shown = shown;
  const held = figure.querySelector(".hits"), before = [...held.children];
  const chosen = before.includes(at.hit) ? at.hit : null, focused = before.includes(document.activeElement) ? document.activeElement : null;
  const links = spots.map(([id, line, end, changed, words, [left, top, width, height]], n) => {
    const link = make("a", { id: null, "data-id": id, "data-end": end, "data-at": `line ${line} ↗`,
      class: changed ? "new" : null, "data-new": changed, tabindex: n ? -1 : 0,
      "aria-label": `Line ${line}: ${words || "block"}`,
      style: `left:${left}%;top:${top}%;width:${width}%;height:${height}%` });
    lead(link, line);
    return link;
  });
  held.setAttribute("aria-label", `Blocks of ${unit()[0]} ${number + 1}`);
  held.replaceChildren(...links);
  const again = (link) => {
    const ofBlock = (other) => other.dataset.id === link.dataset.id, now = links.filter(ofBlock);
    return now[Math.min(before.filter(ofBlock).indexOf(link), now.length - 1)];
  };
  const hit = chosen && again(chosen);
  if (hit) { at.hit = hit; hit.classList.add("on"); }
  if (focused) again(focused)?.focus(still);
}

function drawPages() {
  const pages = one("pages"), rail = one("rail"), sheets = at.view?.sheets || [];
  pages.querySelector("p.empty")?.remove();
  while (pages.children.length > sheets.length) { seen.unobserve(pages.lastChild); close.unobserve(pages.lastChild); pages.lastChild.remove(); rail.lastChild.remove(); }
  sheets.forEach((sheet, n) => {
    let figure = pages.children[n];
    if (!figure) {
      figure = make("figure", { class: "page" }, make("figcaption"), make("img", { alt: "" }), make("div", { class: "hits", role: "group" }));
      pages.append(figure);
      rail.append(make("li", {}, make("a", { href: `#p${n + 1}`, "data-page": n }, make("img", { alt: "", loading: "lazy" }), make("span"))));
      seen.observe(figure); close.observe(figure);
    }
    figure.id = `p${n + 1}`;
    figure.className = `page${at.view.unit === "slide" ? " slide" : ""}`;
    figure.dataset.key = sheet.key;
    figure.style.setProperty("--shape", `${sheet.width} / ${sheet.height}`);
    figure.firstChild.textContent = `${unit()[0][0].toUpperCase()}${unit()[0].slice(1)} ${n + 1}`;
    const picture = figure.querySelector("img");
    picture.width = sheet.width; picture.height = sheet.height;
    picture.alt = `${unit()[0]} ${n + 1}; its words are in the links that follow`;
    if (near.has(figure) || n === at.page) load(figure);
    drawHits(figure, sheet.spots || [], n);
    drawNotes(figure, sheet.notes || []);
    drawThumbnail(rail.children[n], sheet, n);
  });
  if (!sheets.length) pages.append(make("p", { class: "empty" }, emptyText()));
  markFaults();
}

function drawNotes(figure, notes) {
  figure.querySelector(".notes")?.remove();
  if (!notes.length) return;
  figure.append(make("div", { class: "notes" }, ...notes.map(([mark, level, words, line]) => {
    const said = line ? make("a", { "data-end": line }, words) : words;
    if (line) lead(said, line);
    return make("p", { class: mark === "head" ? "head" : null, style: `margin-inline-start:${level * 1.2}em` }, mark && mark !== "head" ? `${mark} ` : "", said);
  })));
}

function drawThumbnail(item, sheet, n) {
  const link = item.firstChild, picture = link.querySelector("img"), label = link.querySelector("span:last-child");
  const source = `/picture/${sheet.key}-small.png`;
  if (picture.getAttribute("src") !== source && at.view.state !== "first") picture.src = source;
  picture.width = 72; picture.height = Math.round(72 * sheet.height / sheet.width);
  const changed = (sheet.spots || []).filter((spot) => spot[3]).length;
  link.querySelector(".dot")?.remove();
  label.replaceChildren(make("span", { class: "vh" }, `${unit()[0]} `), String(n + 1), changed ? make("span", { class: "vh" }, `, ${count(changed, "block")} changed`) : "");
  if (changed) link.insertBefore(make("span", { class: "dot", "aria-hidden": "true" }, String(changed)), label);
}

function emptyText() {
  if (at.view?.exists === false) return "This session has no such product.";
  if (at.view?.state === "kept") return "There is no page yet: mend the errors beside.";
  return "The pages are being laid out.";
}

// -- findings and source --------------------------------------------------------------------

function drawFindings() {
  const found = at.view?.findings || [];
  const kinds = ["error", "warning", "note"].map((kind) => [kind, found.filter((row) => row.severity === kind).length]).filter(([, n]) => n);
  one("fcount").textContent = kinds.map(([kind, n]) => count(n, kind)).join(", ") || "none";
  settle(one("findings"), ...found.map((row) => {
    const place = make("a", { class: "mono" }, `${row.file.split("/").pop()}${row.line ? `:${row.line}` : ""}`);
    lead(place, row.line || 1, row.column || 1, row.file);
    return make("li", { "data-line": row.file === session()?.file ? row.line : 0 },
      make("div", { class: "at" }, make("span", { class: `sev ${row.severity}` }, row.severity), place, make("span", { class: "mono" }, row.code)),
      make("p", {}, row.message),
      row.source ? make("pre", { tabindex: 0 }, row.source) : "",
      row.hint ? make("p", { class: "hint" }, make("b", {}, "Mend: "), row.hint) : "");
  }));
}

function markFaults() {
  document.querySelectorAll(".hits .fault").forEach((link) => link.classList.remove("fault"));
  if (at.view?.state !== "kept") return;
  for (const row of at.view.findings.filter((one_) => one_.severity === "error" && one_.file === session()?.file)) {
    const links = [...document.querySelectorAll(".hits a")].filter((link) => +link.dataset.line >= row.line);
    links.sort((a, b) => a.dataset.line - b.dataset.line);
    links[0]?.classList.add("fault");
  }
}

let peeked = null;
async function peek(link) {
  peeked = link;
  const line = +link.dataset.line, end = Math.min(+link.dataset.end || line, line + 12);
  one("at").textContent = `line ${line}`;
  lead(one("open"), line);
  one("open").hidden = !address(line);
  one("open").textContent = `Open line ${line} in the editor`;
  one("copy").hidden = false;
  one("copy").textContent = `Copy ${session().file}:${line}`;
  one("copy").dataset.copy = `${at.course.root}/${session().file}:${line}`;
  const lines = await ask(`/source/${at.session}/${at.product}`);
  if (!lines || peeked !== link) return;
  const rows = [];
  for (let n = Math.max(1, line - 2); n <= Math.min(lines.length, end + 3); n++) {
    rows.push(make("div", { class: n >= line && n <= end ? "here" : null }, make("i", {}, String(n)), make("span", {}, lines[n - 1].slice(0, 300) || " ")));
  }
  one("src").replaceChildren(...rows);
}

// -- moving about ----------------------------------------------------------------------------

function pick(link, focus) {
  document.querySelectorAll(".hits .on").forEach((other) => other.classList.remove("on"));
  at.hit = link;
  link.classList.add("on");
  link.closest(".hits").querySelectorAll("a").forEach((other) => { other.tabIndex = other === link ? 0 : -1; });
  if (focus) link.focus({ preventScroll: true });
  peek(link);
}

function goTo(link) {
  if (!link) return false;
  link.scrollIntoView({ block: "center" });
  pick(link, true);
  return true;
}

function goToLine(line) {
  const links = [...document.querySelectorAll(".hits a")];
  const holding = links.filter((link) => +link.dataset.line <= line && line <= +link.dataset.end);
  const after = links.filter((link) => +link.dataset.line >= line).sort((a, b) => a.dataset.line - b.dataset.line);
  return goTo(holding.at(-1) || after[0]);
}

function decoded(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

function goToHash() {
  const name = decoded(location.hash.slice(1));
  if (!name || /^L\d+$/.test(name)) return false;
  const link = [...document.querySelectorAll(".hits a")].find((other) => other.dataset.id === name);
  if (link) return goTo(link);
  const page = /^p\d+$/.test(name) ? +name.slice(1) : at.view?.blocks?.[name];
  const figure = page && one("pages").children[page - 1];
  figure?.scrollIntoView({ block: "start" });
  return Boolean(figure);
}

function goOn(links) {
  if (!links.length) return;
  goTo(links[(links.indexOf(at.hit) + 1) % links.length]);
}

const nextChange = () => goOn([...document.querySelectorAll(".hits a[data-new]")]);
let finding = -1;
function nextFinding() {
  const rows = [...one("findings").children];
  if (!rows.length) return;
  finding = (finding + 1) % rows.length;
  one("fcard").open = true;
  rows[finding].querySelector("a").focus(still);
  reveal(document.querySelector(".side"), rows[finding]);
  if (+rows[finding].dataset.line) document.querySelectorAll(".hits .fault").length || goToLine(+rows[finding].dataset.line);
}

// -- state -----------------------------------------------------------------------------------

function drawState() {
  const view = at.view, errors = view?.findings?.filter((row) => row.severity === "error").length || 0;
  const changed = (view?.sheets || []).flatMap((sheet) => (sheet.spots || []).filter((spot) => spot[3]));
  const text = {
    fresh: [`Built in ${view?.seconds ?? 0} s${errors ? `; ${count(errors, "error")} beside` : ""}`, view?.made ? `at ${view.made}` : ""],
    first: ["Page laid out", "the others follow"],
    busy: ["Laying out", "findings are of this save already; the pages of the one before"],
    none: ["Waiting", ""],
    kept: [`${view?.sheets?.length ? "Last good pages kept" : "No page yet"}: ${count(errors, "error")}`, view?.made ? `the pages are of ${view.made}` : ""],
    gone: ["The preview has stopped", "start it again with: courseware serve"],
  }[root.dataset.state === "gone" ? "gone" : view?.state || "none"];
  if (root.dataset.state !== "gone") root.dataset.state = { fresh: "ok", first: "ok", kept: "error" }[view?.state] || "busy";
  one("lamp").textContent = text[0];
  one("detail").textContent = told || text[1];
  one("diff").textContent = changed.length ? `${count(changed.length, "block")} changed` : "";
  one("next").textContent = errors ? "Next finding" : "Next change";
  one("next").hidden = !errors && !changed.length;
  one("pages").classList.toggle("stale", ["error", "gone"].includes(root.dataset.state));
}

const refresh = once(async () => {
  const key = at.session, wanted = at.product;
  const view = await ask(`/view/${key}/${wanted}`);
  if (key !== at.session || wanted !== at.product || !view) return;
  const made = at.view?.made + at.view?.seconds !== view.made + view.seconds;
  at.view = view;
  drawTabs(); drawPages(); drawFindings(); drawState();
  if (!at.placed && view.sheets.length) {
    at.placed = true;
    if (!goToHash()) restore();
  }
  if (made) {
    clearTimeout(marks);
    marks = setTimeout(() => document.querySelectorAll(".hits .new").forEach((link) => link.classList.remove("new")), MARKED);
  }
});

const reload = once(async () => {
  const course = await ask("/course");
  if (!course) return;
  if (at.course && course.saves > at.saves) saved = course.saved; // it was saved while nothing was heard
  Object.assign(at, { course, saves: course.saves });
  if (!product()) at.product = course.products[0].key;
  drawEditors();
  follow();
  if (!session()) choose((wantedSession() || course.sessions[0])?.key);
  drawSessions(); drawTabs();
  await new Promise((done) => setTimeout(done, 200)); // four hundred sessions are told one by one
});

// Goes to the session that was saved last; one that is new is told of before the list has it.
let saved = null;
function follow() {
  if (!at.course?.sessions.some((row) => row.key === saved)) return;
  const key = saved;
  saved = null;
  if (one("follow").checked) choose(key);
}

function wantedSession() {
  const word = asked.get("s") || at.course.first, bare = (row) => row.file.replace(/\.\w+$/, "");
  const ways = [(row) => [row.key, row.file, bare(row)].includes(word), (row) => bare(row).endsWith(`/${word}`), (row) => bare(row).endsWith(word)];
  return word && ways.map((way) => at.course.sessions.find(way)).find(Boolean);
}

function keepScroll() { scrolls.set(`${at.session} ${at.product}`, scrollY); }
function restore() { scrollTo({ top: scrolls.get(`${at.session} ${at.product}`) || 0, behavior: "instant" }); }

// Shows that there is no session.
function leave() {
  Object.assign(at, { session: null, view: null, hit: null });
  one("rail").replaceChildren();
  one("pages").replaceChildren(make("p", { class: "empty" }, "The course has no session yet."));
  drawFindings(); drawState();
}

function choose(key, product_ = at.product) {
  if (!key) { leave(); return; }
  if (key === at.session && product_ === at.product) return;
  keepScroll();
  Object.assign(at, { session: key, product: product_, view: null, hit: null, page: 0, placed: false });
  near.clear();
  one("pages").replaceChildren(); one("rail").replaceChildren();
  const row = session();
  history.replaceState(null, "", `?${new URLSearchParams({ s: row.file.replace(/\.\w+$/, ""), p: at.product })}${location.hash}`);
  drawSessions(); drawTabs();
  look(); refresh();
}

// One look after the other: the last one is what is looked at.
const look = once(async () => {
  if (!at.session) return;
  await fetch("/look", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ session: at.session, product: at.product, page: at.page }) }).catch(() => {});
});

let looking = 0;
const seen = new IntersectionObserver((entries) => {
  for (const entry of entries.filter((row) => row.isIntersecting)) {
    at.page = [...one("pages").children].indexOf(entry.target);
    one("rail").querySelectorAll("a").forEach((link) => {
      if (+link.dataset.page === at.page) { link.setAttribute("aria-current", "true"); reveal(one("rail").parentElement, link); }
      else link.removeAttribute("aria-current");
    });
    clearTimeout(looking);
    looking = setTimeout(look, 150);
  }
}, { rootMargin: "-40% 0px -55% 0px" });
const close = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (entry.isIntersecting) { near.add(entry.target); load(entry.target); } else near.delete(entry.target);
  }
}, { rootMargin: "60% 0px 60% 0px" });

// A browser opens few streams at once: a page that is not seen has none, and hears all when it is seen again.
let events = null;
function listen() {
  if (document.hidden) { events?.close(); events = null; return; }
  if (!events) hear();
}

function hear() {
  events = new EventSource("/events");
  const told = (name, act) => events.addEventListener(name, (event) => act(JSON.parse(event.data)));
  told("course", () => reload());
  told("findings", ({ session: key }) => { reload(); if (key === at.session) refresh(); });
  told("view", ({ session: key }) => { if (key === at.session) refresh(); });
  told("saved", ({ session: key }) => { saved = key; at.saves += 1; follow(); });
  told("end", () => { root.dataset.state = "gone"; drawState(); });
  events.onerror = () => { root.dataset.state = "gone"; drawState(); };
  events.onopen = () => { root.dataset.state = "busy"; reload().then(() => { look(); refresh(); }); };
}

// -- what the reader does ---------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-session]");
  if (chosen) { choose(chosen.dataset.session); one("sessions").open = false; one("session").focus(still); return; }
  const tab = event.target.closest("[role=tab]");
  if (tab) { choose(at.session, tab.dataset.product); return; }
  const page = event.target.closest(".rail a");
  if (page) { event.preventDefault(); one("pages").children[page.dataset.page]?.scrollIntoView({ block: "start" }); return; }
  const hit = event.target.closest(".hits a");
  if (hit) pick(hit, false);
  const note = event.target.closest(".notes a");
  if (note) peek(note);
  const link = event.target.closest("[data-copy]");
  if (link?.dataset.copy) { event.preventDefault(); copy(link.dataset.copy); }
  const row = event.target.closest(".findings li");
  if (row && !event.target.closest("a") && +row.dataset.line) goToLine(+row.dataset.line);
  if (!event.target.closest("#sessions")) one("sessions").open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const list = one("sessions");
  if (event.key === "Escape" && list.open) { list.open = false; one("session").focus(still); return; }
  if (list.open && /Arrow(Up|Down)/.test(event.key)) {
    const rows = [one("filter"), ...list.querySelectorAll("li button")], n = rows.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault(); const row = rows[Math.max(0, Math.min(rows.length - 1, n))]; row.focus(still); reveal(one("list"), row); return;
  }
  if (/INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) return;
  const tab = event.target.closest("[role=tab]");
  if (tab && /Arrow(Left|Right)|Home|End/.test(event.key)) {
    const tabs = [...document.querySelectorAll("[role=tab]")], n = tabs.indexOf(tab);
    const to = { Home: 0, End: tabs.length - 1, ArrowRight: (n + 1) % tabs.length, ArrowLeft: (n - 1 + tabs.length) % tabs.length }[event.key];
    event.preventDefault(); choose(at.session, tabs[to].dataset.product); one(`t-${at.product}`).focus(still); return;
  }
  const hit = event.target.closest(".hits a");
  if (hit && /Arrow(Up|Down)/.test(event.key)) {
    const links = [...document.querySelectorAll(".hits a")], next = links[links.indexOf(hit) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) { event.preventDefault(); next.scrollIntoView({ block: "nearest" }); pick(next, true); }
    return;
  }
  if (event.key === "c") nextChange();
  if (event.key === "f") nextFinding();
  if (event.key === "s") { list.open = true; event.preventDefault(); }
});

one("sessions").addEventListener("toggle", () => { if (one("sessions").open) { one("filter").focus(still); reveal(one("list"), one("list").querySelector("[aria-current]")); } });
one("filter").oninput = () => drawSessions();
one("next").onclick = () => (one("next").textContent === "Next finding" ? nextFinding() : nextChange());
addEventListener("hashchange", goToHash);
document.addEventListener("visibilitychange", listen);
if (innerWidth < 760) one("fcard").open = false;
listen();
