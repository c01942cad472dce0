// Makes a gap of the words selected in a text: double brackets round them, as one could type.
const button = document.querySelector("[data-make-gap]");
const text = button && document.getElementById(button.dataset.makeGap);

function makeGap() {
  const { selectionStart: start, selectionEnd: end, value } = text;
  const words = value.slice(start, end);
  const inside = words.trim();
  const before = start + words.length - words.trimStart().length;
  text.setRangeText(`[[${inside}]]`, before, before + inside.length, "end");
  if (!inside) text.setSelectionRange(before + 2, before + 2);
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

if (text) {
  button.hidden = false;
  button.addEventListener("click", makeGap);
}
