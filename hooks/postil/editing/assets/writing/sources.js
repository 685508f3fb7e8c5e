// The sources of a note, and one that is not in the register yet.
function sourceRow(source) {
  const known = state.sources.find((one) => one.id === source.id), title = known?.title ?? source.id;
  const part = (name) => { const control = make("input", { "aria-label": `${t(name)}: ${title}`, placeholder: t(name), "data-part": name }); control.value = source[name] ?? ""; return control; };
  return make("li", { "data-source": source.id }, make("p", { style: "margin:0 0 .3rem" }, `${title} `, make("button", { type: "button", "aria-label": `${t("drop")}: ${title}`, onclick: (event) => { event.target.closest("li").remove(); keep(); } }, "✕")), make("div", {}, part("locator"), part("says")));
}

function addSource(sources, finder) {
  const known = state.sources.find((one) => one.id === finder.value.trim() || one.title === finder.value.trim());
  if (!known) return;
  sources.append(sourceRow({ id: known.id }));
  finder.value = "";
  keep();
}

function newSource(sources) {
  const names = ["URL", "title", "container-title", "issued", "id"];
  const controls = Object.fromEntries(names.map((name) => [name, make("input", { autocomplete: "off" })]));
  const slug = (text) => text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
  const suggest = () => {
    if (controls.id.dataset.own) return;
    let host = "";
    try { host = new URL(controls.URL.value).hostname.replace(/^www\./, "").split(".")[0]; } catch { /* not an address yet */ }
    const words = [controls["container-title"].value, host, controls.title.value].map((text) => slug(text).slice(0, 30)).find(Boolean);
    const name = [words, controls.issued.value.slice(0, 4)].filter(Boolean).join("-");
    let id = name, number = 2;
    while (name && state.sources.some((one) => one.id === id)) id = `${name}-${number++}`;
    controls.id.value = id;
  };
  controls.id.addEventListener("input", () => { controls.id.dataset.own = "1"; });
  names.slice(0, 4).forEach((name) => controls[name].addEventListener("input", suggest));
  const box = make("details", { "data-new-source": true }, make("summary", {}, t("new_source")), ...names.map((name) => field(`source.${name}`, t(`source.${name}`), controls[name])), make("p", { class: "pw-bad" }));
  box.append(make("div", { class: "pw-row" }, make("button", { type: "button", onclick: async () => {
    const given = Object.fromEntries(names.map((name) => [name, controls[name].value.trim()]));
    if (/^10\.\d{4,9}\//.test(given.URL)) { given.DOI = given.URL; given.URL = `https://doi.org/${given.URL}`; }
    const answer = await ask("source", { values: { ...given, type: "webpage" } });
    box.querySelectorAll(".pw-bad").forEach((bad) => { bad.textContent = ""; });
    if (!answer.ok) return Object.entries(answer.data.fields).forEach(([name, text]) => { (box.querySelector(`[data-field="source.${name}"] .pw-bad`) ?? box.querySelector(":scope > .pw-bad")).textContent = text; });
    state.sources = answer.data.sources;
    form.querySelector("#pw-known").replaceChildren(...options());
    sources.append(sourceRow({ id: answer.data.id }));
    Object.values(controls).forEach((control) => { control.value = ""; delete control.dataset.own; });
    box.open = false;
    if (answer.data.told) say(answer.data.told);
    keep();
  } }, t("add_source"))));
  return box;
}
