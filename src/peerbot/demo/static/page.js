// Draws the state that /demo/state gives each second, and sends what the person chooses. All words are in the page.

const $ = (id) => document.getElementById(id);
const words = JSON.parse($("words").textContent);
const narrow = window.matchMedia("(max-width: 60rem)");
const EVERY = 1000;
const UNWELL_FOR = 4;
const TOLD_FOR = 30 * EVERY;

let state = null;
let drawn = {};
let choices = Promise.resolve();
let turn = 0;
let waiting = 0;
let unwell = 0;
let saidAt = 0;

function say(name, values = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

function announce(text) {
  $("said").textContent = text;
  saidAt = Date.now();
}

function moment(iso, options = {}) {
  return new Intl.DateTimeFormat(document.documentElement.lang, {
    weekday: "short", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit",
    timeZone: state.zone, ...options,
  }).format(new Date(iso));
}

function placeName(place) {
  return say(place.dm ? "dm" : place.voice ? "voice" : "server", place);
}

/** Draw a part anew only when what it shows has changed, and leave the focus where it was. */
function draw(part, shown, make) {
  const now = JSON.stringify(shown);
  if (drawn[part] === now) return;
  drawn[part] = now;
  const focused = document.activeElement?.dataset?.key;
  const inside = $(part).contains(document.activeElement);
  make();
  if (inside && focused) $(part).querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function choice(key, title, detail, mark, chosen, isNew, choose) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.key = key;
  if (chosen) button.setAttribute("aria-current", "true");
  const text = document.createElement("span");
  const name = document.createElement("b");
  name.textContent = title;
  text.append(name);
  if (detail) {
    const small = document.createElement("small");
    small.textContent = detail;
    text.append(" ", small);
  }
  button.append(text);
  if (mark) {
    const badge = document.createElement("span");
    badge.className = isNew ? "mark new" : "mark";
    badge.textContent = mark;
    button.append(" ", badge);
  }
  button.addEventListener("click", choose);
  item.append(button);
  return item;
}

function drawPeople() {
  const you = state.people.find((person) => person.key === state.person);
  $("you").textContent = $("trying").textContent = you.name;
  draw("people", [state.people, state.person], () => {
    $("people").replaceChildren(...state.people.map((person) => {
      const chosen = person.key === state.person;
      return choice(person.key, person.name, person.part, chosen ? words.chosen : "", chosen, false, () => become(person));
    }));
    $("hints").replaceChildren(...you.hints.map((hint) => Object.assign(document.createElement("li"), { textContent: hint })));
  });
}

function drawPlaces() {
  const here = state.places.find((place) => place.key === state.place);
  const elsewhere = state.places.reduce((sum, place) => sum + (place === here ? 0 : place.new), 0);
  $("here").textContent = placeName(here);
  $("elsewhere").textContent = elsewhere && !$("where").open ? say("new-elsewhere", { count: elsewhere }) : "";
  draw("places", [state.places, state.place], () => {
    $("places").replaceChildren(...state.places.map((place) => {
      const chosen = place === here;
      const mark = chosen ? words.shown : place.new ? say("new", { count: place.new }) : "";
      return choice(place.key, placeName(place), "", mark, chosen, !chosen && place.new > 0, () => look(place));
    }));
  });
}

function drawTime() {
  $("local").textContent = moment(state.now);
  $("local").dateTime = state.now;
  $("utc").textContent = say("zone", {
    zone: state.zone,
    utc: moment(state.now, { timeZone: "UTC", day: undefined, month: undefined, second: "2-digit" }),
  });
  const due = state.next_due ? say("due", { when: moment(state.next_due) }) : words["nothing-due"];
  if ($("due").textContent !== due) $("due").textContent = due;
  $("next").setAttribute("aria-disabled", String(!state.next_due));
}

function drawChannel() {
  const here = state.places.find((place) => place.key === state.place);
  const you = state.people.find((person) => person.key === state.person);
  const title = say("frame", { place: placeName(here), name: you.name });
  if ($("channel-title").textContent !== title) {
    $("channel-title").textContent = title;
    $("frame").title = title;
  }
  if (state.frame && drawn.frame !== state.frame) {
    drawn.frame = state.frame;
    unwell = 0;
    $("frame").contentWindow.location.replace(state.frame);
  }
  $("voice").hidden = !state.voice;
  $("voice").textContent = state.voice === "in" ? words.leave : words.join;
  $("menus").hidden = !state.menus.length;
  draw("menu-buttons", state.menus, () => {
    $("menu-buttons").replaceChildren(...state.menus.map((menu) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: menu });
      button.dataset.key = menu;
      button.addEventListener("click", () => useMenu(menu));
      return button;
    }));
  });
}

