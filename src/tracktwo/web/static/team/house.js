// Small helps; every page works without them. F2 turns to the neutral view, a summary of errors is read first, a button prints.
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
  var errors = document.getElementById("errors");
  if (errors) {
    errors.focus();
  }
})();
