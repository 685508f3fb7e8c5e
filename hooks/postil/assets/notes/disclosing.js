/* A passage may lie in what is closed: a box that opens, a tab, an annotation of the theme. Whoever asks for its note sees
   both. */

/* Open all that hides the passage; whether anything was closed. */
function disclose(one) {
  const annotation = one.annotation?.();
  let opened = false;
  for (let at = annotation || one.ref.parentElement; at && at !== text; at = at.parentElement) {
    if (at.matches("details:not([open])")) opened = at.open = true;
    if (at.matches(".tabbed-block")) opened = showTab(at) || opened;
  }
  return opened;
}

/* Tabs of pymdownx: a radio button for each block. */
function showTab(block) {
  const radio = block.closest(".tabbed-set").querySelectorAll(":scope > input")[[...block.parentElement.children].indexOf(block)];
  if (radio.checked) return false;
  radio.click();
  return true;
}

/* The theme takes the list of its annotations out of the text. What stood in it is in the page only while its annotation is
   open, which it is as long as it has the focus. Returns what finds the annotation that has a passage, if one has. */
function annotated(ref) {
  const inside = ref.closest(".md-annotation");
  if (inside) return () => inside;
  const entry = ref.closest("li"), list = entry?.parentElement, host = list?.matches("ol") && list.previousElementSibling;
  if (!host || !host.matches(".annotate, .highlight")) return null;
  const number = [...list.children].indexOf(entry) + 1;
  return () => host.querySelector(`.md-annotation [data-md-annotation-id="${number}"]`)?.closest(".md-annotation");
}

/* At the start of a page the theme has not made its annotations yet, and they do not open at once. */
function whenAnnotated(one, tries = 20) {
  if (!one.annotation || one !== chosen || !tries) return;
  const annotation = one.annotation(), isOpen = annotation?.querySelector(".md-tooltip--active");
  if (isOpen && one.marks[0].isConnected) return choose(one);
  annotation?.blur();
  annotation?.focus({ preventScroll: true });
  setTimeout(() => whenAnnotated(one, tries - 1), 100);
}

/* The theme shows a copy of a footnote beside its number: without the notes on it, whose ids would be there twice. */
function cleanCopies(signal) {
  const observer = new MutationObserver(changes => {
    for (const change of changes) for (const added of change.addedNodes) {
      if (added.matches?.(".md-tooltip2")) added.querySelectorAll(".postil-note, .postil-ref, .postil-spoken").forEach(part => part.remove());
    }
  });
  observer.observe(document.body, { childList: true });
  signal.addEventListener("abort", () => observer.disconnect());
}
