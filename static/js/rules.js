// The rules of a quiz: a number typed beside a choice chooses it.
document.addEventListener("input", ({ target }) => {
  const choice = target.closest(".in-line")?.querySelector("input[type=radio]");
  if (choice && choice !== target && target.value.trim()) choice.checked = true;
});