/** What changed without the person's doing, in words: a room that opened, or went; a fault of the bot. */
function changes(before) {
  if (!before || before.person !== state.person) return [];
  const found = [];
  const lost = before.places.find((place) => place.key === before.place);
  if (!state.places.some((place) => place.key === lost.key)) {
    const you = state.people.find((person) => person.key === state.person);
    const here = state.places.find((place) => place.key === state.place);
    found.push(say("gone", { place: placeName(lost), name: you.name, here: placeName(here) }));
  }
  const known = new Set(before.places.map((place) => place.key));
  for (const place of state.places) {
    if (!known.has(place.key)) found.push(say("appeared", { place: placeName(place) }));
  }
  if (state.faults > before.faults) found.push(words.faults);
  return found;
}

/** Draw `next`, and tell what changed besides `own` words: those for what the person just did. */
function show(next, own) {
  const before = state;
  state = next;
  drawPeople();
  drawPlaces();
  drawTime();
  drawChannel();
  const told = [...(own ? [own()] : []), ...changes(before)].join(" ");
  if (told) announce(told);
}

async function ask(path, body) {
  const answer = await fetch(path, body === undefined ? { cache: "no-store" } : {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  if (!answer.ok) throw Object.assign(new Error(path), { status: answer.status });
  return answer.json();
}

/** Send one choice after another. Says `own` words when it is done, and returns whether it is. */
function choose(path, body, own) {
  waiting += 1;
  const chosen = choices.then(async () => {
    try {
      show(await ask(path, body()), own);
      return true;
    } catch (error) {
      announce(error.status === 409 ? words.refused : words.failed);
      return false;
    } finally {
      waiting -= 1;
      turn += 1;
    }
  });
  choices = chosen;
  return chosen;
}

/** On a small screen, close a list in which something was chosen, and go on to what comes next. */
function fold(part, next) {
  if (!narrow.matches) return;
  $(part).open = false;
  next.focus();
  next.scrollIntoView();
}

function hereName() {
  return placeName(state.places.find((place) => place.key === state.place));
}

async function become(person) {
  const told = () => say("became", { ...person, place: hereName() });
  if (await choose("/demo/look", () => ({ person: person.key }), told)) fold("who", $("who").querySelector("summary"));
}

async function look(place) {
  const told = () => say("looking", { place: hereName() });
  if (await choose("/demo/look", () => ({ person: state.person, place: place.key }), told)) fold("where", $("channel"));
}

function pass(body) {
  announce(words.moving);
  return choose("/demo/time", () => body, () => say("moved", { when: moment(state.now) }));
}

async function listMessages() {
  const { messages } = await ask("/demo/messages");
  $("message").replaceChildren(...messages.map((message) =>
    new Option(say(message.text ? "message" : "message-without-words", message), message.id)));
  $("no-messages").hidden = messages.length > 0;
  $("some-messages").hidden = $("menu-buttons").hidden = messages.length === 0;
}

async function useMenu(menu) {
  if (!await choose("/demo/menu", () => ({ menu, message: $("message").value }))) return;
  $("menus").open = false;
  $("frame").focus();
}

/** Load the frame anew when its channel was lost: a phone that slept, a machine that did. */
function tend() {
  const preview = $("frame").contentWindow?.simcordPreview;
  const well = !preview || (preview.authorized && preview.transport.state !== "uncertain");
  unwell = well ? 0 : unwell + 1;
  if (unwell >= UNWELL_FOR) {
    unwell = 0;
    $("frame").contentWindow.location.reload();
  }
}

async function poll() {
  try {
    const asked = turn;
    const next = await ask("/demo/state");
    if (asked === turn && !waiting) show(next);  // else it may be older than what is shown
    tend();
    $("stopped").hidden = true;
  } catch {
    $("stopped").hidden = false;
  }
  if ($("said").textContent && Date.now() - saidAt > TOLD_FOR) $("said").textContent = "";
  setTimeout(poll, EVERY);
}

for (const button of document.querySelectorAll("[data-minutes]")) {
  button.addEventListener("click", () => pass({ minutes: Number(button.dataset.minutes) }));
}
$("next").addEventListener("click", () => { if (state?.next_due) void pass({}); });
$("voice").addEventListener("click", () => choose("/demo/voice", () => ({ join: state.voice !== "in" })));
$("menus").addEventListener("toggle", () => { if ($("menus").open) void listMessages(); });
if (narrow.matches) $("where").open = false;
void poll();
