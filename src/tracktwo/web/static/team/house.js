// Small helps; every page works without them. F2 turns to the neutral view, a summary of errors is read first, a button
// prints, and a page on which something is being worked out looks again.
(function () {
  "use strict";
  document.addEventListener("keydown", function (event) {
    var form = document.getElementById("neutral");
    if (event.key === "F2" && form && !event.repeat) {
      event.preventDefault();
      document.documentElement.classList.add("covered");
      form.submit();
    }
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("[data-print]")) {
      window.print();
    }
  });
  var again = document.querySelector("[data-again]");
  if (again) {
    var soon = window.setTimeout(function () {
      window.location.reload();
    }, 1000 * Number(again.getAttribute("data-again")));
    window.addEventListener("beforeunload", function () { // whoever is on the way to another page is not called back
      window.clearTimeout(soon);
    });
  }
  var errors = document.getElementById("errors");
  if (errors) {
    errors.focus();
  }
})();
