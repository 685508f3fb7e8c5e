// Buttons at the notes, and at those that have lost their words.
function decorate() {
  document.querySelectorAll(".pw-edit").forEach((element) => element.remove());
  if (!on) return;
  for (const note of document.querySelectorAll('[id^="note-"]')) {
    const id = note.id.slice(5), known = state.notes[id];
    if (!known || !note.matches(".postil-note, .postil-lost__note")) continue;
    const box = make("span", { class: "pw pw-edit" }, make("button", { type: "button", onclick: (event) => { event.stopPropagation(); edit(id); } }, t("edit")));
    if (note.matches(".postil-lost__note")) box.append(" ", make("button", { type: "button", onclick: () => { edit(id); move(); } }, t("put_back")));
    (note.querySelector(".postil-note__foot") ?? note).append(box);
  }
}

function edit(id) {
  const note = document.getElementById(`note-${id}`), mark = document.querySelector(`mark[aria-details~="note-${id}"]`);
  if (form && !close()) return;
  open({ id, tag: state.notes[id].tag, values: { ...state.notes[id].values }, range: mark, lost: state.lost.find((lost) => lost.id === id), back: note });
}
