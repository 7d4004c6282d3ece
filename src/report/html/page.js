"use strict";
const form = document.getElementById("filter");
const rows = Array.from(document.querySelectorAll("tr[data-verdict]"));
const count = document.getElementById("count");
function show() {
  const words = document.getElementById("words").value.toLowerCase();
  const chosen = new Set(Array.from(form.querySelectorAll("input:checked"), (box) => box.value));
  let shown = 0;
  rows.forEach((row) => {
    let is = chosen.has(row.dataset.verdict) ? chosen.has(row.dataset.severity) : false;
    if (is) { is = row.textContent.toLowerCase().includes(words); }
    row.hidden = !is;
    shown += is ? 1 : 0;
  });
  count.textContent = shown + " of " + rows.length + " rows";
}
form.hidden = false;
form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
show();
