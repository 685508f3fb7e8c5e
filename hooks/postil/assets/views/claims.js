/* The table of claims: sort by a column, filter by verdict, kind, tag, author and words. Without it the table is whole.

A long table stands on several pages. All of its rows are in a file of their own, which is loaded when somebody asks for
them; as many as a browser draws at once are shown, the others on request. */
var AT_ONCE = 500;

/* A row as it is sorted and filtered: texts by the name of their column; `row` gives the element. */
function name(cell) { return cell.className.replace("postil-claims__", ""); }

function fromRow(row) {
  var texts = {}, order = 0;
  Array.prototype.forEach.call(row.cells, function (cell) {
    texts[name(cell)] = cell.textContent.trim();
    if (cell.dataset.order) order = Number(cell.dataset.order);
  });
  return record(texts, order, row.dataset, function () { return row; });
}

function record(texts, order, values, row) {
  var keys = {}, words = [];
  Object.keys(texts).forEach(function (column) {
    keys[column] = texts[column].toLowerCase();
    words.push(searched(texts[column]));
  });
  keys.number = Number(texts.number);
  keys.verdict = order;
  return {keys: keys, text: words.join(" "), values: values, row: row};
}

/* The rows of the file: article, note, passage, finding, verdict, kind, tags, author, day. */
function fromFile(data, base, pattern) {
  return data.rows.map(function (row, place) {
    var verdict = data.verdicts[row[4]] || ["", "", "", 99], made = null;
    var values = {verdict: verdict[0], kind: data.kinds[row[5]], tags: row[6], author: data.authors[row[7]]};
    var texts = {
      number: String(place + 1), passage: row[2], finding: row[3], verdict: verdict[0], kind: values.kind,
      tags: row[6].split("|").join(", "), author: values.author, last: row[8]
    };
    return record(texts, verdict[3], values, function () {
      if (made) return made;
      made = pattern.cloneNode(true);
      Array.prototype.forEach.call(made.cells, function (cell) {
        var column = name(cell), inner = cell.firstElementChild;
        if (column === "passage") inner.href = new URL(data.articles[row[0]] + "#note-" + row[1], base).href;
        if (column === "last") inner.dateTime = texts.last;
        if (column === "verdict") {
          cell.replaceChildren();
          cell.dataset.order = verdict[3];
          if (!verdict[0]) return;
          inner = document.createElement("span");
          inner.className = "postil-word postil-colour-" + verdict[2];
          inner.dataset.sign = verdict[1];
          cell.append(inner);
        }
        (inner || cell).textContent = texts[column];
      });
      Object.keys(values).forEach(function (key) { made.dataset[key] = values[key]; });
      return made;
    });
  });
}

function start() {
  document.querySelectorAll(".postil-claims").forEach(function (view) {
    var form = view.querySelector(".postil-claims__filter"), body = view.querySelector("tbody");
    if (!form || !form.hidden) return;
    var more = view.querySelector(".postil-claims__more"), parts = view.querySelector(".postil-claims__parts");
    var file = view.dataset.more, here = Array.prototype.map.call(body.rows, fromRow);
    var pattern = body.rows[0], records = file ? null : here, waiting = null, shown = AT_ONCE, column = "", down = 1;

    /* Does something once all rows are there; without the file with those of this page. */
    function withAll(then) {
      if (records) return then();
      if (waiting) return waiting.push(then);
      waiting = [then];
      var script = document.createElement("script");
      script.src = file;
      script.onload = script.onerror = function () {
        records = window.postilClaimRows ? fromFile(window.postilClaimRows, script.src, pattern) : here;
        window.postilClaimRows = null;
        waiting.forEach(function (each) { each(); });
      };
      document.head.append(script);
    }

    function draw() {
      var fits = asked(form), fitting = records.filter(function (record) { return fits(record.values, record.text); });
      if (column) {
        fitting.sort(function (one, other) {
          var first = one.keys[column], second = other.keys[column];
          return (first < second ? -down : first > second ? down : 0) || one.keys.number - other.keys.number;
        });
      }
      body.replaceChildren.apply(body, fitting.slice(0, shown).map(function (record) { return record.row(); }));
      more.hidden = fitting.length <= shown;
      if (parts) parts.hidden = true;
      tellCount(view, fitting.length, view.dataset.total);
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
        column = name(pattern.cells[place]);
        anew();
      });
    });

    more.addEventListener("click", function () {
      shown += AT_ONCE;
      withAll(draw);
    });
    form.addEventListener("input", anew);
    form.hidden = false;
    tellCount(view, here.length, view.dataset.total);
    if (asks(form)) anew();
  });
}

begin(start);
