/* What an open note has above its words: a way to the next and the previous note, to the others on the same words, and out.
   On a narrow screen the note is a sheet at the foot of the window, and its passage stands above it. */

function bar(one) {
  const named = (label, name, act) => {
    const made = button("", `postil-note__${name}`, act);
    made.setAttribute("aria-label", label);
    return made;
  };
  const tools = made("div", { className: "postil-note__bar" },
    named(words.previous, "previous", () => go(beside(one, -1))), named(words.next, "next", () => go(beside(one, 1))),
    made("span", { className: "postil-note__count" }), named(words.close, "close", leave));
  drag(tools, one);
  return tools;
}

function beside(one, by) {
  const all = steps(), at = all.indexOf(one);
  return at < 0 ? null : all[at + by];
}

/* The words that the note is on; the note covers much of a small screen. */
function quoted(one) {
  const told = one.marks.map(mark => mark.textContent).join(" ").replace(/\s+/g, " ").trim();
  return made("p", { className: "postil-note__passage" }, told);
}

function others(one) {
  const found = companions(one);
  if (!found.length) return "";
  const row = made("p", { className: "postil-note__others" }, words.others + " ");
  found.forEach(other => {
    const link = made("a", { href: "#" + other.note.id }, other.ref.dataset.number);
    link.setAttribute("aria-label", other.note.getAttribute("aria-label"));
    link.className = [...other.ref.classList].filter(name => /^postil-(kind|colour|verdict)-/.test(name)).join(" ");
    row.append(link, " ");
  });
  return row;
}

/* Once for each note, while nothing else is to do: when elements come or go, the browser goes through all that depends on a
   `:has()`, which takes longer than to open a note. */
function equip(one) {
  if (one.bar) return;
  one.bar = bar(one);
  one.note.prepend(one.bar, ...[quoted(one), others(one)].filter(Boolean));
  addCopy(one);
}

/* What the bar says depends on which notes are shown. */
function tell(one) {
  const all = steps(), at = all.indexOf(one);
  const [previous, next, count] = one.bar.children;
  previous.disabled = at < 1;
  next.disabled = at < 0 || at === all.length - 1;
  count.textContent = at < 0 ? "" : words.count.replace("{number}", at + 1).replace("{total}", all.length);
}

function raiseSheet(one, quiet) {
  const { note } = one;
  if (note.showPopover) {
    note.setAttribute("popover", "manual");
    note.showPopover();
  }
  note.scrollTop = 0;
  if (!quiet) requestAnimationFrame(() => { if (one === chosen) bringAbove(one); });
}

function lowerSheet(one) {
  if (one.note.hasAttribute("popover")) {
    if (one.note.matches(":popover-open")) one.note.hidePopover();
    one.note.removeAttribute("popover");
  }
  one.note.style.transform = "";
  text.style.paddingBottom = "";
}

/* The passage comes to stand between the bar of the theme and the sheet; the end of the article is given room for that. */
function bringAbove(one) {
  const least = ceiling(), most = one.note.getBoundingClientRect().top - 12;
  const first = one.marks[0].getBoundingClientRect().top, last = one.marks[one.marks.length - 1].getBoundingClientRect().bottom;
  if (first >= least && last <= most) return;
  const by = Math.min(last - most, first - least), lacks = scrollY + by + innerHeight - document.documentElement.scrollHeight;
  const wanted = last - first > most - least || first < least ? first - least : by;
  if (lacks > 0) text.style.paddingBottom = `${Math.ceil(lacks)}px`;
  scrollTo({ top: scrollY + wanted, behavior: "instant" });
}

/* A pull downwards closes the sheet. */
function drag(handle, one) {
  let from = null;
  handle.addEventListener("pointerdown", event => {
    if (wide || event.target.closest("button")) return;
    from = event.clientY;
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", event => {
    if (from !== null) one.note.style.transform = `translateY(${Math.max(0, event.clientY - from)}px)`;
  });
  for (const end of ["pointerup", "pointercancel"]) handle.addEventListener(end, event => {
    if (from === null) return;
    const pulled = event.clientY - from;
    from = null;
    one.note.style.transform = "";
    if (end === "pointerup" && pulled > 64) leave();
  });
}
