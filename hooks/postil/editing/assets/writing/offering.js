// The switch, and the button at the selection.
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
  todo.hidden = !on;
  todo.textContent = t("todo");
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
  return write(chosen.selection, chosen.range);
}

async function write(selection, range) {
  const answer = await ask("place", { selection });
  if (!answer.ok) return notice(answer.data.fields.quote ?? answer.data.fields[""]);
  open({ values: { ...answer.data, kind: "context", author: localStorage.getItem(`${KEPT}author`) ?? state.authors[0]?.id }, selection, range });
}
