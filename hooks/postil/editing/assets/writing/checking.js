// Who works on a note, who has looked at it, when it is looked at again, and why it was taken back.
const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);

function entry(value, attributes = {}) {
  const control = make("input", { autocomplete: "off", ...attributes });
  control.value = value ?? "";
  return control;
}

function people(value, without) {
  return choice([["", "–"], ...state.authors.filter((one) => one.id !== without).map((one) => [one.id, one.name])], value);
}

const nameOf = (id) => state.authors.find((one) => one.id === id)?.name ?? id;
const wordOf = (id) => state.verdicts.find((one) => one.id === id)?.word ?? id;

function checkingFields(what, status) {
  const values = what.values, recheck = typeof values.recheck === "string" ? { date: values.recheck } : values.recheck ?? {};
  const assigned = field("assigned", t("assigned"), people(values.assigned), t("assigned_hint"));
  const fit = () => { assigned.hidden = !status.value; };
  status.addEventListener("change", fit);
  fit();
  const reviews = [values.reviews ?? []].flat();
  const box = make("details", { "data-checking": true, open: Boolean(values.checked || values.recheck || reviews.length) },
    make("summary", {}, t("checking")),
    field("checked", t("checked"), entry(values.checked, { type: "date" }), t("checked_hint")),
    make("div", { "data-field": "recheck" }, field("recheck.date", t("recheck"), entry(recheck.date, { type: "date" })), field("recheck.why", t("recheck_why"), entry(recheck.why)), make("p", { class: "pw-bad" })));
  if (!what.id) return [assigned, box];
  box.append(make("fieldset", { "data-field": "reviews" }, make("legend", {}, t("reviews")),
    make("ul", { class: "pw-reviews" }, ...reviews.map((review) => make("li", {}, [nameOf(review.by), review.date, review.verdict ? wordOf(review.verdict) : t("agrees"), review.note].filter(Boolean).join(" · ")))),
    field("review.by", t("review_by"), people("", values.author), t("review_hint")),
    field("review.verdict", t("review_verdict"), choice([["", t("agrees")], ...state.verdicts.map((one) => [one.id, one.word])], "")),
    field("review.note", t("review_note"), entry("")), make("p", { class: "pw-bad" })));
  const taken = make("details", { "data-taking-back": true, open: Boolean(values.retracted) }, make("summary", {}, t("retract")),
    make("div", { "data-field": "retracted" }, field("retracted.why", t("retract_why"), entry(values.retracted?.why), t("retract_hint")), make("p", { class: "pw-bad" })));
  return [assigned, box, ...(values.status ? [] : [taken])];
}

// The same value where nothing was typed, so that a file keeps the way in which it says it.
function checkingValues(value, old) {
  const date = value("recheck.date"), why = value("recheck.why"), by = value("review.by");
  const recheck = !date && !why ? "" : why || typeof old.recheck === "object" ? { ...(date && { date }), ...(why && { why }) } : date;
  const reviews = [old.reviews ?? []].flat();
  const review = by && { by, date: today(), ...(value("review.verdict") && { verdict: value("review.verdict") }), ...(value("review.note") && { note: value("review.note") }) };
  const reason = value("retracted.why");
  return {
    assigned: value("status") ? value("assigned") : "", checked: value("checked"), recheck,
    reviews: review ? [...reviews, review] : reviews,
    retracted: reason ? { ...old.retracted, date: old.retracted?.date ?? today(), why: reason } : "",
  };
}
