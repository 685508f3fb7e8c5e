// What was typed is kept over a reload, and over what another tab saves.
const slot = () => `${KEPT}${page()}`;
function keep() {
  if (!form?.querySelector('[name="note"]')) return;
  form.dirty = true;
  sessionStorage.setItem(slot(), JSON.stringify({ id: form.what.id, tag: form.what.tag, selection: form.what.selection, quote: form.what.values.quote, values: collected(), what: form.querySelector('[name="what"]')?.value ?? "" }));
}
function forget() { sessionStorage.removeItem(slot()); window.CSS?.highlights?.delete("postil-writing"); }
function recall() { form.dirty = Boolean(form.what.typed); if (form.what.said) form.querySelector('[name="what"]').value = form.what.said; }
function restore() {
  const kept = JSON.parse(sessionStorage.getItem(slot()) ?? "null");
  if (!kept || form || (kept.id && !state.notes[kept.id])) return;
  open({ id: kept.id, tag: kept.tag, selection: kept.selection, values: { quote: kept.quote, ...kept.values }, typed: true, said: kept.what });
}
