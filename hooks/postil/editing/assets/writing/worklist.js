// What there is to do, on this page and on the others; each line leads to where it is done.
const todo = make("button", { type: "button", hidden: true, onclick: list }, "☰");
toggle.after(" ", todo);

async function list() {
  if (form && !close()) return;
  const answer = await ask("todo", { author: localStorage.getItem(`${KEPT}author`) ?? "" });
  if (!answer.ok) return say(answer.data.fields[""]);
  const groups = [...new Set(answer.data.tasks.map((task) => task.group))];
  form = make("section", { class: "pw pw-form", role: "dialog", "aria-labelledby": "pw-title", onkeydown: keys },
    make("div", { class: "pw-head" }, make("h2", { id: "pw-title", tabindex: "-1" }, t("todo")), make("button", { type: "button", "aria-label": t("close"), onclick: () => close(true) }, "✕")),
    ...(groups.length ? [] : [make("p", {}, t("todo_nothing"))]),
    ...groups.flatMap((group) => {
      const mine = answer.data.tasks.filter((task) => task.group === group);
      return [make("h3", {}, `${t(`todo.${group}`)} (${mine.length})`), make("ul", { class: "pw-todo" }, ...mine.map((task) => make("li", {}, ...line(task))))];
    }));
  form.what = { values: {} };
  form.back = todo;
  document.body.append(form);
  dock();
  form.querySelector("h2").focus();
}

function line(task) {
  const words = task.mine ? make("strong", {}, task.words) : task.words;
  const why = [task.url === page() ? "" : task.article, task.why].filter(Boolean).join(" · ");
  const more = why ? [" ", make("small", {}, why)] : [];
  if (task.url !== page()) return [make("a", { href: `${base}${task.url.split("/").map(encodeURIComponent).join("/")}${task.note ? `#note-${task.note}` : ""}` }, words), ...more];
  const go = () => {
    close(true);
    if (task.note) return edit(task.note);
    write({ quote: task.words, before: task.before, after: task.after, share: 0 });
  };
  return [make("button", { type: "button", onclick: go }, words), ...more];
}
