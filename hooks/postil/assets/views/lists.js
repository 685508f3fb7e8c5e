/* Lists of sources and events: filter them by a value and by words. Without it they are whole.

A dot on the axis of a timeline leads to its entry, the one that is nearest to the pointer or the finger: many lie closer
together than a finger is wide. For the keyboard and for screen readers the axis is a picture; the entries follow it. */
var NEAR = 24; // pixels of CSS

function start() {
  document.querySelectorAll(".postil-list").forEach(function (form) {
    if (!form.hidden) return;
    var entries = Array.prototype.map.call(document.querySelectorAll(".postil-" + form.dataset.list + " > li"), function (row) {
      return {row: row, text: searched(row.textContent)};
    });

    function draw() {
      var fits = asked(form), shown = 0, left = {};
      entries.forEach(function (entry) {
        entry.row.hidden = !fits(entry.row.dataset, entry.text);
        if (entry.row.hidden) left[entry.row.id] = true;
        else shown += 1;
      });
      document.querySelectorAll(".postil-axis [data-entry]").forEach(function (dot) {
        dot.classList.toggle("postil-axis__dot--out", dot.dataset.entry in left);
      });
      tellCount(form, shown, entries.length);
    }

    form.addEventListener("input", draw);
    form.addEventListener("postil-all", function () {
      form.querySelectorAll("select, input").forEach(function (field) { field.value = ""; });
      draw();
    });
    form.hidden = false;
    draw();
  });
  document.querySelectorAll(".postil-axis:not(.postil-axis--leads)").forEach(function (axis) {
    if (!axis.querySelector("[data-entry]")) return;
    axis.classList.add("postil-axis--leads");
    axis.addEventListener("click", function (event) {
      var near = NEAR, entry = "";
      axis.querySelectorAll("[data-entry]:not(.postil-axis__dot--out)").forEach(function (dot) {
        var box = dot.getBoundingClientRect();
        var away = Math.hypot(event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2);
        if (away < near) {
          near = away;
          entry = dot.dataset.entry;
        }
      });
      if (entry) location.hash = entry;
    });
  });
  reveal();
}

/* A link to an entry that is filtered out shows all. */
function reveal() {
  var entry = null;
  try { entry = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return; } // no address of ours
  if (!entry || !entry.hidden || !entry.matches(".postil-register > li, .postil-timeline > li")) return;
  document.querySelectorAll(".postil-list").forEach(function (form) { form.dispatchEvent(new Event("postil-all")); });
  entry.scrollIntoView();
}

addEventListener("hashchange", reveal);
begin(start);
