/* The table of claims: sort by a column, filter by verdict, kind, tag, author and words. Without it the table is whole. */
(function () {
  "use strict";
  if (window.postilClaims) return;
  window.postilClaims = true;

  function start() {
    document.querySelectorAll(".postil-claims").forEach(function (view) {
      var form = view.querySelector(".postil-claims__filter"), body = view.querySelector("tbody"), output = view.querySelector("output");
      if (!form || !form.hidden) return;
      var rows = Array.prototype.slice.call(body.rows);

      form.querySelectorAll("select").forEach(function (select) {
        var values = new Set();
        rows.forEach(function (row) {
          row.dataset[select.name].split("|").forEach(function (value) { if (value) values.add(value); });
        });
        Array.from(values).sort().forEach(function (value) { select.add(new Option(value, value)); });
        select.parentNode.hidden = values.size < 2;
      });

      function filter() {
        var shown = 0, words = form.querySelector("[name=words]").value.toLowerCase().split(/\s+/);
        rows.forEach(function (row) {
          var fits = Array.prototype.every.call(form.querySelectorAll("select"), function (select) {
            return !select.value || row.dataset[select.name].split("|").indexOf(select.value) >= 0;
          });
          var text = row.textContent.toLowerCase();
          row.hidden = !(fits && words.every(function (word) { return text.indexOf(word) >= 0; }));
          shown += row.hidden ? 0 : 1;
        });
        output.textContent = view.dataset.count.replace("{shown}", shown).replace("{total}", rows.length);
      }

      function key(row, column, how) {
        var cell = row.cells[column];
        if (how === "number") return Number(cell.textContent);
        if (how === "order") return Number(cell.dataset.order);
        if (how === "date") return cell.querySelector("time").dateTime;
        return cell.textContent.trim().toLowerCase();
      }

      view.querySelectorAll("th").forEach(function (head, column) {
        var button = document.createElement("button");
        button.type = "button";
        button.textContent = head.textContent;
        head.replaceChildren(button);
        button.addEventListener("click", function () {
          var down = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
          view.querySelectorAll("th").forEach(function (other) { other.removeAttribute("aria-sort"); });
          head.setAttribute("aria-sort", down > 0 ? "ascending" : "descending");
          rows.map(function (row, place) { return [key(row, column, head.dataset.sort), place, row]; })
            .sort(function (one, other) {
              var sign = one[0] < other[0] ? -1 : one[0] > other[0] ? 1 : 0;
              return sign * down || one[1] - other[1];
            })
            .forEach(function (item) { body.append(item[2]); });
        });
      });

      form.addEventListener("input", filter);
      form.hidden = false;
      filter();
    });
  }

  if (window.document$) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
