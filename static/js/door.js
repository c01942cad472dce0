// At the door: a password can be shown, and the browser tells its time zone.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const field of document.querySelectorAll("[data-own-zone]")) {
  const isUnset = field.value === "" || field.value === "UTC";
  if (isUnset && (!field.options || [...field.options].some((option) => option.value === zone))) {
    field.value = zone;
  }
}

for (const button of document.querySelectorAll("[data-show-password]")) {
  const field = document.getElementById(button.getAttribute("aria-controls"));
  button.hidden = false;
  button.addEventListener("click", () => {
    const shows = field.type === "password";
    field.type = shows ? "text" : "password";
    button.setAttribute("aria-pressed", String(shows));
  });
}
