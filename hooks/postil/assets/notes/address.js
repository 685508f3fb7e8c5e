/* The address says which note is open, so that it can be shared. On a narrow screen the sheet is one step of the history,
   so that "back" closes it; nothing else adds a step, and one more step back leaves the article. */

let pushed = false;

function named() {
  const name = decode(location.hash);
  const found = items.find(one => one.note.id === name);
  return found || (wide && items.find(one => "ref-" + one.name === name)) || null;
}

/* Open a note because the reader asked for it. */
function go(one) {
  if (!one) return;
  const to = "#" + one.note.id;
  if (wide || inText() || chosen || named()) history.replaceState(history.state, "", to);
  else {
    history.scrollRestoration = "manual"; // closing stays where the reader is
    history.pushState({ postil: true }, "", to);
    pushed = true;
  }
  choose(one);
}

/* Close it because the reader asked for that. */
function leave() {
  if (pushed) { staying = scrollY; return history.back(); }
  if (/^#(note|ref)-/.test(location.hash)) history.replaceState(history.state, "", location.pathname + location.search);
  close();
}

let staying = null;

/* The address has changed by other means: back, forward, a link from elsewhere, the address bar. */
function follow() {
  const one = named();
  pushed = Boolean(one && !wide && history.state?.postil);
  if (one && one !== chosen) choose(one);
  if (!one) close();
  if (staying !== null) {
    const top = staying;
    staying = null;
    scrollTo({ top, behavior: "instant" });
    requestAnimationFrame(() => { scrollTo({ top, behavior: "instant" }); history.scrollRestoration = "auto"; });
  }
}

function selected() {
  const selection = getSelection();
  return selection && !selection.isCollapsed && selection.toString().trim() !== "";
}

/* A click on a number, on the words themselves, on a note that rests, or beside all of them. */
function onClick(event) {
  const target = event.target;
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !(target instanceof Element)) return;
  const link = target.closest("a[href]");
  if (link) {
    const here = link.pathname === location.pathname && link.search === location.search && link.host === location.host;
    const name = here ? decode(link.hash) : "";
    const one = items.find(other => other.note.id === name || "ref-" + other.name === name);
    if (!one) return;
    event.preventDefault();
    event.stopPropagation(); // instant navigation would load the page again
    return name === one.note.id ? go(one) : back(one);
  }
  if (target.closest("button, input, label, select, textarea, summary, audio, video, dialog, [contenteditable]") || selected()) return;
  const note = itemOf(target);
  if (note) return note === chosen || inText() ? undefined : go(note);
  const one = itemsAt(target).find(other => !other.out);
  if (one) go(one);
  else if (chosen) leave();
}

/* From the note to its passage. */
function back(one) {
  if (chosen === one) leave();
  const link = one.spoken || one.ref;
  link.focus({ preventScroll: true });
  if (inText()) link.scrollIntoView({ block: "center", behavior: "instant" });
  else reveal(one);
}

/* Found by the browser's search, in what a resting note does not show. */
function onFound(event) {
  if (event.type === "scroll" && !event.target.scrollTop) return; // a note that closes goes back to its top
  const one = event.target instanceof Element && itemOf(event.target);
  if (one && one !== chosen) choose(one, { quiet: true });
}
