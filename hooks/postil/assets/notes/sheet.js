/* What an open note has above its words: a way to the next and the previous note, to the others on the same words, and out.
   On a narrow screen the note is a sheet at the foot of the window, and its passage stands above it. */

function bar(one) {
  const all = steps(), at = all.indexOf(one);
  const tools = made("div", { className: "postil-note__bar" });
  const step = (by, label, name) => {
    const made = button("", `postil-note__${name}`, () => go(all[at + by]));
    made.setAttribute("aria-label", label);
    made.disabled = at < 0 || !all[at + by];
    return made;
  };
  const out = button("", "postil-note__close", leave);
  out.setAttribute("aria-label", words.close);
  tools.append(
    step(-1, words.previous, "previous"), step(1, words.next, "next"),
    made("span", { className: "postil-note__count" }, at < 0 ? "" : words.count.replace("{number}", at + 1).replace("{total}", all.length)), out);
  drag(tools, one);
  return tools;
}

/* The words that the note is on; the note covers much of a small screen. */
function quoted(one) {
  const told = one.marks.map(mark => mark.textContent).join(" ").replace(/\s+/g, " ").trim();
  return made("p", { className: "postil-note__passage" }, told);
}

function others(one) {
  const found = companions(one).filter(other => !other.out);
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

function addBar(one) {
  removeBar(one);
  one.bar = [bar(one), quoted(one), others(one)].filter(Boolean);
  one.note.prepend(...one.bar);
}

function removeBar(one) {
  one.bar?.forEach(part => part.remove());
  one.bar = null;
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
