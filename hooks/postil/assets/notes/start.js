/* A page is entered: by being loaded, or by instant navigation, which keeps the document and so all of its listeners. */

let page = null, tries = 0;

/* Where pages are swapped the styles of this one may still be on their way: it is entered again when they are there. */
function styled() {
  if (getComputedStyle(document.documentElement).getPropertyValue("--postil-green")) { tries = 0; return true; }
  if (tries++ < 200) setTimeout(start, 25);
  return false;
}

function start() {
  page?.abort();
  clearTimeout(timer);
  chosen = peeked = lit = null;
  pushed = false;
  lineHeight = 0;
  collect();
  if (!items.length || !styled()) return;
  page = new AbortController();
  const { signal } = page, on = (target, name, act, capture = false) => target.addEventListener(name, act, { signal, capture });
  measure();
  addTools();
  tellNew();
  recall();
  text.classList.add("postil-ready");
  place(true);
  watch(signal);
  cleanCopies(signal);
  const one = named();
  if (one) { choose(one); whenAnnotated(one); }
  const idle = window.requestIdleCallback || (act => setTimeout(act, 200));
  idle(() => { if (!signal.aborted) items.forEach(equip); });
  on(document, "click", onClick, true);
  on(document, "pointerover", onPointer);
  on(document, "keydown", onKey);
  on(document, "change", onChoice);
  on(document, "beforematch", onFound);
  on(text, "scroll", onFound, true); // the search has found words below the lines that are shown
  on(window, "hashchange", follow);
  on(window, "popstate", follow);
}

document.addEventListener("postil:article", start); // the preview has drawn the article anew

if (window.document$) window.document$.subscribe(start);
else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
