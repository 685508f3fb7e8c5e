// Writing notes in the live preview: select words, fill in the form, see the note. A published site has none of this.
(() => {
  "use strict";
  const { base, token, epoch } = JSON.parse(document.getElementById("postil-writing").textContent);
  const BEGIN = "postil-article", END = "/postil-article";
  const KEPT = "postil-writing:";
  // What the engine does not read as the article's words; the marks themselves are read.
  const UNREAD = "script,style,template,noscript,svg,audio,video,canvas,iframe,object,math,[hidden],.headerlink,.footnote-ref,"
    + ".footnote-backref,.linenos,.lineno,.linenodiv,.md-annotation,.postil-note,.postil-ref,.postil-filter,.postil-lost,"
    + ".postil-tail,.postil-problems,.pw,[data-postil]";
  let state = null, on = false, form = null, mode = null, picked = null, ids = 0;

  const page = () => decodeURIComponent(location.pathname.slice(base.length)).replace(/index\.html$/, "");
  const t = (name, values = {}) => (state?.texts[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");

  async function ask(name, data = {}) {
    try {
      const answer = await fetch(`${base}_postil/${name}`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "Postil-Token": token },
        body: JSON.stringify({ page: page(), ...data }),
      });
      return { status: answer.status, ok: answer.ok, data: await answer.json() };
    } catch {
      return { status: 0, ok: false, data: { fields: { "": t("no_answer") } } };
    }
  }

  function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (value === true) element.setAttribute(key, "");
      else if (value !== false && value != null) element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  }

  // The article: what stands between two comments that the preview has put around it.
  function bounds() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
    let begin = null, end = null;
    while (walker.nextNode()) {
      if (walker.currentNode.data === BEGIN) begin ??= walker.currentNode;
      if (walker.currentNode.data === END) end = walker.currentNode;
    }
    return begin && end ? { begin, end, root: begin.parentElement } : null;
  }

  function between(place) {
    const range = document.createRange();
    range.setStartAfter(place.begin);
    range.setEndBefore(place.end);
    return range;
  }

  // The words of a range as a reader reads them, what is not the article's left out.
  function words(range) {
    const root = range.commonAncestorContainer;
    if (root.nodeType === Node.TEXT_NODE) {
      return root.parentElement.closest(UNREAD) ? "" : root.data.slice(range.startOffset, range.endOffset);
    }
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, {
      acceptNode: (node) => node.nodeType === Node.ELEMENT_NODE && node.matches(UNREAD) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    });
    let text = root.nodeType === Node.ELEMENT_NODE && root.closest(UNREAD) ? null : "";
    while (text !== null && walker.nextNode()) {
      const node = walker.currentNode;
      if (!range.intersectsNode(node)) continue;
      if (node.nodeType === Node.TEXT_NODE) {
        const start = node === range.startContainer ? range.startOffset : 0;
        const end = node === range.endContainer ? range.endOffset : node.length;
        text += node.data.slice(start, end);
      } else if (node.tagName === "IMG") text += node.alt;
    }
    return (text ?? "").replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "");
  }

  function selected() {
    const selection = getSelection(), place = bounds();
    if (!place || !selection.rangeCount || selection.isCollapsed) return null;
    const all = between(place), range = selection.getRangeAt(0).cloneRange();
    if (range.compareBoundaryPoints(Range.END_TO_START, all) >= 0 || range.compareBoundaryPoints(Range.START_TO_END, all) <= 0) return null;
    if (range.compareBoundaryPoints(Range.START_TO_START, all) < 0) range.setStart(all.startContainer, all.startOffset);
    if (range.compareBoundaryPoints(Range.END_TO_END, all) > 0) range.setEnd(all.endContainer, all.endOffset);
    const quote = words(range);
    if (!quote.trim()) return null;
    const before = all.cloneRange(), after = all.cloneRange();
    before.setEnd(range.startContainer, range.startOffset);
    after.setStart(range.endContainer, range.endOffset);
    const head = words(before), tail = words(after);
    return {
      range,
      selection: { quote, before: head.slice(-200), after: tail.slice(0, 200), share: head.length / (head.length + quote.length + tail.length || 1) },
    };
  }

  // ---- The switch, and the button at the selection
  const live = make("div", { class: "pw-live", role: "status" });
  const toggle = make("button", { type: "button", "aria-pressed": "false", onclick: () => turn(!on) }, "✎");
  const here = make("div", { class: "pw pw-here", hidden: true }, make("button", { type: "button", onclick: begin }, "＋"));
  document.body.append(Object.assign(make("div", { class: "pw pw-switch" }, toggle, live), { selected }), here);

  async function turn(wanted) {
    if (wanted && !(await refresh())) return;
    on = wanted;
    localStorage.setItem(`${KEPT}on`, on ? "1" : "");
    toggle.setAttribute("aria-pressed", String(on));
    toggle.textContent = `✎ ${t("switch")}`;
    if (!on) here.hidden = true;
    decorate();
  }

  async function refresh() {
    const answer = await ask("state");
    if (answer.ok) state = answer.data;
    else if (answer.status !== 404) say(answer.data.fields[""]);
    if (!answer.ok && answer.status === 404) toggle.parentElement.hidden = true;
    return answer.ok;
  }

  function say(text) { live.textContent = ""; setTimeout(() => { live.textContent = text; }, 30); }

  let waiting = 0;
  document.addEventListener("selectionchange", () => { clearTimeout(waiting); waiting = setTimeout(offer, 150); });

  function offer() {
    if (stale && getSelection().isCollapsed) fresh();
    const found = on && (!form || mode === "move") ? selected() : null;
    if (document.activeElement && here.contains(document.activeElement)) return;
    here.hidden = !found;
    if (!found) return;
    picked = found;
    const boxes = [...found.range.getClientRects()].filter((box) => box.width), box = boxes.at(-1) ?? found.range.getBoundingClientRect();
    here.firstChild.textContent = mode === "move" ? t("put_here") : t("begin");
    const width = here.offsetWidth;  // below the words: above them a phone shows its own menu
    here.style.top = `${box.bottom + scrollY + 8}px`;
    here.style.left = `${Math.max(8, Math.min(box.right + scrollX - width / 2, document.documentElement.clientWidth - width - 8))}px`;
  }

  async function begin() {
    const chosen = picked;
    here.hidden = true;
    if (!chosen) return;
    if (mode === "move" && form) return moved(chosen);
    const answer = await ask("place", { selection: chosen.selection });
    if (!answer.ok) return notice(answer.data.fields.quote ?? answer.data.fields[""]);
    open({ values: { ...answer.data, kind: "context", author: localStorage.getItem(`${KEPT}author`) ?? state.authors[0]?.id }, selection: chosen.selection, range: chosen.range });
  }

  // ---- Buttons at the notes, and at those that have lost their words
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

  // ---- The form
  function field(name, label, control, hint) {
    const key = `pw-${++ids}`;
    control.id = key;
    control.name = name;
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
    const body = make("textarea", { rows: 7 }), shown = make("div", { class: "pw-preview md-typeset", "aria-label": t("preview") });
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
      field("tags", t("tags"), input(list(values.tags).join(", ")), t("tags_hint")),
      field("author", t("author"), choice(state.authors.map((one) => [one.id, one.name]), values.author)),
      field("id", t("id"), Object.assign(input(values.id ?? what.id), { readOnly: Boolean(what.id) }), t("id_hint")),
      field("status", t("status"), status),
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
    const slug = (text) => text.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    const suggest = () => {
      if (controls.id.dataset.own) return;
      let outlet = controls["container-title"].value;
      try { outlet ||= new URL(controls.URL.value).hostname.replace(/^www\./, "").split(".")[0]; } catch { /* not an address yet */ }
      const name = [slug(outlet || controls.title.value).slice(0, 30), controls.issued.value.slice(0, 4)].filter(Boolean).join("-");
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
      keep();
    } }, t("add_source"))));
    return box;
  }

  function candidates(lost) {
    const box = make("div", {}, make("p", { class: "pw-hint" }, t("lost")), ...lost.candidates.map((words) => make("button", { type: "button", onclick: () => moved({ selection: { quote: words, before: "", after: "", share: 0 } }) }, words.length > 120 ? `${words.slice(0, 119)}…` : words)));
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
      claimant, tags: typeof old.tags === "string" && tags.length === 1 && tags[0] === old.tags ? old.tags : tags, author: value("author"), status: value("status"), id: value("id") };
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
    settle(await ask("move", { id: what.id, tag: what.tag, selection: chosen.selection, what: form.querySelector('[name="what"]').value || t("moved") }));
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

  // ---- What was typed is kept over a reload, and over what another tab saves
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

  // ---- Keys
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

  // ---- The article anew, without loading the page
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

  let shown = "", stale = false;
  async function fresh() {
    if (selected()) { stale = true; return; }  // words that an author has selected stay selected
    stale = false;
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) return location.reload();
    const text = await answer.text(), begin = text.indexOf(`<!--${BEGIN}-->`), end = text.lastIndexOf(`<!--${END}-->`);
    if (begin < 0 || !bounds()) return form ? null : location.reload();
    const html = text.slice(begin + BEGIN.length + 7, end);
    if (html !== shown) swap(html);
    if (on) { await refresh(); decorate(); }
  }

  // The whole site follows a page that was built alone: where that has changed nothing here, the page stays.
  const plain = (text) => text.replace(/<script type="application\/json" id="postil-writing">.*?<\/script>/, "");
  async function isOther(seen) {
    const answer = await fetch(location.href, { cache: "no-store" });
    return !answer.ok || seen === null || plain(await answer.text()) !== seen;
  }

  let known = epoch;
  async function watch() {
    const request = Date.now(), text = await (await fetch(location.href, { cache: "no-store" })).text();
    const seen = text.includes(`"epoch": ${epoch}}`) ? plain(text) : null;
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
})();
