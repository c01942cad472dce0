// input[type=file][data-most-bytes]: a file that is too large is said beside its field and not sent, so that nothing else
// in the form is lost on the way.
function sayAt(field, words) {
  const id = `${field.id}-too-large`;
  const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((each) => each && each !== id);
  document.getElementById(id)?.remove();
  field.setAttribute("aria-invalid", String(Boolean(words)));
  field.setAttribute("aria-describedby", [...others, ...(words ? [id] : [])].join(" "));
  field.closest(".field").classList.toggle("bad", Boolean(words));
  if (!words) return;
  const error = document.createElement("p");
  error.className = "oops";
  error.id = id;
  error.setAttribute("role", "alert");
  error.textContent = words;
  field.before(error);
}

const isTooLarge = (field) => [...field.files].some((file) => file.size > Number(field.dataset.mostBytes));

export function startFileSizes() {
  for (const field of document.querySelectorAll("input[type=file][data-most-bytes]")) {
    field.addEventListener("change", () => sayAt(field, isTooLarge(field) ? field.dataset.tooLarge : ""));
    field.form.addEventListener("submit", (event) => {
      if (!isTooLarge(field)) return;
      event.preventDefault();
      field.focus();
    });
  }
}
