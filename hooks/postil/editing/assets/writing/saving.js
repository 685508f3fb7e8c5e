// What is typed → the notes file; what is refused → told at its field.
function collected() {
  const value = (name) => form.querySelector(`[name="${name}"]`)?.value.trim() ?? "";
  const sources = [...form.querySelectorAll("[data-source]")].map((row) => {
    const parts = Object.fromEntries([...row.querySelectorAll("[data-part]")].filter((control) => control.value.trim()).map((control) => [control.dataset.part, control.value.trim()]));
    return Object.keys(parts).length ? { id: row.dataset.source, ...parts } : row.dataset.source;
  });
  const kind = value("kind"), old = form.what.values;
  const claimant = typeof old.claimant === "object" && old.claimant?.name === value("claimant") ? old.claimant : value("claimant");
  const tags = value("tags").split(/\s*,\s*/).filter(Boolean);
  return { kind, verdict: kind === "fact-check" ? value("verdict") : "", title: value("title"), note: form.querySelector('[name="note"]').value.trim(), sources,
    claimant, claimed_on: value("claimed_on"), tags: typeof old.tags === "string" && tags.length === 1 && tags[0] === old.tags ? old.tags : tags, author: value("author"), status: value("status"), ...checkingValues(value, old), id: value("id") };
}

let saving = false;
async function save() {
  if (saving) return;
  saving = true;
  const { what } = form, values = collected(), { id, ...rest } = values;
  const answer = what.id ? await ask("change", { id: what.id, tag: what.tag, values: rest, what: form.querySelector('[name="what"]').value })
    : await ask("add", { selection: what.selection, values });
  saving = false;
  localStorage.setItem(`${KEPT}author`, values.author);
  settle(answer);
}

function settle(answer) {
  form.querySelectorAll(".pw-bad").forEach((bad) => { bad.textContent = ""; });
  form.querySelectorAll("[aria-invalid]").forEach((control) => control.removeAttribute("aria-invalid"));
  form.querySelector(".pw-theirs")?.remove();
  if (answer.ok) return done(answer.data);
  let first = null;
  for (const [name, text] of Object.entries(answer.data.fields ?? { "": t("no_answer") })) {
    const box = form.querySelector(`[data-field="${CSS.escape(name)}"]`);
    (box?.querySelector(".pw-bad") ?? form.querySelector("[data-whole]")).textContent += text;
    const control = box?.querySelector("input,select,textarea");
    control?.setAttribute("aria-invalid", "true");
    first ??= control;
  }
  if (answer.data.theirs) {
    const told = Object.entries(answer.data.theirs).map(([key, value]) => `${key}: ${typeof value === "string" ? value.trimEnd() : JSON.stringify(value)}`).join("\n");
    form.querySelector("[data-whole]").after(make("div", { class: "pw-theirs" }, `${t("theirs")}\n${told}\n`, make("button", { type: "button", onclick: () => { form.what.tag = answer.data.tag; save(); } }, t("keep_mine"))));
  }
  (first ?? form.querySelector(".pw-main")).focus();
}

function done(data) {
  const id = data.id;
  forget();
  const back = form.back;
  form.remove();
  form = mode = null;
  Object.assign(state, { notes: data.notes, lost: data.lost });
  swap(data.html);
  say(t("saved"));
  const ref = document.getElementById(`ref-${id}`) ?? document.getElementById(`note-${id}`);
  if (ref) { ref.scrollIntoView({ block: "nearest" }); (ref.matches("a") ? ref : back)?.focus?.({ preventScroll: true }); }
  else (back?.isConnected ? back : toggle).focus();
}

function move() {
  mode = form.dataset.mode = "move";  // the form gives way to the text
  form.querySelector("[data-whole]").textContent = t("choose");
  getSelection().removeAllRanges();
  say(t("choose"));
}

async function moved(chosen) {
  const { what } = form;
  mode = null;
  delete form.dataset.mode;
  settle(await ask("move", { id: what.id, tag: what.tag, selection: chosen.selection, what: form.querySelector('[name="what"]').value }));
}

async function remove() {
  if (confirm(t("delete_sure"))) settle(await ask("remove", { id: form.what.id, tag: form.what.tag }));
}

function close(force = false) {
  if (!form) return true;
  if (!force && form.dirty && !confirm(t("leave_sure"))) return false;
  forget();
  const back = form.back;
  form.remove();
  form = mode = null;
  (back?.isConnected ? back : toggle).focus();
  return true;
}

function notice(text) {
  form = make("section", { class: "pw pw-form", role: "alertdialog", "aria-labelledby": "pw-title", onkeydown: keys }, make("div", { class: "pw-head" }, make("h2", { id: "pw-title", tabindex: "-1" }, t("cannot_title")), make("button", { type: "button", "aria-label": t("close"), onclick: () => close(true) }, "✕")), make("p", {}, text));
  form.what = { values: {} };
  form.back = toggle;
  document.body.append(form);
  dock(picked?.range);
  form.querySelector("button").focus();
}
