// [data-live-page]: a page that says what is new asks for its parts again whenever something is.
import { toFragment } from "./fragments.js";
import { fetchPart, follow } from "./live.js";
import { replaceParts } from "./live_parts.js";

const APART = 5000; // milliseconds between two looks where much happens: these pages sum up

async function look() {
  const response = await fetchPart(location.pathname + location.search);
  return replaceParts(toFragment(await response.text()));
}

const page = document.querySelector("[data-live-page]");
if (page) follow(page.dataset.livePage, look, { apart: APART });
