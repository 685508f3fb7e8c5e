/* The margin. All heights are read at once, then all places are written: notes stand beside their passages, none overlaps,
   and each shows as many of its lines as there is room for. A note that is opened moves no other. */

const GAP = 4;          // pixels between two notes
const HIGHEST = 60;     // so far above its passage a note may stand
const HIDDEN = "until-found";

/* The note as it is at rest: in full where it fits, else its finding and the first lines of its body. */
function settle(one) {
  const { note, parts, marks } = one;
  for (const mark of marks) mark.classList.toggle("postil-out", one.out);
  const gone = one.out || !wide && !inText(), folded = wide && !one.fits;
  if (wide && one.top !== undefined) stand(one, one.top);
  gone ? note.setAttribute("hidden", HIDDEN) : note.removeAttribute("hidden");
  const state = `${folded} ${one.lines}`;
  if (state === one.state || gone) return; // within what is gone nothing is styled anew
  one.state = state;
  note.classList.toggle("postil-brief", folded);
  note.style.maxHeight = "";
  // To look up a note by ear, follow its link: between the paragraphs only what is open is read out.
  folded ? note.setAttribute("aria-hidden", "true") : note.removeAttribute("aria-hidden");
  for (const part of parts) {
    const previewed = one.lines && part.matches(".postil-note__body");
    folded && !previewed ? part.setAttribute("hidden", HIDDEN) : part.removeAttribute("hidden");
    if (part.matches(".postil-note__body")) clamp(part, folded ? one.lines : 0);
  }
}

function rest(one) { if (!isOpen(one)) settle(one); }

/* What the reader sees, or is about to. */
function near(one) { return !(Math.abs(one.top - scrollY) > 1.2 * innerHeight); }

function clamp(body, lines) {
  if (!lines && !body.matches(".postil-clamped")) return;
  body.classList.toggle("postil-clamped", Boolean(lines));
  body.style.webkitLineClamp = lines || "";
  body.style.maxHeight = lines ? `${lines * lineHeight}px` : "";
  body.querySelectorAll("a").forEach(link => lines ? link.tabIndex = -1 : link.removeAttribute("tabindex"));
}

function unfold(one) {
  one.state = "open";
  one.note.classList.remove("postil-brief");
  one.note.removeAttribute("aria-hidden");
  one.note.removeAttribute("hidden");
  one.parts.forEach(part => {
    part.removeAttribute("hidden");
    if (part.matches(".postil-clamped")) clamp(part, 0);
  });
}

/* Where the passage ends, from the top of the document; null where it is in something that is closed. */
function anchor(one) {
  const marks = one.marks, annotation = one.annotation?.();
  if (!annotation && one.ref.checkVisibility && ![one.ref, ...marks].some(part => part.checkVisibility())) return null;
  const boxes = (annotation || one.ref).getClientRects(), last = boxes.length ? boxes : marks[marks.length - 1]?.getClientRects();
  return last?.length ? last[last.length - 1].top + scrollY : null;
}

/* Tops are kept as pixels from the top of the document. */
function stand(one, top) {
  one.note.style.top = `${top - one.origin.y}px`;
  one.note.style.insetInlineStart = `${one.origin.inline}px`;
}

/* Where the place of a note is counted from: the box that holds it, if it is one that holds placed elements. */
function origins() {
  const known = new Map(), edge = text.getBoundingClientRect(), rtl = getComputedStyle(text).direction === "rtl";
  return note => {
    let home = note.offsetParent;
    if (home === document.body && getComputedStyle(home).position === "static") home = null;
    if (!known.has(home)) {
      const box = home ? home.getBoundingClientRect() : { left: 0, right: document.documentElement.clientWidth, top: -scrollY };
      known.set(home, { y: box.top + scrollY + (home ? home.clientTop : 0), inline: rtl ? box.right - edge.left : edge.right - box.left });
    }
    return known.get(home);
  };
}

let lineHeight = 0, placedAt = "";

