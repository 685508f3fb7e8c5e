/* Which notes are shown: the choice at the head of the article. To read without marks, the key notes, or all of them are
   kept for this reader; a single verdict is not. The same choice works by styles alone where no script runs (filter.css). */

const STATES = ["read", "key", "all"];

function choices() { return [...document.querySelectorAll(".postil-filter input[name=postil-show]")]; }

function isShown(one, value) {
  return value === "all" || value === "read" || one.note.classList.contains("postil-" + value);
}

/* `place` does the rest. */
function show(value) {
  for (const one of items) {
    const out = !isShown(one, value);
    if (out === one.out) continue;
    one.out = out;
    one.ref.classList.toggle("postil-out", out);
  }
  text.classList.toggle("postil-read", value === "read");
}

function recall() {
  const all = choices(), last = kept("show");
  const wanted = all.find(input => input.value === last) || all.find(input => input.checked);
  if (!wanted) return;
  wanted.checked = true;
  show(wanted.value);
}

function onChoice(event) {
  if (event.target.name !== "postil-show") return;
  if (chosen) leave();
  if (STATES.includes(event.target.value)) keep("show", event.target.value);
  show(event.target.value);
  place();
}
