/* The table of claims: sort by a column, filter by verdict, kind, tag, author and words. Without it the table is whole.

A long table stands on several pages. All of its rows are in a file of their own, which is loaded when somebody asks for
them; as many as a browser draws at once are shown, the others on request. */
(function () {
  "use strict";
  if (window.postilClaims) return;
  window.postilClaims = true;
  var AT_ONCE = 500;

  /* A row as it is sorted and filtered: cells are texts, `row` gives the element. */
  function fromRow(row) {
    var cells = Array.prototype.map.call(row.cells, function (cell) { return cell.textContent.trim(); });
    return record(cells, Number(row.cells[3].dataset.order), row.dataset, function () { return row; });
  }

  function record(cells, order, values, row) {
    var keys = cells.map(function (cell) { return cell.toLowerCase(); });
    keys[0] = Number(cells[0]);
    keys[3] = order;
    return {keys: keys, text: cells.join(" ").toLowerCase(), values: values, row: row};
  }

  /* The rows of the file: article, note, passage, finding, verdict, kind, tags, author, day. */
  function fromFile(data, base, pattern) {
    return data.rows.map(function (row, place) {
      var verdict = data.verdicts[row[4]] || ["", "", "", 99];
      var cells = [String(place + 1), row[2], row[3], verdict[0], data.kinds[row[5]], row[6].split("|").join(", "), data.authors[row[7]], row[8]];
      var values = {verdict: verdict[0], kind: cells[4], tags: row[6], author: cells[6]};
      var made = null;
      return record(cells, verdict[3], values, function () {
        if (made) return made;
        made = pattern.cloneNode(true);
        cells.forEach(function (text, column) {
          if ([1, 3, 7].indexOf(column) < 0) made.cells[column].textContent = text;
        });
        var link = made.cells[1].firstElementChild, word = made.cells[3], day = made.cells[7].firstElementChild;
        link.href = new URL(data.articles[row[0]] + "#note-" + row[1], base).href;
        link.textContent = cells[1];
        word.replaceChildren();
        word.dataset.order = verdict[3];
        if (verdict[0]) {
          var sign = document.createElement("span");
          sign.className = "postil-word postil-colour-" + verdict[2];
          sign.dataset.sign = verdict[1];
          sign.textContent = verdict[0];
          word.append(sign);
        }
        day.dateTime = day.textContent = cells[7];
        Object.keys(values).forEach(function (name) { made.dataset[name] = values[name]; });
        return made;
      });
    });
  }

  function start() {
    document.querySelectorAll(".postil-claims").forEach(function (view) {
      var form = view.querySelector(".postil-claims__filter"), body = view.querySelector("tbody"), output = view.querySelector("output");
      if (!form || !form.hidden) return;
      var more = view.querySelector(".postil-claims__more"), parts = view.querySelector(".postil-claims__parts");
      var file = view.dataset.more, here = Array.prototype.map.call(body.rows, fromRow);
      var records = file ? null : here, waiting = null, shown = AT_ONCE, column = -1, down = 1;

      function tell(count) {
        output.textContent = view.dataset.count.replace("{shown}", count).replace("{total}", view.dataset.total);
      }

      /* Does something once all rows are there; without the file with those of this page. */
      function withAll(then) {
        if (records) return then();
        if (waiting) return waiting.push(then);
        waiting = [then];
        var script = document.createElement("script");
        script.src = file;
        script.onload = script.onerror = function () {
          records = window.postilClaimRows ? fromFile(window.postilClaimRows, script.src, body.rows[0]) : here;
          window.postilClaimRows = null;
          waiting.forEach(function (each) { each(); });
        };
        document.head.append(script);
      }

      function draw() {
        var words = form.querySelector("[name=words]").value.toLowerCase().split(/\s+/), wanted = [];
        form.querySelectorAll("select").forEach(function (select) { if (select.value) wanted.push(select); });
        var fitting = records.filter(function (record) {
          return wanted.every(function (select) {
            return record.values[select.name].split("|").indexOf(select.value) >= 0;
          }) && words.every(function (word) { return record.text.indexOf(word) >= 0; });
        });
        if (column >= 0) {
          fitting.sort(function (one, other) {
            var first = one.keys[column], second = other.keys[column];
            return (first < second ? -down : first > second ? down : 0) || one.keys[0] - other.keys[0];
          });
        }
        body.replaceChildren.apply(body, fitting.slice(0, shown).map(function (record) { return record.row(); }));
        more.hidden = fitting.length <= shown;
        if (parts) parts.hidden = true;
        tell(fitting.length);
      }

      function anew() {
        shown = AT_ONCE;
        withAll(draw);
      }

      view.querySelectorAll("th").forEach(function (head, place) {
        var button = document.createElement("button");
        button.type = "button";
        button.textContent = head.textContent;
        head.replaceChildren(button);
        button.addEventListener("click", function () {
          down = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
          view.querySelectorAll("th").forEach(function (other) { other.removeAttribute("aria-sort"); });
          head.setAttribute("aria-sort", down > 0 ? "ascending" : "descending");
          column = place;
          anew();
        });
      });

      more.addEventListener("click", function () {
        shown += AT_ONCE;
        withAll(draw);
      });
      form.addEventListener("input", anew);
      form.hidden = false;
      tell(here.length);
    });
  }

  if (window.document$) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
