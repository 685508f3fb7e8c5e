// What every part of the form needs: the questions to the preview, the texts, elements.
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
