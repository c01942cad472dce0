// The list of a page's keys, put together from its markup each time it is opened.
const list = document.querySelector("dialog[data-key-list]");
const APPLE = /Mac|iPhone|iPad/.test(navigator.platform);
const SIGNS = { Mod: APPLE ? "⌘" : "Ctrl", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc", Enter: "↵" };
const WITH_KEYS = "[data-key], [data-keys], [data-choices]";

function wordsOf(element) {
  if (element.dataset.keyWords) return element.dataset.keyWords;
  if (element.dataset.keys === "send") return list.dataset.send;
  return element.getAttribute("aria-label") || element.textContent.trim().replace(/\s+/g, " ");
}

function lettersIn(question) {
  return [...new Set([...question.querySelectorAll("label > kbd")].map((one) => one.textContent.trim().toLowerCase()))];
}

function keysOf(element) {
  const { key, keys, choices } = element.dataset;
  if (choices !== undefined) return lettersIn(element);
  if (keys === "send") return ["Mod+Enter"];
  return keys ? keys.split(" ") : [key];
}

/** What the page's keys do: words → keys, in the page's order. Without single keys only those with Ctrl or Alt. */
function keysByWords(withSingle) {
  const found = new Map();
  for (const element of document.querySelectorAll(WITH_KEYS)) {
    const keys = keysOf(element).filter((key) => withSingle || /^(Mod|Alt)\+/.test(key));
    const words = wordsOf(element);
    const known = found.get(words) ?? [];
    if (keys.length && words) found.set(words, [...known, ...keys.filter((key) => !known.includes(key))]);
  }
  return found;
}

function signs(key) {
  return key.split(/[ +](?=.)/).map((part) => {
    const sign = document.createElement("kbd");
    sign.textContent = SIGNS[part] ?? part;
    return sign;
  });
}

function row(words, keys) {
  const line = document.createElement("div");
  const term = document.createElement("dt");
  const what = document.createElement("dd");
  for (const key of keys) {
    const group = document.createElement("span");
    group.append(...signs(key));
    term.append(group);
  }
  what.textContent = words;
  line.append(term, what);
  return line;
}

/** Show the list; `withSingle` tells whether single keys work. */
export function openKeyList(withSingle) {
  if (!list || list.open) return;
  const rows = [...keysByWords(withSingle)].map(([words, keys]) => row(words, keys));
  list.querySelector("dl").replaceChildren(...rows);
  list.showModal();
}
