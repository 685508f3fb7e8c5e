// The article anew, without loading the page.
function swap(html) {
  const place = bounds();
  if (!place) return location.reload();
  shown = html;
  const range = between(place);
  range.deleteContents();
  range.insertNode(range.createContextualFragment(html));
  if (window.document$?.next) window.document$.next(document);  // the theme's own scripts, and that of the notes
  else document.dispatchEvent(new CustomEvent("postil:article"));
  decorate();
}

// What stands between the two comments in a page as it is served, or nothing.
function articleIn(text) {
  const begin = text.indexOf(`<!--${BEGIN}-->`), end = text.lastIndexOf(`<!--${END}-->`);
  return begin < 0 ? null : text.slice(begin + BEGIN.length + 7, end);
}

// A page that was built before what is saved now: it is not shown in place of what the author sees, a newer one follows.
const isBehind = (text) => text.includes('id="postil-writing">{"behind": true');

let shown = "", stale = false;
async function fresh() {
  if (selected()) { stale = true; return; }  // words that an author has selected stay selected
  stale = false;
  const answer = await fetch(location.href, { cache: "no-store" });
  if (!answer.ok) return location.reload();
  const text = await answer.text(), html = articleIn(text);
  if (isBehind(text)) return;
  if (html === null || !bounds()) return form ? null : location.reload();
  if (html !== shown) swap(html);
  if (on) { await refresh(); decorate(); }
}

// The whole site follows a page that was built alone: where that has changed nothing here, the page stays.
const plain = (text) => text.replace(/<script type="application\/json" id="postil-writing">.*?<\/script>/, "");
async function isOther(seen) {
  const answer = await fetch(location.href, { cache: "no-store" });
  const text = await answer.text();
  return !answer.ok || (!isBehind(text) && (seen === null || plain(text) !== seen));
}

let known = epoch;
async function watch() {
  const request = Date.now(), text = await (await fetch(location.href, { cache: "no-store" })).text();
  const seen = text.includes(`"epoch": ${epoch}}`) ? plain(text) : null;
  if (seen !== null) shown ||= articleIn(text) ?? "";
  for (;;) {
    try {
      if (document.visibilityState !== "visible") { await new Promise((go) => document.addEventListener("visibilitychange", go, { once: true })); continue; }
      const answer = await fetch(`/livereload/${known}/${request}`), now = parseFloat(await answer.text());
      if (now > known) { known = now; if (on || form) await fresh(); else if (await isOther(seen)) return location.reload(); }
    } catch { await new Promise((go) => setTimeout(go, 3000)); }
  }
}

(async () => {
  if (!bounds()) { toggle.parentElement.hidden = true; } else {
    const wanted = Boolean(localStorage.getItem(`${KEPT}on`));
    await refresh();
    toggle.textContent = `✎ ${t("switch")}`;
    if (wanted) { await turn(true); restore(); }
  }
  if (epoch) watch();
})();
