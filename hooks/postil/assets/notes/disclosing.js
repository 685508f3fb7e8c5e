/* A passage may lie in what is closed: a box that opens, a tab, an annotation of the theme. Whoever asks for its note sees
   both. */

/* Open all that hides an element; whether anything was closed. */
function disclose(one) {
  const element = one.ref.isConnected ? one.ref : one.marks[0];
  let opened = false;
  for (let at = element?.parentElement; at && at !== text; at = at.parentElement) {
    if (at.matches("details:not([open])")) opened = at.open = true;
    if (at.matches(".tabbed-block, .tabbed-set:not(.tabbed-alternate) > .tabbed-content")) opened = showTab(at) || opened;
    if (at.matches(".md-annotation")) opened = showAnnotation(at) || opened;
  }
  return opened;
}

/* Tabs of pymdownx: radio buttons, then the blocks in one element; in the older form each block is one of the set's own. */
function showTab(block) {
  const set = block.closest(".tabbed-set"), same = [...block.parentElement.children].filter(child => child.classList[0] === block.classList[0]);
  const radio = set?.querySelectorAll(":scope > input")[same.indexOf(block)];
  if (!radio || radio.checked) return false;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

function showAnnotation(holder) {
  holder.querySelector(".md-annotation__index")?.focus({ preventScroll: true });
  return true;
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
