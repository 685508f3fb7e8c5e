/* j and k go from note to note, Escape closes, ? tells all that. Single keys can be switched off (WCAG 2.1.4). */

function steps() { return items.filter(one => !one.out); }

function step(by) {
  const all = steps();
  let at = all.indexOf(chosen);
  if (at < 0) {
    // From where the reader is: the first passage below the bar of the theme.
    const below = ceiling();
    at = all.findIndex(one => anchor(one) - scrollY > below);
    if (at < 0) at = all.length;
    if (by > 0) at -= 1;
  }
  go(all[at + by]);
}

function help() {
  let dialog = document.querySelector(".postil-help");
  if (!dialog) {
    const box = made("input", { type: "checkbox", checked: kept("keys") !== "off" });
    box.addEventListener("change", () => keep("keys", box.checked ? "on" : "off"));
    const rows = [["j", words.next], ["k", words.previous], ["?", words.help], ["Esc", words.close]]
      .map(([key, does]) => made("p", {}, made("kbd", {}, key), " " + does));
    const title = made("h2", { id: "postil-help-title" }, words.title);
    const out = button(words.done, "postil-help__close", () => dialog.close());
    dialog = made("dialog", { className: "postil-help" }, title, ...rows, made("label", {}, box, " " + words.switch), out);
    dialog.setAttribute("aria-labelledby", title.id);
    dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
    document.body.append(dialog);
  }
  dialog.showModal();
}

function typing(element) {
  return /^(input|textarea|select)$/i.test(element.tagName) && !/^(radio|checkbox|button)$/.test(element.type) || element.isContentEditable;
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape" && chosen) return leave();
  if (event.key === "Escape" && peeked) return unpeek();
  if (kept("keys") === "off") return;
  if (event.key === "?") { event.preventDefault(); help(); }
  if (event.key === "j") step(1);
  if (event.key === "k") step(-1);
}
