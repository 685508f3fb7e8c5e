// The form of one note.
function field(name, label, control, hint) {
  const key = `pw-${++ids}`;
  control.id = key;
  control.name = name;
  if (control.matches("input, textarea")) control.dir = "auto";  // a note may be in another script than its site
  control.setAttribute("aria-describedby", `${key}-bad${hint ? ` ${key}-hint` : ""}`);
  return make("div", { "data-field": name }, make("label", { for: key }, label), control,
    ...(hint ? [make("p", { class: "pw-hint", id: `${key}-hint` }, hint)] : []), make("p", { class: "pw-bad", id: `${key}-bad` }));
}

function choice(options, value) {
  const control = make("select", {}, ...options.map(([key, word]) => make("option", { value: key, selected: key === (value ?? "") }, word)));
  return control;
}

function open(what) {
  const values = what.values, list = (value) => [value ?? []].flat();
  const isDraft = !what.id || values.status;
  const verdict = choice([["", "–"], ...state.verdicts.map((one) => [one.id, one.word])], values.verdict);
  const meaning = () => state.verdicts.find((one) => one.id === verdict.value)?.meaning ?? "";
  const body = make("textarea", { rows: 7 }), shown = make("div", { class: "pw-preview md-typeset", dir: "auto", "aria-label": t("preview") });
  body.value = (values.note ?? "").trimEnd();
  let later = 0;
  const preview = () => { clearTimeout(later); later = setTimeout(async () => { const answer = await ask("preview", { note: body.value }); if (answer.ok) shown.innerHTML = answer.data.html; }, 150); };
  body.addEventListener("input", preview);
  body.addEventListener("keydown", markdown);
  const kind = choice(state.kinds.map((one) => [one.id, one.word]), values.kind);
  const verdictField = field("verdict", t("verdict"), verdict, " ");
  const fit = () => { verdictField.hidden = kind.value !== "fact-check"; verdictField.querySelector(".pw-hint").textContent = meaning(); };
  kind.addEventListener("change", fit);
  verdict.addEventListener("change", fit);
  const sources = make("ul", { class: "pw-sources" });
  for (const source of list(values.sources)) sources.append(sourceRow(typeof source === "string" ? { id: source } : source));
  const finder = make("input", { list: "pw-known", autocomplete: "off" });
  finder.addEventListener("change", () => addSource(sources, finder));
  const known = make("datalist", { id: "pw-known" }, ...options());
  const input = (value) => { const control = make("input", { autocomplete: "off" }); control.value = value ?? ""; return control; };
  const status = choice([["draft", t("draft")], ["review", t("review")], ["", t("published")]], what.id ? values.status : "draft");
  form = make("section", { class: "pw pw-form", role: "dialog", "aria-labelledby": "pw-title", onkeydown: keys, oninput: keep },
    make("div", { class: "pw-head" }, make("h2", { id: "pw-title", tabindex: "-1" }, what.id ? t("change_title") : t("new_title")), make("button", { type: "button", "aria-label": t("close"), onclick: () => close() }, "✕")),
    make("div", { "data-field": "quote" }, make("blockquote", {}, values.quote ?? ""), make("p", { class: "pw-bad" })),
    field("kind", t("kind"), kind), verdictField, field("title", t("title"), input(values.title), t("title_hint")),
    field("note", t("note"), body, t("note_hint")), shown,
    make("fieldset", { "data-field": "sources" }, make("legend", {}, t("sources")), sources, field("find", t("find"), finder, t("find_hint")), known, make("p", { class: "pw-bad" }), newSource(sources)),
    field("claimant", t("claimant"), input(typeof values.claimant === "object" ? values.claimant?.name : values.claimant)),
    field("claimed_on", t("claimed_on"), input(values.claimed_on), t("claimed_on_hint")),
    field("tags", t("tags"), input(list(values.tags).join(", ")), t("tags_hint")),
    field("author", t("author"), choice(state.authors.map((one) => [one.id, one.name]), values.author)),
    field("id", t("id"), Object.assign(input(values.id ?? what.id), { readOnly: Boolean(what.id) }), t("id_hint")),
    field("status", t("status"), status),
    ...checkingFields(what, status),
    ...(what.id ? [field("what", t("what"), input(""), isDraft ? t("what_draft") : t("what_hint"))] : []),
    make("p", { class: "pw-bad", "data-whole": true, role: "alert" }),
    make("div", { class: "pw-row pw-last" }, make("button", { type: "button", class: "pw-main", onclick: save }, t("save")),
      ...(what.id ? [make("button", { type: "button", onclick: move }, t("move"))] : []),
      ...(what.id && values.status ? [make("button", { type: "button", onclick: remove }, t("delete"))] : [])));
  form.what = what;
  form.back = document.activeElement;
  document.body.append(form);
  if (what.lost) candidates(what.lost);
  if (window.Highlight && what.range?.startContainer) CSS.highlights.set("postil-writing", new Highlight(what.range));
  fit();
  preview();
  dock(what.range);
  recall();
  (what.id ? form.querySelector("h2") : kind).focus();
}

function options() { return state.sources.map((one) => make("option", { value: one.id }, [one.title.replace(/^\[|\]$/g, ""), one.outlet, one.year].filter(Boolean).join(" · "))); }

// Where a lost note may belong: the old words are above, each place has its own below, and what differs.
function candidates(lost) {
  const said = (words) => make("span", {}, words || "–");
  const differs = lost.differs.map((one) => make("li", {}, make("del", {}, said(one.old)), " → ", make("ins", {}, said(one.new))));
  const choose = (words) => make("button", { type: "button", onclick: () => moved({ selection: { quote: words, before: "", after: "", share: 0 } }) }, t("put_here"));
  const box = make("div", { class: "pw-lost" }, make("p", { class: "pw-hint" }, t("lost")),
    ...lost.candidates.map((words) => make("div", {}, make("blockquote", {}, words), choose(words))),
    ...(differs.length ? [make("ul", { class: "pw-differs" }, ...differs)] : []),
    ...(lost.candidates.length ? [make("p", { class: "pw-hint" }, lost.caution)] : []));
  form.querySelector('[data-field="quote"]').append(box);
}

// Where the form stands: beside the text if there is room, else at the foot; never on the passage.
function dock(range) {
  const text = bounds()?.root.getBoundingClientRect();
  const rtl = document.documentElement.dir === "rtl" || document.body.dir === "rtl";
  const room = text ? (rtl ? innerWidth - text.right : text.left) : 0;
  form.dataset.dock = room >= Math.min(21 * 16, innerWidth * .3) + 24 ? "side" : "foot";
  const box = range?.getBoundingClientRect?.();
  if (!box) return;
  const top = form.getBoundingClientRect().top;
  if (box.top < 64 || box.bottom > (form.dataset.dock === "foot" ? top - 12 : innerHeight - 12)) scrollBy({ top: box.top - 96, behavior: "instant" });
}
