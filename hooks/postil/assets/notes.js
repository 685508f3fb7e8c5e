/* What scripts add to notes: a chosen note is raised to its passage; keys; a sheet that closes; links to copy.
   Everything can be read without it. */
(function () {
  "use strict";
  if (window.postilNotes) return; /* a theme that swaps pages runs it on each of them */
  window.postilNotes = true;

  var KEYS = "postil-keys", IN_TEXT = "postil-in-text";

  function texts() {
    var holder = document.querySelector("[data-postil-texts]");
    return holder ? JSON.parse(holder.dataset.postilTexts) : {};
  }

  function notes() { return Array.prototype.slice.call(document.querySelectorAll(".postil-note")); }
  function shown(note) { return getComputedStyle(note).visibility !== "hidden"; }
  function ref(note) { return document.getElementById("ref-" + note.id.slice(5)); }
  function wide() { return getComputedStyle(document.documentElement).getPropertyValue("--postil-wide").trim() === "1"; }

  /* The chosen note: the one that the address names. It is moved by a transform, which leaves its neighbours alone. */
  function raise() {
    notes().forEach(function (note) { note.classList.remove("postil-on"); note.style.removeProperty("--postil-lift"); note.removeAttribute("popover"); });
    var name = decodeURIComponent(location.hash.slice(1)), note;
    if (name.indexOf("note-") === 0) note = document.getElementById(name);
    if (name.indexOf("ref-") === 0 && wide()) note = document.getElementById("note-" + name.slice(4));
    if (!note || !note.classList.contains("postil-note")) return;
    note.classList.add("postil-on");
    if (!wide()) return sheet(note);
    var drift = note.getBoundingClientRect().top - ref(note).getBoundingClientRect().top;
    note.style.setProperty("--postil-lift", -Math.max(0, drift) + "px");
    var box = ref(note).getBoundingClientRect();
    if (box.top < 80 || box.bottom > innerHeight - 120) ref(note).scrollIntoView({ block: "center" });
  }

  /* On a narrow screen the chosen note is a popover: above everything, closed by Escape or by a tap beside it. */
  function sheet(note) {
    if (!note.showPopover || note.closest(".postil-in-text")) return;
    note.setAttribute("popover", "auto");
    note.tabIndex = -1;
    note.showPopover();
    note.focus({ preventScroll: true });
    note.ontoggle = function (event) {
      if (event.newState === "closed" && note.hasAttribute("popover") && location.hash.slice(1) === note.id) close();
    };
  }

  function choose(note) {
    location.hash = note.id;
    ref(note).focus({ preventScroll: true });
    ref(note).scrollIntoView({ block: "center" });
  }

  function close() {
    if (!/^#(note|ref)-/.test(location.hash)) return;
    var top = scrollY, back = document.getElementById("ref-" + location.hash.replace(/^#(note|ref)-/, ""));
    history.pushState(null, "", location.pathname + location.search);
    /* pushState leaves :target as it is; a change of the hash to nothing does not. */
    location.hash = "postil-none";
    history.replaceState(null, "", location.pathname + location.search);
    scrollTo(0, top);
    raise();
    if (back) back.focus({ preventScroll: true });
  }

  function step(by) {
    var all = notes().filter(shown), name = location.hash.slice(1).replace(/^(note|ref)-/, "");
    var at = all.findIndex(function (note) { return note.id === "note-" + name; });
    if (at < 0) {
      at = all.findIndex(function (note) { return ref(note).getBoundingClientRect().top > 90; });
      if (by > 0) at -= 1;
    }
    var next = all[at + by];
    if (next) choose(next);
  }

  function help(words) {
    var dialog = document.querySelector(".postil-help");
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.className = "postil-help";
      dialog.setAttribute("aria-label", words.title);
      [["j", words.next], ["k", words.previous], ["Esc", words.close], ["?", words.help]].forEach(function (row) {
        var line = document.createElement("p"), key = document.createElement("kbd");
        key.textContent = row[0];
        line.append(key, " " + row[1]);
        dialog.append(line);
      });
      var label = document.createElement("label"), box = document.createElement("input");
      box.type = "checkbox";
      box.checked = localStorage.getItem(KEYS) !== "off";
      box.addEventListener("change", function () { localStorage.setItem(KEYS, box.checked ? "on" : "off"); });
      label.append(box, " " + words.switch);
      dialog.append(label);
      dialog.addEventListener("click", function (event) { if (event.target === dialog) dialog.close(); });
      document.body.append(dialog);
    }
    dialog.showModal();
  }

  function typing(element) { return /^(input|textarea|select)$/i.test(element.tagName) && element.type !== "radio" || element.isContentEditable; }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !notes().length) return;
    if (event.key === "Escape") return close();
    if (event.key === "?") { event.preventDefault(); return help(texts()); }
    if (localStorage.getItem(KEYS) === "off") return;
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  }

  function onClick(event) {
    var open = document.querySelector(".postil-note:target");
    if (open && !wide() && !open.contains(event.target) && !event.target.closest(".postil-ref")) close();
  }

  function button(text, act, name) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    if (name) made.className = name;
    made.addEventListener("click", act);
    return made;
  }

  /* A text fragment (WICG Scroll to Text Fragment): the passage's first and last words. */
  function fragment(note) {
    var words = Array.prototype.map.call(document.querySelectorAll('.postil-passage[aria-details="' + note.id + '"]'), function (mark) {
      return mark.textContent;
    }).join(" ").trim().split(/\s+/);
    function code(part) { return encodeURIComponent(part.join(" ")).replace(/-/g, "%2D"); }
    return "#:~:text=" + (words.length > 9 ? code(words.slice(0, 4)) + "," + code(words.slice(-4)) : code(words));
  }

  function addCopy(words) {
    notes().forEach(function (note) {
      var foot = note.querySelector(".postil-note__foot");
      if (!foot || foot.querySelector(".postil-note__copy") || !navigator.clipboard) return;
      [[words.copy, function () { return "#" + note.id; }], [words.copy_passage, function () { return fragment(note); }]].forEach(function (row) {
        var made = button(row[0], function () {
          navigator.clipboard.writeText(location.href.split("#")[0] + row[1]()).then(function () { made.textContent = words.copied; });
        }, "postil-note__copy");
        foot.append(made);
      });
    });
  }

  function addTools(words) {
    var tools = document.querySelector(".postil-tools"), text = document.querySelector(".md-typeset:has(.postil-note)");
    if (!tools || !text || tools.firstChild) return;
    function show(on) {
      text.classList.toggle("postil-in-text", on);
      choice.textContent = on ? words.not_in_text : words.in_text;
      localStorage.setItem(IN_TEXT, on ? "on" : "off");
    }
    var choice = button("", function () { show(!text.classList.contains("postil-in-text")); }, "postil-tools__in-text");
    tools.append(choice, button(words.open, function () { help(words); }));
    show(localStorage.getItem(IN_TEXT) === "on");
  }

  /* What was changed since this browser was last here; the day of the visit is kept here only. */
  function tellNew(words) {
    var key = "postil-visit:" + location.pathname, last = localStorage.getItem(key);
    notes().forEach(function (note) {
      if (!last || note.dataset.changed <= last) return;
      note.classList.add("postil-new");
      note.querySelector(".postil-note__head").dataset.new = words.new;
    });
    localStorage.setItem(key, new Date().toISOString().slice(0, 10));
  }

  function start() {
    if (!notes().length) return;
    var words = texts();
    addCopy(words);
    addTools(words);
    tellNew(words);
    raise();
  }

  addEventListener("hashchange", raise);
  addEventListener("resize", raise);
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  if (window.document$) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
