/* What the page holds: its notes, each with its passage and the link to it; the texts of the interface; what this
   browser keeps for its reader. */

let text = null;   // the element that holds the article
let items = [];    // one for each note, in their order
let words = {};
let wide = false;  // whether the notes stand in a margin; the styles say from which width on

/* A note, the links to it, its marks; `top`, `brief` and so on are told by placing.js. */
function item(note) {
  const parts = [...note.children].filter(part => !part.matches(".postil-note__head, .postil-note__title, script"));
  return { note, name: note.id.slice(5), parts, ref: null, spoken: null, marks: [], out: false };
}

function collect() {
  items = [...document.querySelectorAll(".postil-note")].map(item);
  const known = new Map(items.map(one => [one.note.id, one]));
  text = items.length ? items[0].note.closest(".md-typeset") || items[0].note.parentElement : null;
  if (!text) return;
  text.querySelectorAll(".postil-ref, .postil-spoken").forEach(link => {
    const one = known.get(decode(link.hash));
    if (one) one[link.matches(".postil-ref") ? "ref" : "spoken"] = link;
  });
  text.querySelectorAll(".postil-passage").forEach(mark => known.get(mark.getAttribute("aria-details"))?.marks.push(mark));
  items = items.filter(one => one.ref);
  items.forEach(one => { one.annotation = annotated(one.ref); });
  const holder = document.querySelector("[data-postil-texts]");
  words = holder ? JSON.parse(holder.dataset.postilTexts) : {};
}

function decode(hash) {
  try { return decodeURIComponent(hash.slice(1)); } catch { return ""; }
}

function itemOf(element) {
  const note = element.closest(".postil-note");
  return note ? items.find(one => one.note === note) : null;
}

/* The notes on the words at an element, the innermost passage first. */
function itemsAt(element) {
  const found = [];
  for (let mark = element.closest(".postil-passage"); mark; mark = mark.parentElement.closest(".postil-passage")) {
    const one = items.find(other => other.marks.includes(mark));
    if (one && !found.includes(one)) found.push(one);
  }
  return found;
}

/* Those whose passages share words with this one's. */
function companions(one) {
  return items.filter(other => other !== one && other.marks.some(mark =>
    one.marks.some(own => own.contains(mark) || mark.contains(own))));
}

/* Whether that has changed. */
function measure() {
  const before = wide;
  wide = getComputedStyle(document.documentElement).getPropertyValue("--postil-wide").trim() === "1";
  return wide !== before;
}

function inText() { return !wide && text.classList.contains("postil-in-text"); }

/* What readers chose; a browser may refuse to keep anything. */
function kept(name) {
  try { return localStorage.getItem("postil-" + name); } catch { return null; }
}

function keep(name, value) {
  try { localStorage.setItem("postil-" + name, value); } catch { /* it holds for this page only */ }
}

function made(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function button(label, className, act) {
  const element = made("button", { type: "button", className }, label);
  element.addEventListener("click", act);
  return element;
}