/* Write the place of every note; `again` when fonts or width have changed, so that known heights are void. */
function place(again) {
  if (!text) return;
  if (!wide) {
    for (const one of items) { one.note.style.top = one.note.style.insetInlineStart = ""; if (one !== chosen) settle(one); }
    text.style.minHeight = "";
    return;
  }
  const shown = items.filter(one => !one.out);
  if (again) items.forEach(one => { one.brief = one.full = undefined; });
  // 1. All at their briefest, then everything is read in one go.
  for (const one of shown) {
    if (one.brief !== undefined) continue;
    one.fits = false;
    one.lines = 0;
    rest(one);
  }
  text.style.minHeight = "";
  const origin = origins(), edge = text.getBoundingClientRect(), reading = text.classList.contains("postil-read");
  const visible = [];
  for (const one of shown) {
    one.wanted = anchor(one);
    if (one.wanted === null) continue;
    one.origin = origin(one.note);
    if (!reading && one.brief === undefined && !isOpen(one)) one.brief = one.note.offsetHeight;
    visible.push(one);
  }
  if (!visible.length) return items.forEach(rest);
  lineHeight = lineHeight || parseFloat(getComputedStyle(visible[0].note).lineHeight);
  const height = one => reading ? TICK : one.brief ?? visible.find(other => other.brief)?.brief ?? 40;
  const top = edge.top + scrollY, bottom = edge.bottom + scrollY;
  visible.sort((one, other) => one.wanted - other.wanted);
  spread(visible.map(one => ({ wanted: one.wanted, height: height(one) + GAP })), top + taken(), bottom)
    .forEach((place, index) => { visible[index].top = place; });
  // 2. Who has room for more: the note in full, or some of its lines.
  const room = visible.map((one, index) => (visible[index + 1]?.top ?? Math.max(bottom, one.top + height(one))) - one.top - GAP);
  const roomy = reading ? [] : visible.filter((one, index) => !isOpen(one) && room[index] - height(one) >= lineHeight);
  for (const one of roomy) if (one.full === undefined) unfold(one);
  for (const one of roomy) one.full ??= one.note.offsetHeight;
  // 3. Everything is written; after a choice at first what is seen, and the rest when that is painted.
  visible.forEach((one, index) => {
    one.fits = !reading && one.full <= room[index];
    one.lines = one.fits || reading ? 0 : Math.max(0, Math.floor((room[index] - height(one)) / lineHeight));
    if (isOpen(one)) stand(one, one.top);
  });
  items.filter(one => again || near(one)).forEach(rest);
  if (!again) requestAnimationFrame(() => setTimeout(() => items.forEach(rest)));
  const last = visible[visible.length - 1];
  if (last.top + height(last) > bottom) text.style.minHeight = `${last.top + height(last) + GAP - top}px`;
  placedAt = size();
  if (shownNow()) fit(shownNow());
}

const TICK = 12;

/* What the theme's own table of contents takes of the margin. */
function taken() {
  const first = getComputedStyle(text).getPropertyValue("--postil-first").trim();
  return first && first !== "0px" ? 1.6 * parseFloat(getComputedStyle(document.documentElement).fontSize) : 0;
}

/* Boxes that want to be somewhere, in the order of what they want, so that none overlaps and the sum of the squares of
   their distances is least: isotonic regression by pooling adjacent violators. None stands above `first`; none below
   `last` as far as there is room. */
function spread(boxes, first, last) {
  let offset = 0;
  const pools = [];
  const offsets = boxes.map(box => { const before = offset; offset += box.height; return before; });
  boxes.forEach((box, index) => {
    let pool = { sum: box.wanted - offsets[index], count: 1 };
    while (pools.length && pools[pools.length - 1].sum / pools[pools.length - 1].count >= pool.sum / pool.count) {
      const above = pools.pop();
      pool = { sum: above.sum + pool.sum, count: above.count + pool.count };
    }
    pools.push(pool);
  });
  const places = pools.flatMap(pool => Array(pool.count).fill(pool.sum / pool.count));
  const most = Math.max(first, last - offset);
  let free = first;
  return places.map((place, index) => {
    const wanted = Math.max(place, boxes[index].wanted - HIGHEST - offsets[index]);
    const top = Math.max(free, Math.min(wanted, most) + offsets[index], first);
    free = top + boxes[index].height;
    return top;
  });
}

function size() { return `${text.offsetWidth} ${text.offsetHeight}`; }

/* Pictures, fonts, opened details: whatever changes the size of the text places the notes anew. */
function watch(signal) {
  const observer = new ResizeObserver(() => { if (size() !== placedAt) place(true); });
  observer.observe(text);
  signal.addEventListener("abort", () => observer.disconnect());
  document.fonts?.ready.then(() => { if (!signal.aborted) place(true); });
  addEventListener("resize", () => { if (measure()) { close(); place(true); } }, { signal });
}
