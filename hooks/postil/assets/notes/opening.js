/* One note is chosen, and one more may be shown while the pointer is over it or its passage. On a wide screen it is raised:
   lifted to its passage and wholly inside the window. On a narrow one it is a sheet (sheet.js). */

const EDGE = 8, FOOT = 16, PAUSE = 150;

let chosen = null, peeked = null, lit = null, timer = 0;

function isOpen(one) { return one === chosen || one === peeked; }
function shownNow() { return peeked || chosen; }

/* Below the bar of the theme, if it has one that stays. */
function ceiling() {
  const bar = document.querySelector(".md-header, .navbar.fixed-top");
  return EDGE + Math.max(0, bar ? bar.getBoundingClientRect().bottom : 0);
}

function choose(one, { quiet = false } = {}) {
  if (chosen && chosen !== one) shut(chosen);
  if (peeked && peeked !== one) unpeek();
  peeked = null;
  one.note.classList.remove("postil-peek");
  one.pointed = false;
  chosen = one;
  if (disclose(one)) place(true);
  equip(one);
  tell(one);
  unfold(one);
  one.note.classList.add("postil-on");
  if (wide && (one.out || one.top === undefined)) { // it had no place in the margin
    one.origin = origins()(one.note);
    one.top = anchor(one) ?? one.origin.y;
  }
  if (inText()) one.note.scrollIntoView({ block: "center", behavior: "instant" });
  else if (wide) { if (!quiet) reveal(one); fit(one); }
  else raiseSheet(one, quiet);
  light(one);
  if (quiet) return;
  one.note.tabIndex = -1;
  const annotation = one.annotation?.();
  (annotation || one.note).focus({ preventScroll: true });
  // It opens below its sign, and takes its time.
  if (annotation && !wide && !inText()) setTimeout(() => { if (one === chosen) bringAbove(one); }, 300);
}

function shut(one) {
  one.note.classList.remove("postil-on", "postil-peek");
  lowerSheet(one);
  one.note.removeAttribute("tabindex");
  if (one === chosen) chosen = null;
  if (one === peeked) peeked = null;
  settle(one);
}

/* No note is chosen any more; the keyboard goes on from the passage. */
function close() {
  const one = chosen;
  if (!one) return;
  const held = one.note.contains(document.activeElement);
  shut(one);
  light(null);
  if (held) (one.spoken || one.ref).focus({ preventScroll: true });
}

/* The passage comes into the window. */
function reveal(one) {
  const place = anchor(one);
  if (place === null) return;
  if (place - scrollY < ceiling() + 32 || place - scrollY > innerHeight - 140) scrollTo({ top: place - innerHeight * .4, behavior: "instant" });
}

/* A raised note ends inside the window and above the end of the article; if it is too tall it scrolls inside itself. */
function fit(one) {
  if (!wide || one.top === undefined) return;
  const { note } = one, least = ceiling();
  note.style.maxHeight = "";
  const ends = text.getBoundingClientRect().bottom;
  let most = Math.min(innerHeight - FOOT, ends > least + 240 ? ends : Infinity);
  let wanted = (anchor(one) ?? one.top) - scrollY;
  if (one.pointed) { // what is under the pointer stays under it
    wanted = one.top - scrollY;
    most = Math.max(most, Math.min(innerHeight, wanted + (one.brief || TICK)));
  }
  const height = Math.min(note.offsetHeight, most - least);
  if (height < note.offsetHeight) note.style.maxHeight = `${height}px`;
  stand(one, scrollY + Math.max(least, Math.min(wanted, most - height)));
}

/* Passage and note show that they belong together. */
function light(one) {
  if (lit === one) return;
  for (const [which, on] of [[lit, false], [one, true]]) {
    if (which) for (const part of [which.note, which.ref, ...which.marks]) part.classList.toggle("postil-lit", on);
  }
  lit = one;
}

function peek(one, pointed) {
  if (isOpen(one) || !wide) return;
  unpeek();
  peeked = one;
  one.pointed = pointed;
  unfold(one);
  one.note.classList.add("postil-on", "postil-peek");
  fit(one);
}

function unpeek() {
  const one = peeked;
  peeked = null;
  if (!one) return;
  one.pointed = false;
  if (one !== chosen) shut(one);
}

function pointed(target) {
  const note = itemOf(target);
  if (note) return note;
  const link = target.closest(".postil-ref");
  return link ? items.find(one => one.ref === link) : itemsAt(target).find(one => !one.out);
}

function onPointer(event) {
  if (event.pointerType === "touch" || !(event.target instanceof Element)) return;
  const one = pointed(event.target) || null, over = Boolean(event.target.closest(".postil-note"));
  light(one || chosen);
  if (one && one === peeked) return clearTimeout(timer);
  clearTimeout(timer);
  if (one && !isOpen(one)) timer = setTimeout(() => { if (one.note.isConnected) peek(one, over); }, PAUSE);
  else if (peeked) timer = setTimeout(unpeek, PAUSE);
}
