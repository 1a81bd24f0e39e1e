// Dragging an item to a day, and there before another, chooses its day and its beginning in the form. Without this script the same is done by the fields
// under "change" beside each item; they stay, for the keyboard and for telephones.
(function () {
  "use strict";
  var held = null, told = document.getElementById("told");
  function place(target) {
    var day = held && target.closest ? target.closest("[data-day]") : null;
    return day ? { day: day, next: target.closest("li[data-start]") } : null;
  }
  function clear() {
    document.querySelectorAll(".over, .before").forEach(function (one) { one.classList.remove("over", "before"); });
  }
  document.querySelectorAll("[data-drag]").forEach(function (one) {
    one.draggable = true;
    one.classList.add("loose");
  });
  document.addEventListener("dragstart", function (event) {
    held = event.target.closest ? event.target.closest("[data-drag]") : null;
    if (held) {
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
    }
  });
  document.addEventListener("dragover", function (event) {
    var there = place(event.target);
    clear();
    if (there) {
      event.preventDefault();
      (there.next || there.day).classList.add(there.next ? "before" : "over");
    }
  });
  document.addEventListener("dragend", function () { clear(); held = null; });
  document.addEventListener("drop", function (event) {
    var there = place(event.target), list, at, item;
    clear();
    if (!there || there.next === held) { return; }
    event.preventDefault();
    item = held;
    held = null;
    list = item.querySelector("select[name^='day-']");
    at = item.querySelector("input[name^='at-']");
    list.value = there.day.getAttribute("data-day");
    at.value = there.next ? there.next.getAttribute("data-start") : "";
    if (!there.next) { there.day.querySelector("ul").appendChild(item); } else { there.next.parentNode.insertBefore(item, there.next); }
    item.classList.add("moved");
    item.querySelector("details").open = true;
    if (told) {
      told.textContent = told.getAttribute("data-told").replace("{who}", item.getAttribute("data-drag")).replace("{where}", there.day.getAttribute("data-name")).replace("{at}", at.value || "–");
    }
  });
})();
