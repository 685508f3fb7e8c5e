/* Links to copy, notes in the text on a narrow screen, what is new since the last visit. */

/* A text fragment (WICG Scroll to Text Fragment): the passage's first and last words. */
function fragment(one) {
  const all = one.marks.map(mark => mark.textContent).join(" ").trim().split(/\s+/);
  const code = part => encodeURIComponent(part.join(" ")).replace(/-/g, "%2D");
  return "#:~:text=" + (all.length > 9 ? code(all.slice(0, 4)) + "," + code(all.slice(-4)) : code(all));
}

function addCopy(one) {
  const foot = one.note.querySelector(".postil-note__foot");
  if (!foot || foot.querySelector(".postil-note__copy") || !navigator.clipboard) return;
  for (const [label, hash] of [[words.copy, () => "#" + one.note.id], [words.copy_passage, () => fragment(one)]]) {
    const copy = button(label, "postil-note__copy", () =>
      navigator.clipboard.writeText(location.href.split("#")[0] + hash()).then(() => { copy.textContent = words.copied; }));
    foot.append(copy);
  }
}

function addTools() {
  const tools = document.querySelector(".postil-tools");
  if (!tools || tools.firstChild) return;
  const choice = button("", "postil-tools__in-text", () => showIn(!text.classList.contains("postil-in-text")));
  function showIn(on) {
    text.classList.toggle("postil-in-text", on);
    choice.textContent = on ? words.not_in_text : words.in_text;
    keep("in-text", on ? "on" : "off");
    if (chosen) leave();
    place();
  }
  tools.append(choice, button(words.open, "postil-tools__keys", help));
  text.classList.toggle("postil-in-text", kept("in-text") === "on");
  choice.textContent = kept("in-text") === "on" ? words.not_in_text : words.in_text;
}

/* What was changed since this browser was last here; the day of the visit is kept here only. */
function tellNew() {
  const key = "visit:" + location.pathname, last = kept(key);
  for (const { note } of items) {
    if (!last || note.dataset.changed <= last) continue;
    note.classList.add("postil-new");
    note.querySelector(".postil-note__head").dataset.new = words.new;
  }
  keep(key, new Date().toISOString().slice(0, 10));
}
