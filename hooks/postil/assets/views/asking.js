/* What a reader asks for in a form above a table or a list: a value in each select, words in the field for them. */

/* A text as it is searched: case and accents do not count. */
function searched(text) { return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase(); }

/* Whether anything is asked for; a browser may fill in again what stood in a form. */
function asks(form) {
  return Array.prototype.some.call(form.querySelectorAll("select, input"), function (field) { return field.value; });
}

/* Tells of values by the names of the selects (several in one are parted by `|`), and of a text, whether they fit. */
function asked(form) {
  var words = searched(form.querySelector("[name=words]").value).split(/\s+/), wanted = [];
  form.querySelectorAll("select").forEach(function (select) { if (select.value) wanted.push(select); });
  return function (values, text) {
    return wanted.every(function (select) {
      return (values[select.name] || "").split("|").indexOf(select.value) >= 0;
    }) && words.every(function (word) { return text.indexOf(word) >= 0; });
  };
}

/* How many are shown, of how many; a screen reader hears it. */
function tellCount(view, shown, total) {
  view.querySelector("output").textContent = view.dataset.count.replace("{shown}", shown).replace("{total}", total);
}

/* Now and whenever the theme has swapped pages. */
function begin(start) {
  if (window.document$) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}
