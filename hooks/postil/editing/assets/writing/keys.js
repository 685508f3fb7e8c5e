// Keys.
function markdown(event) {
  const sign = (event.ctrlKey || event.metaKey) && { b: "**", i: "*" }[event.key.toLowerCase()];
  if (!sign) return;
  event.preventDefault();
  const area = event.target, { selectionStart: start, selectionEnd: end, value } = area;
  area.setRangeText(`${sign}${value.slice(start, end)}${sign}`, start, end, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}
function keys(event) {
  if (event.key === "Escape") { event.stopPropagation(); close(); }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); save(); }
  if (event.key === "Enter" && event.target.name === "find") event.preventDefault();
}
document.addEventListener("keydown", (event) => {
  if (!on || form || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input,select,textarea,[contenteditable]")) return;
  if (event.key === "n") { picked = selected(); if (picked) { event.preventDefault(); event.stopImmediatePropagation(); begin(); } }
  if (event.key === "e") {
    const near = document.querySelector(".postil-note.postil-on, .postil-note:target")?.id.slice(5) ?? document.activeElement?.closest?.(".postil-note")?.id.slice(5) ?? document.activeElement?.id.replace(/^ref-/, "");
    if (state.notes[near]) { event.preventDefault(); event.stopImmediatePropagation(); edit(near); }
  }
}, true);
