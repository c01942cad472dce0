// A page that stood open for long may have outlived its session. Before it sends a form it makes sure; whoever is signed
// out then logs in over the page, and nothing that was typed is lost.
import { toFragment } from "./fragments.js";

const TRUSTED = 60_000; // milliseconds in which a session that was there is not asked about again
const meta = document.querySelector('meta[name="csrf-token"]');
const { person, login, root } = meta.dataset;
const HEADERS = { "X-Fragment": "1", Accept: "application/json" };
let sure = performance.now();
let asking = null; // the dialog that is open

function renew(token) {
  meta.content = token;
  const templates = [...document.querySelectorAll("template")].map((template) => template.content);
  for (const root of [document, ...templates]) {
    for (const field of root.querySelectorAll('input[name="csrf_token"]')) field.value = token;
  }
  sure = performance.now();
}

/** "in", "out", "other" where somebody else has logged in meanwhile, "unknown" while the line is down. */
async function look() {
  try {
    const answer = await fetch(`${root}/session`, { headers: HEADERS });
    if (answer.status === 401) return "out";
    if (!answer.ok) return "unknown";
    const now = await answer.json();
    if (String(now.person) !== person) return "other";
    renew(now.token);
    return "in";
  } catch {
    return "unknown";
  }
}

function show(dialog, html, state) {
  dialog.replaceChildren(toFragment(html));
  dialog.querySelector("[data-other]").hidden = state !== "other";
  dialog.querySelector("[data-out]").hidden = state === "other";
  const name = dialog.querySelector('[name="username"]');
  name.value ||= login;
  (dialog.querySelector("[data-focus]") ?? dialog.querySelector('[name="password"]')).focus();
}

const form = async () => (await fetch(`${root}/login`, { headers: { "X-Fragment": "1" } })).text();

async function logIn(dialog, sent) {
  const answer = await fetch(`${root}/login`, { method: "POST", body: new FormData(sent), headers: { "X-Fragment": "1" } });
  if (answer.status !== 204) return show(dialog, await answer.text(), "out");
  const state = await look();
  if (state === "other") return show(dialog, await form(), state);
  dispatchEvent(new Event("signed-in"));
  dialog.close("in");
}

async function ask(state) {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "again-title");
  document.body.append(dialog);
  show(dialog, await form(), state);
  dialog.showModal();
  dialog.querySelector('[name="password"]').focus();
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (event.target.hasAttribute("aria-busy")) return;
    event.target.setAttribute("aria-busy", "true");
    logIn(dialog, event.target).catch(() => event.target.removeAttribute("aria-busy"));
  });
  dialog.addEventListener("click", (event) => event.target.closest("[data-cancel]") && dialog.close(""));
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  dialog.remove();
  return dialog.returnValue === "in";
}

/** Whether this page's person is signed in; whoever is not is asked to log in over the page first. */
export async function isSignedIn() {
  if (asking) return asking;
  const state = await look();
  if (state === "in" || state === "unknown") return true;
  asking ??= ask(state)
    .catch(() => true) // the line went down: what was to be sent fails as it would have
    .finally(() => {
      asking = null;
    });
  return asking;
}

export function startSession() {
  if (!person) return;
  let goesOn = false;
  const makeSure = (event) => {
    const sent = event.target;
    const isSafe = sent.getAttribute("method")?.toLowerCase() !== "post" || sent.hasAttribute("data-signed-out");
    if (goesOn || isSafe || performance.now() - sure < TRUSTED || sent.closest("dialog [data-again]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    isSignedIn().then((signedIn) => {
      if (!signedIn) return;
      goesOn = true;
      sent.requestSubmit(event.submitter);
      goesOn = false;
    });
  };
  document.addEventListener("submit", makeSure, true);
}
