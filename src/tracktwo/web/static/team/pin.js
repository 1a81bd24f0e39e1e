// Dragging somebody to another place chooses that place in the form and pins him there. Without this script the same is done by the lists of choices
// that stand beside each name; they stay, for the keyboard and for telephones.
(function () {
  "use strict";
  var held = null, told = document.getElementById("told");
  function zone(target) {
    return target.closest ? target.closest("[data-drop]") : null;
  }
  function fits(place) {
    return held && place && place.getAttribute("data-round") === held.getAttribute("data-round") && choice(place);
  }
  function choice(place) {
    var list = held.querySelector("select"), value = place.getAttribute("data-drop");
    return list && list.querySelector('option[value="' + value + '"]') ? list : null;
  }
  function list(place) {
    var lists = Array.prototype.slice.call(place.querySelectorAll("ul"));
    return lists.filter(function (one) { return one.getAttribute("data-side") === held.getAttribute("data-side"); })[0] || lists[0];
  }
  function clear() {
    document.querySelectorAll(".over").forEach(function (one) { one.classList.remove("over"); });
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
    var place = zone(event.target);
    clear();
    if (fits(place)) {
      event.preventDefault();
      place.classList.add("over");
    }
  });
  document.addEventListener("dragend", function () { clear(); held = null; });
  document.addEventListener("drop", function (event) {
    var place = zone(event.target);
    clear();
    if (!fits(place)) { return; }
    event.preventDefault();
    var pin = held.querySelector("input[data-pin]");
    choice(place).value = place.getAttribute("data-drop");
    if (pin) { pin.checked = true; }
    list(place).appendChild(held);
    held.classList.add("moved");
    if (told) {
      told.textContent = told.getAttribute("data-told").replace("{who}", held.getAttribute("data-drag")).replace("{where}", place.getAttribute("data-name"));
    }
    held = null;
  });
})();
