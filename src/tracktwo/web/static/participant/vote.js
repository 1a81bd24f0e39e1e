// A vote that cannot be sent waits in this page's memory, and nowhere else, until the network is back. Without this script each vote is a form.
(function () {
  "use strict";
  var list = document.getElementById("list");
  if (!list || !window.fetch || !window.URLSearchParams) { return; }
  var waiting = {}, busy = false, over = false, version = list.firstElementChild.getAttribute("data-version");

  function say(id, word) {
    var place = document.querySelector("#s" + id + " .state");
    if (place) { place.textContent = list.getAttribute("data-" + word); place.className = word === "waiting" ? "state waits" : "state"; }
  }
  function press(id, vote) {
    document.querySelectorAll("#s" + id + " [name=vote]").forEach(function (one) { one.setAttribute("aria-pressed", one.value === vote); });
  }
  function next() {
    var id = Object.keys(waiting)[0];
    if (busy || over || !id) { return; }
    busy = true;
    var sent = waiting[id], stop = window.AbortController && new AbortController();
    var late = stop && setTimeout(function () { stop.abort(); }, 15000);
    fetch(sent.to, { signal: stop ? stop.signal : undefined, method: "POST", headers: { "X-Part": "vote" }, body: new URLSearchParams(sent.form), credentials: "same-origin", redirect: "manual" })
      .then(function (answer) {
        if (answer.status === 204 || answer.status === 422) {
          if (waiting[id] === sent) { delete waiting[id]; say(id, answer.status === 204 ? "received" : "closed"); }
        } else if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404) { end(); }
      }, function () {})
      .then(function () { clearTimeout(late); busy = false; if (waiting[id] !== sent) { next(); } });
  }
  function end() {
    over = true;
    document.getElementById("ended").textContent = list.getAttribute("data-ended");
  }
  list.addEventListener("click", function (event) {
    var button = event.target, form = button.form;
    if (button.name !== "vote" || !form || over) { return; }
    event.preventDefault();
    var id = form.elements.statement.value;
    waiting[id] = { to: form.action, form: { csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value, statement: id, vote: button.value } };
    press(id, button.value);
    say(id, "waiting");
    next();
  });
  window.addEventListener("beforeunload", function (event) {
    if (Object.keys(waiting).length) { event.preventDefault(); event.returnValue = ""; }
  });
  function look() {
    if (document.hidden || over) { return; }
    next();
    fetch(list.getAttribute("data-poll"), { headers: { "If-None-Match": version }, credentials: "same-origin" }).then(function (answer) {
      if (answer.status === 410) { return end(); }
      if (answer.status !== 200 || Object.keys(waiting).length) { return; }
      return fetch(location.pathname, { headers: { "X-Part": "list" }, credentials: "same-origin" }).then(function (part) {
        return part.status === 200 && !part.redirected ? part.text() : "";
      }).then(function (text) {
        if (!text || Object.keys(waiting).length) { return; }
        var at = document.activeElement, form = at && at.form, kept = form && form.elements.statement && [form.elements.statement.value, at.value];
        list.innerHTML = text;
        version = list.firstElementChild.getAttribute("data-version");
        var again = kept && document.querySelector("#s" + kept[0] + " [value=" + kept[1] + "]");
        if (again) { again.focus(); }
      });
    }, function () {});
  }
  setInterval(look, 2000);
  window.addEventListener("online", next);
})();
